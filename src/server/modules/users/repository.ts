import { sql } from 'kysely';
import type { CustomerRole } from '../../../contract/permissions.ts';
import type { User } from '../../../contract/users.ts';
import type { Db } from '../../platform/db/index.ts';

/** A user as the contract shows it, read with everything that hangs on it in one statement. */
export function selectUsers(db: Db, customerId: string) {
  return db
    .selectFrom('users as u')
    .leftJoin('memberships as m', 'm.id', 'u.membership_id')
    .leftJoin('invitations as i', 'i.membership_id', 'm.id')
    .where('u.tenant_id', '=', customerId)
    .select([
      'u.id',
      'u.tenant_id',
      'u.display_name',
      'u.email',
      'u.source',
      'u.status',
      'u.vanished_at',
      'u.roles',
      'u.created_at',
      'u.membership_id',
      'm.roles as access_roles',
      'm.accepted_at',
      'i.expires_at as invited_until',
      sql<string | null>`(select min(p.extension) from pbx_users p where p.user_id = u.id and p.replaced_at is null)`.as('extension'),
    ]);
}

export type UserRow = Awaited<ReturnType<ReturnType<typeof selectUsers>['execute']>>[number];

export function userOf(row: UserRow): User {
  const invited = row.membership_id !== null && row.accepted_at === null;
  return {
    id: row.id,
    customerId: row.tenant_id,
    displayName: row.display_name,
    email: row.email,
    extension: row.extension,
    source: row.source as User['source'],
    status: row.status as User['status'],
    vanishedAt: row.vanished_at?.toISOString() ?? null,
    roles: [...(row.access_roles ?? []), ...row.roles] as CustomerRole[],
    access: row.membership_id === null ? 'none' : invited ? 'invited' : 'active',
    invitedUntil: invited ? (row.invited_until?.toISOString() ?? null) : null,
    createdAt: row.created_at.toISOString(),
  };
}

export async function readUser(db: Db, customerId: string, userId: string): Promise<UserRow | undefined> {
  return selectUsers(db, customerId).where('u.id', '=', userId).executeTakeFirst();
}

/** Whether anybody but these users administers the customer. */
export async function otherAdminExists(db: Db, customerId: string, except: readonly string[]): Promise<boolean> {
  const found = await db
    .selectFrom('memberships as m')
    .leftJoin('users as u', 'u.membership_id', 'm.id')
    .select('m.id')
    .where('m.tenant_id', '=', customerId)
    .where(sql<boolean>`'admin.user' = any (m.roles)`)
    .where((eb) => eb.or([eb('u.id', 'is', null), eb('u.id', 'not in', [...except])]))
    .executeTakeFirst();
  return found !== undefined;
}
