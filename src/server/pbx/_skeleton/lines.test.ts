import { expect, test } from 'vitest';
import { Lines } from './lines.ts';

test('a half line, or half a character, at the end of a chunk waits for the rest', () => {
  const lines = new Lines();
  const bytes = Buffer.from('{"a":1}\n{"b":"ñ"}\n');
  const cut = bytes.indexOf('ñ') + 1;
  expect(lines.push(bytes.subarray(0, cut))).toEqual(['{"a":1}']);
  expect(lines.push(bytes.subarray(cut))).toEqual(['{"b":"ñ"}']);
});

test('a line without an end ends the session instead of filling the memory', () => {
  const lines = new Lines();
  expect(() => lines.push(Buffer.alloc(1_000_001, 'x'))).toThrow(/without an end/);
});
