import { expect, test } from 'vitest';
import { heldRows } from './rows.ts';

const row = (id: string, name = id) => ({ id, name });
const map = (...rows: { id: string; name: string }[]) => new Map(rows.map((entry) => [entry.id, entry]));
const shown = (entries: ReturnType<typeof heldRows<{ id: string; name: string }>>) =>
  entries.map(({ row: { name }, gone }) => (gone ? `(${name})` : name));

test('under the pointer what ended keeps its place and what is new comes last', () => {
  const before = heldRows([], map(row('b'), row('c')), false);
  expect(shown(heldRows(before, map(row('a'), row('c', 'c2')), true))).toEqual(['(b)', 'c2', 'a']);
});

test('when the pointer leaves the list is what there is, in its order', () => {
  const held = heldRows(heldRows([], map(row('b'), row('c')), false), map(row('a'), row('c')), true);
  expect(shown(heldRows(held, map(row('a'), row('c')), false))).toEqual(['a', 'c']);
});

test('a row that did not change stays the same object, so that it is not drawn anew', () => {
  const now = map(row('a'), row('b'));
  const before = heldRows([], now, false);
  expect(heldRows(before, new Map(now), false)[0]).toBe(before[0]);
  expect(heldRows(before, new Map(now), true)[1]).toBe(before[1]);
});
