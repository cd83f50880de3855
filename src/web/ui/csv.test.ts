import { expect, test } from 'vitest';
import { csvOf } from './csv.ts';

test('commas, quotes and line breaks stay in their cell', () => {
  expect(csvOf(['Name', 'Notes'], [['Ruiz, "Ana"', 'one\ntwo']])).toBe('Name,Notes\r\n"Ruiz, ""Ana""","one\ntwo"\r\n');
});

test('nothing that came from outside runs as a formula', () => {
  expect(csvOf(['Name'], [['=HYPERLINK("x")'], ['+1'], ['@a'], ['-2']])).toBe(`Name\r\n"'=HYPERLINK(""x"")"\r\n'+1\r\n'@a\r\n'-2\r\n`);
});
