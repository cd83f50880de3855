/** Which roles a user may get or lose, and what that brings with it. Pure; the API has the last word. */
import type { CustomerRole } from '../../../contract/permissions.ts';
import type { User } from '../../../contract/users.ts';

/** As offered, in this order. */
export const ROLES = [
  'customer.user.pbx',
  'customer.user.pbx.realtime',
  'customer.user.acd',
  'customer.user',
  'admin.user',
] as const satisfies CustomerRole[];

/**
 * Why a role stays as it is: the Essential role of somebody on the phone system comes from the sync; website
 * access needs an address; licences are the reseller's to give.
 */
export type Obstacle = 'synced' | 'needsEmail' | 'staffOnly';

const ADD_ONS: readonly CustomerRole[] = ['customer.user.pbx.realtime', 'customer.user.acd'];

/** @param mayLicense false for the customer's own people */
export function obstacleTo(
  user: Pick<User, 'source' | 'status' | 'email' | 'roles'>,
  role: CustomerRole,
  mayLicense: boolean,
): Obstacle | null {
  const has = user.roles.includes(role);
  switch (role) {
    case 'customer.user.pbx':
      if (has && user.source === 'pbx' && user.status === 'active') return 'synced';
      return mayLicense ? null : 'staffOnly';
    case 'customer.user.pbx.realtime':
    case 'customer.user.acd':
      return mayLicense ? null : 'staffOnly';
    case 'customer.user':
    case 'admin.user':
      return !has && user.email === null ? 'needsEmail' : null;
  }
}

/** The roles after one is given or taken: an add-on brings the Essential role, administration brings website access, and back. */
export function withRole(roles: readonly CustomerRole[], role: CustomerRole, on: boolean): CustomerRole[] {
  const next = new Set(roles);
  for (const changed of [role, ...(on ? needsOf(role) : hangingOn(role))])
    if (on) next.add(changed);
    else next.delete(changed);
  return ROLES.filter((known) => next.has(known));
}

export interface BulkChange {
  /** Whom it concerns: they get or lose the role. */
  userIds: string[];
  add: CustomerRole[];
  remove: CustomerRole[];
  /** Of them, those who get an invitation. */
  invited: number;
  /** Of them, those who can no longer log in. */
  lockedOut: number;
  /** Chosen, but cannot; by reason. */
  left: Record<Obstacle, number>;
}

/** What giving or taking a role of many comes to, before it is done. */
export function bulkChange(users: readonly User[], role: CustomerRole, on: boolean, mayLicense: boolean): BulkChange {
  const differing = users.filter((user) => user.roles.includes(role) !== on);
  const left: Record<Obstacle, number> = { synced: 0, needsEmail: 0, staffOnly: 0 };
  const able = differing.filter((user) => {
    const obstacle = obstacleTo(user, role, mayLicense);
    if (obstacle !== null) left[obstacle]++;
    return obstacle === null;
  });
  const opens = on && (role === 'customer.user' || role === 'admin.user');
  const closes = !on && role === 'customer.user';
  return {
    userIds: able.map(({ id }) => id),
    add: on ? [role, ...needsOf(role)] : [],
    remove: on ? [] : [role, ...hangingOn(role)],
    invited: opens ? able.filter(({ access }) => access === 'none').length : 0,
    lockedOut: closes ? able.filter(({ access }) => access !== 'none').length : 0,
    left,
  };
}

function needsOf(role: CustomerRole): CustomerRole[] {
  if (role === 'admin.user') return ['customer.user'];
  return ADD_ONS.includes(role) ? ['customer.user.pbx'] : [];
}

function hangingOn(role: CustomerRole): CustomerRole[] {
  if (role === 'customer.user') return ['admin.user'];
  return role === 'customer.user.pbx' ? [...ADD_ONS] : [];
}
