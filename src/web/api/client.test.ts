import { expect, test } from 'vitest';
import { contract } from '../../contract/index.ts';
import { pathOf } from './client.ts';

test('parameters are filled into the path and escaped', () => {
  expect(pathOf(contract.identity.invitation, { token: 'a/b c' })).toBe('/v1/invitations/a%2Fb%20c');
});

test('empty filters are left out, others stand in the address', () => {
  expect(pathOf(contract.customers.list, {}, { q: 'Ñandú & co', sort: 'name', status: undefined, resellerId: '' })).toBe(
    '/v1/customers?q=%C3%91and%C3%BA+%26+co&sort=name',
  );
  expect(pathOf(contract.customers.list)).toBe('/v1/customers');
});
