import { expect, test } from 'vitest';
import { filesUnder, textOf } from './tree.ts';

/** What lint has no rule for. @returns the lines that make a date from the system's clock */
function datesFromNowhere(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => /\bnew Date\(\s*\)|\bnew Date(?!\w|\s*\()|[^.\w]Date\(\s*\)/.test(line.replace(/\/\/.*|^\s*\*.*/, '')));
}

test('a date from the system is seen, a date from a number is not', () => {
  expect(datesFromNowhere('const a = new Date();\nconst b = new Date;\nconst c = Date();')).toHaveLength(3);
  expect(datesFromNowhere('const a = new Date(clock.now());\n// new Date()\nconst b: Date = x;')).toEqual([]);
});

test('the server makes no date from the system outside platform/clock', () => {
  const files = filesUnder('src/server', '.ts').filter((file) => !/\.test\.ts$|\/testing(\/|\.ts$)|platform\/clock\//.test(file));
  expect(files.flatMap((file) => datesFromNowhere(textOf(file)).map((line) => `${file}: ${line.trim()}`))).toEqual([]);
});
