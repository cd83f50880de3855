import { expect, test } from 'vitest';
import { shareOf, valuesFound, type Preview } from './share.ts';

const user = (name: string, ...keys: string[]): Preview['users'][number] => ({ name, extension: null, email: null, keys });
const preview: Preview = {
  version: '20.6',
  users: [
    user('Ana', 'accountcode:acme', 'name:PJSIP/acme-101'),
    user('Ben', 'accountcode:acme', 'name:PJSIP/acme-102'),
    user('Zoe', 'accountcode:globex', 'name:PJSIP/globex-101'),
    user('Nobody'),
  ],
  queues: [
    { name: 'acme-sales', number: null, keys: ['name:acme-sales'] },
    { name: 'a.me-x', number: null, keys: ['name:a.me-x'] },
  ],
  notices: [],
};
const names = (rule: { by: string; value: string }) => {
  const { users, queues } = shareOf(preview, rule);
  return [...users, ...queues].map(({ name }) => name);
};

test('all takes everything, also what has no key', () => {
  expect(names({ by: 'all', value: '' })).toHaveLength(6);
});

test('a value is matched whole and by letter case', () => {
  expect(names({ by: 'accountcode', value: ' acme ' })).toEqual(['Ana', 'Ben']);
  expect(names({ by: 'accountcode', value: 'acm' })).toEqual([]);
  expect(names({ by: 'accountcode', value: 'ACME' })).toEqual([]);
});

test('name patterns are parted by commas and know only the star', () => {
  expect(names({ by: 'name', value: 'PJSIP/acme-*, acme-*' })).toEqual(['Ana', 'Ben', 'acme-sales']);
  expect(names({ by: 'name', value: 'a.me-*' })).toEqual(['a.me-x']);
  expect(names({ by: 'name', value: ', ' })).toEqual([]);
});

test('values found are offered with how many users they would bring', () => {
  expect(valuesFound(preview, 'accountcode')).toEqual([
    { value: 'acme', users: 2 },
    { value: 'globex', users: 1 },
  ]);
  expect(valuesFound(preview, 'tenantid')).toEqual([]);
});
