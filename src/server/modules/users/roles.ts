/** The rules by which a user's roles may change, and the change itself. */
import type { Language } from '../../../contract/common.ts';
import { CUSTOMER_ACCESS_ROLES, LICENSED_ROLES, type CustomerAccessRole, type CustomerRole } from '../../../contract/permissions.ts';
import { audit, type AuditSource } from '../../platform/audit/index.ts';
import type { FieldFault } from '../../platform/http/fault.ts';
import { endMembership, invite, setMembershipRoles } from '../identity/index.ts';
import { setLicensedRoles } from '../licences/index.ts';
import { readUser, userOf, type UserRow } from './repository.ts';

export interface RoleChange {
  user: UserRow;
  roles: readonly CustomerRole[];
  /** The address to invite at, when website access is new. */
  email: string | null;
  displayName: string;
}

/** Completes what a role implies: an administrator has website access. */
export function complete(roles: readonly CustomerRole[]): CustomerRole[] {
  const wanted = new Set(roles);
  if (wanted.has('admin.user')) wanted.add('customer.user');
  return [...CUSTOMER_ACCESS_ROLES, ...LICENSED_ROLES].filter((role) => wanted.has(role));
}

/** @param mayChangeLicensed false for the customer's own people: licences cost their reseller money */
export function roleFaults(change: RoleChange, mayChangeLicensed: boolean, path: string): FieldFault[] {
  const { user, roles } = change;
  const licensed = LICENSED_ROLES.filter((role) => roles.includes(role));
  const faults: FieldFault[] = [];
  if (user.source === 'pbx' && user.status === 'active' && !roles.includes('customer.user.pbx')) faults.push({ path, code: 'fixed' });
  if (licensed.length > 0 && !licensed.includes('customer.user.pbx')) faults.push({ path, code: 'needsLicence' });
  if (!mayChangeLicensed && licensed.join() !== user.roles.join()) faults.push({ path, code: 'notAllowed' });
  if (roles.includes('customer.user') && change.email === null) faults.push({ path, code: 'emailNeeded' });
  return faults;
}

export interface ChangeSource extends AuditSource {
  language: Language;
}

/** Writes the roles; new website access invites, lost website access ends the membership. @returns whether somebody was invited */
export async function applyRoles(source: ChangeSource, customerId: string, change: RoleChange, language: Language): Promise<boolean> {
  const { user, roles } = change;
  const before = userOf(user);
  const access = roles.filter(isAccessRole);
  await setLicensedRoles(source, { customerId, userId: user.id, roles });
  let invited = false;
  if (access.length > 0 && user.membership_id === null && change.email !== null) {
    const { membershipId } = await invite(source, {
      tenantId: customerId,
      email: change.email,
      displayName: change.displayName,
      roles: access,
      language,
    });
    await source.db.updateTable('users').set({ membership_id: membershipId }).where('id', '=', user.id).execute();
    invited = true;
  } else if (access.length > 0 && user.membership_id !== null) {
    await setMembershipRoles(source, user.membership_id, access);
  } else if (user.membership_id !== null) {
    await endMembership(source, user.membership_id);
  }
  const after = await readUser(source.db, customerId, user.id);
  await audit(source, {
    tenantId: customerId,
    action: 'users.changeRoles',
    subjectId: user.id,
    before: { roles: before.roles },
    after: { roles: after && userOf(after).roles },
  });
  return invited;
}

function isAccessRole(role: CustomerRole): role is CustomerAccessRole {
  return CUSTOMER_ACCESS_ROLES.some((access) => access === role);
}
