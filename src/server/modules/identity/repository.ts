import { sql } from 'kysely';
import type { Language } from '../../../contract/common.ts';
import { asIdentity, type Db } from '../../platform/db/index.ts';

export interface IdentityRow {
  id: string;
  email: string;
  display_name: string;
  language: Language;
  /** Null until the first invitation has been taken up. */
  password_hash: string | null;
}

export interface InvitationRow {
  id: string;
  tenant_id: string;
  membership_id: string;
  identity_id: string;
  round: number;
  expires_at: Date;
  accepted_at: Date | null;
  email: string;
  display_name: string;
  language: Language;
  has_login: boolean;
  tenant_name: string;
}

/** Whoever has this address, in whatever tenant. */
export async function identityByEmail(db: Db, email: string): Promise<IdentityRow | undefined> {
  const { rows } = await sql<IdentityRow>`select * from identity_by_email(${email})`.execute(db);
  return rows[0];
}

/** Undefined: none, or one of a tenant that is not active. */
export async function invitationById(db: Db, id: string): Promise<InvitationRow | undefined> {
  const { rows } = await sql<InvitationRow>`select * from invitation_by_id(${id})`.execute(db);
  return rows[0];
}

/** @returns the first tenant's id, null before the set-up */
export async function enterpriseId(db: Db): Promise<string | null> {
  const { rows } = await sql<{ id: string | null }>`select enterprise_id() as id`.execute(db);
  return rows[0]?.id ?? null;
}

/** Does nothing when the address has come into use meanwhile. */
export async function insertIdentity(db: Db, row: IdentityRow, now: Date): Promise<void> {
  await asIdentity(db, row.id, () =>
    db
      .insertInto('identities')
      .values({ ...row, created_at: now, updated_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  );
}

/** Sets a password; the caller is, or has proved to be, that person. */
export async function setPassword(db: Db, identityId: string, passwordHash: string, now: Date): Promise<void> {
  await asIdentity(db, identityId, () =>
    db.updateTable('identities').set({ password_hash: passwordHash, updated_at: now }).where('id', '=', identityId).execute(),
  );
}

/** Ends the logins of a person, all but one if one is named. */
export async function revokeSessions(db: Db, identityId: string, now: Date, except: string | null = null): Promise<void> {
  await asIdentity(db, identityId, () =>
    db
      .updateTable('sessions')
      .set({ revoked_at: now })
      .where('identity_id', '=', identityId)
      .where('revoked_at', 'is', null)
      .$if(except !== null, (query) => query.where('id', '<>', except))
      .execute(),
  );
}
