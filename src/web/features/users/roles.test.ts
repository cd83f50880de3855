import { expect, test } from 'vitest';
import type { User } from '../../../contract/users.ts';
import { bulkChange, obstacleTo, withRole } from './roles.ts';

const user = (id: string, rest: Partial<User> = {}): User => ({
  id,
  customerId: 'c',
  displayName: id,
  email: `${id}@example.com`,
  extension: '101',
  source: 'pbx',
  status: 'active',
  vanishedAt: null,
  roles: ['customer.user.pbx'],
  access: 'none',
  invitedUntil: null,
  createdAt: '2026-11-22T00:00:00Z',
  ...rest,
});

test('the Essential role of somebody on the phone system stays; of somebody who is gone from it, it may go', () => {
  expect(obstacleTo(user('a'), 'customer.user.pbx', true)).toBe('synced');
  expect(obstacleTo(user('a', { status: 'vanished' }), 'customer.user.pbx', true)).toBeNull();
  expect(obstacleTo(user('a', { source: 'manual' }), 'customer.user.pbx', true)).toBeNull();
});

test('website access needs an e-mail address to be given, not to be taken', () => {
  expect(obstacleTo(user('a', { email: null }), 'customer.user', true)).toBe('needsEmail');
  expect(obstacleTo(user('a', { email: null, roles: ['customer.user'] }), 'customer.user', true)).toBeNull();
});

test('the customer’s own people give access but no licences', () => {
  expect(obstacleTo(user('a'), 'customer.user.acd', false)).toBe('staffOnly');
  expect(obstacleTo(user('a'), 'customer.user', false)).toBeNull();
});

test('what a role needs comes with it, what hangs on it goes with it', () => {
  expect(withRole([], 'admin.user', true)).toEqual(['customer.user', 'admin.user']);
  expect(withRole(['customer.user', 'admin.user'], 'customer.user', false)).toEqual([]);
  expect(withRole([], 'customer.user.acd', true)).toEqual(['customer.user.pbx', 'customer.user.acd']);
  expect(withRole(['customer.user.pbx', 'customer.user.acd', 'customer.user.pbx.realtime'], 'customer.user.pbx', false)).toEqual([]);
});

test('in bulk only those who change are sent, and it is said who is invited and who cannot', () => {
  const chosen = [user('a'), user('b', { email: null }), user('c', { roles: ['customer.user.pbx', 'customer.user'], access: 'active' })];
  expect(bulkChange(chosen, 'customer.user', true, true)).toMatchObject({
    userIds: ['a'],
    add: ['customer.user'],
    invited: 1,
    left: { needsEmail: 1 },
  });
  expect(bulkChange(chosen, 'admin.user', true, true)).toMatchObject({ userIds: ['a', 'c'], invited: 1 });
});

test('taking website access in bulk says how many logins end', () => {
  const chosen = [user('a'), user('c', { roles: ['customer.user.pbx', 'customer.user', 'admin.user'], access: 'active' })];
  expect(bulkChange(chosen, 'customer.user', false, true)).toMatchObject({
    userIds: ['c'],
    remove: ['customer.user', 'admin.user'],
    lockedOut: 1,
  });
});
