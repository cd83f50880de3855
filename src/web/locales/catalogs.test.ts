import { getConfig } from '@lingui/conf';
import { getCatalogs } from '@lingui/cli/api';
import { expect, test } from 'vitest';

const [catalog] = await getCatalogs(getConfig());
if (catalog === undefined) throw new Error('lingui.config.ts names no catalog');
const used = Object.keys((await catalog.collect()) ?? {}).toSorted();
const english = (await catalog.read('en')) ?? {};
const spanish = (await catalog.read('es')) ?? {};

test('both catalogs hold every text of the portal and no other', () => {
  expect(used.length).toBeGreaterThan(100);
  expect(Object.keys(english).toSorted()).toEqual(used);
  expect(Object.keys(spanish).toSorted()).toEqual(used);
});

test('no text is marked as no longer used', () => {
  expect([...Object.values(english), ...Object.values(spanish)].filter((message) => message.obsolete === true)).toEqual([]);
});

test('every text is written in Spanish', () => {
  const missing = Object.values(spanish).filter((message) => (message.translation ?? '') === '');
  expect(missing.map((message) => message.message)).toEqual([]);
});

test('a Spanish text fills in the same values as the English one', () => {
  const differing = Object.values(spanish).filter(
    ({ message = '', translation = '' }) => values(message).join() !== values(translation).join(),
  );
  expect(differing.map((message) => message.message)).toEqual([]);
});

/** Names of the values and of the marked-up parts in a text. */
function values(text: string): string[] {
  return [...new Set(text.match(/\{\w+(?=\}|, (?:plural|select))|<\d+/g) ?? [])].toSorted();
}
