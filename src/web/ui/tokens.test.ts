import { expect, test } from 'vitest';
import { contrast } from './contrast.ts';
import { light, night, palette } from './tokens.ts';

for (const [name, scheme] of [['light', light] as const, ['dark', night] as const]) {
  test(`every text colour of the ${name} scheme reads on every ground it stands on`, () => {
    const grounds = [scheme.page, scheme.surface, scheme.sunken];
    const texts = [scheme.text, scheme.textSoft, scheme.link, scheme.error];
    const pairs = grounds.flatMap((ground) => texts.map((text) => ({ text, ground })));
    pairs.push({ text: scheme.placeholder, ground: scheme.field });
    for (const { ink, soft } of Object.values(scheme.tones)) {
      pairs.push(...[soft, ...grounds].map((ground) => ({ text: ink, ground })));
    }
    expect(pairs.filter((pair) => contrast(pair.text, pair.ground) < 4.5)).toEqual([]);
  });

  test(`marks and field borders of the ${name} scheme can be told from the ground`, () => {
    const marks = [scheme.lineStrong, ...Object.values(scheme.tones).map((tone) => tone.mark)];
    expect(marks.filter((mark) => contrast(mark, scheme.surface) < 3)).toEqual([]);
  });
}

test('white reads on every filled button, and on its hover', () => {
  const filled = [palette.brand, palette.green, palette.amber, palette.red, palette.blue, palette.gray].flatMap((c) => [c[6], c[7]]);
  expect(filled.filter((ground) => contrast('#ffffff', ground) < 4.5)).toEqual([]);
});

test('contrast follows the WCAG formula', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});
