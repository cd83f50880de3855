import { expect, test } from 'vitest';
import { differencesOf } from './differences.ts';

test('only what differs is told, also what came or went', () => {
  expect(
    differencesOf(
      { name: 'Acme', notes: '', country: 'ES', roles: ['a'] },
      { name: 'Acme SL', notes: null, country: 'ES', roles: ['a', 'b'], trial: { days: 3 } },
    ),
  ).toEqual([
    { field: 'name', before: 'Acme', after: 'Acme SL' },
    { field: 'roles', before: 'a', after: 'a, b' },
    { field: 'trial', before: null, after: '{"days":3}' },
  ]);
});

test('what was made has no before, what was removed no after', () => {
  expect(differencesOf(null, { id: '7', resellerId: '9', createdAt: 'now', name: 'Acme' })).toEqual([
    { field: 'name', before: null, after: 'Acme' },
  ]);
  expect(differencesOf({ name: 'Acme' }, null)).toEqual([{ field: 'name', before: 'Acme', after: null }]);
  expect(differencesOf(null, null)).toEqual([]);
});
