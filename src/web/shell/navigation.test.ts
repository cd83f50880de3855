import { expect, test } from 'vitest';
import { PERMISSIONS, ROLE_PERMISSIONS } from '../../contract/permissions.ts';
import { navigationFor, type Place } from './navigation.ts';

const places: Place[] = [{ level: 'enterprise' }, { level: 'reseller' }, { level: 'customer', customerId: 'c1' }];
const addresses = (place: Place, permissions: readonly (typeof PERMISSIONS)[number][]) =>
  navigationFor(place, permissions).map(({ to }) => to);

test('no level has more than seven entries', () => {
  for (const place of places) expect(addresses(place, PERMISSIONS).length).toBeLessThanOrEqual(7);
});

test('what one may not see is not offered', () => {
  expect(addresses({ level: 'enterprise' }, ROLE_PERMISSIONS['account.user'])).toEqual(['/customers']);
  expect(addresses({ level: 'customer', customerId: 'c1' }, ROLE_PERMISSIONS['customer.user'])).toEqual([
    '/customers/c1',
    '/customers/c1/live',
    '/customers/c1/calls',
    '/customers/c1/agents',
    '/customers/c1/pbx',
  ]);
  expect(addresses({ level: 'reseller' }, [])).toEqual([]);
});
