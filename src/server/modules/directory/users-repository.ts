import { sql } from 'kysely';
import type { DirectoryUser } from '../../pbx/connector.ts';
import type { Db } from '../../platform/db/index.ts';

/** An entry of the PBX as stored, with the user it is tied to. */
export interface Entry {
  id: string;
  externalId: string;
  userId: string | null;
  name: string;
  email: string | null;
  extension: string | null;
  present: boolean;
  heldRoles: string[];
}

export interface KnownUser {
  id: string;
  displayName: string;
  email: string | null;
  source: string;
  status: string;
  roles: string[];
}

/** Entries of a connection that have not been replaced. @param externalIds null: all that are present */
export async function entriesOf(db: Db, connectionId: string, externalIds: readonly string[] | null): Promise<Entry[]> {
  const rows = db.selectFrom('pbx_users').selectAll().where('connection_id', '=', connectionId).where('replaced_at', 'is', null);
  const found = await (
    externalIds === null ? rows.where('present', '=', true) : rows.where('external_id', '=', sql<string>`any (${externalIds}::text[])`)
  ).execute();
  return found.map((row) => ({
    id: row.id,
    externalId: row.external_id,
    userId: row.user_id,
    name: row.name,
    email: row.email,
    extension: row.extension,
    present: row.present,
    heldRoles: row.held_roles,
  }));
}

export async function userById(db: Db, id: string): Promise<KnownUser | null> {
  const row = await db.selectFrom('users').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirst();
  return row ? knownOf(row) : null;
}

/** The customer's user of this e-mail, letter case ignored; of several the oldest. */
export async function userByEmail(db: Db, customerId: string, email: string): Promise<KnownUser | null> {
  const row = await db
    .selectFrom('users')
    .selectAll()
    .where('tenant_id', '=', customerId)
    .where(sql`lower(email)`, '=', email.toLowerCase())
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row ? knownOf(row) : null;
}

export async function insertUser(
  db: Db,
  row: { id: string; customerId: string; displayName: string; email: string | null; now: Date },
): Promise<void> {
  await db
    .insertInto('users')
    .values({
      id: row.id,
      tenant_id: row.customerId,
      display_name: row.displayName,
      email: row.email,
      source: 'pbx',
      created_at: row.now,
      updated_at: row.now,
    })
    .execute();
}

export async function updateUser(
  db: Db,
  id: string,
  set: { display_name?: string; email?: string | null; status?: string; vanished_at?: Date | null; updated_at: Date },
): Promise<void> {
  await db.updateTable('users').set(set).where('id', '=', id).execute();
}

export async function insertEntry(
  db: Db,
  row: { id: string; customerId: string; connectionId: string; userId: string; user: DirectoryUser; now: Date },
): Promise<void> {
  await db
    .insertInto('pbx_users')
    .values({
      id: row.id,
      tenant_id: row.customerId,
      connection_id: row.connectionId,
      external_id: row.user.externalId,
      user_id: row.userId,
      name: row.user.name,
      email: row.user.email,
      extension: row.user.extension,
      devices: [...row.user.devices],
      seen_at: row.now,
    })
    .execute();
}

export async function updateEntry(db: Db, id: string, userId: string, user: DirectoryUser, now: Date): Promise<void> {
  await db
    .updateTable('pbx_users')
    .set({
      user_id: userId,
      name: user.name,
      email: user.email,
      extension: user.extension,
      devices: [...user.devices],
      present: true,
      held_roles: [],
      seen_at: now,
    })
    .where('id', '=', id)
    .execute();
}

/** @param replaced the stable id has gone to somebody else, so the entry never comes back */
export async function markGone(db: Db, id: string, heldRoles: readonly string[], now: Date, replaced: boolean): Promise<void> {
  await db
    .updateTable('pbx_users')
    .set({ present: false, held_roles: [...heldRoles], ...(replaced ? { replaced_at: now } : {}) })
    .where('id', '=', id)
    .execute();
}

export async function hasPresentEntry(db: Db, userId: string): Promise<boolean> {
  const row = await db
    .selectFrom('pbx_users')
    .select('id')
    .where('user_id', '=', userId)
    .where('present', '=', true)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

interface UserRow {
  id: string;
  display_name: string;
  email: string | null;
  source: string;
  status: string;
  roles: string[];
}

function knownOf(row: UserRow): KnownUser {
  return { id: row.id, displayName: row.display_name, email: row.email, source: row.source, status: row.status, roles: row.roles };
}
