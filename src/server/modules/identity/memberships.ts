import { sql } from 'kysely';
import type { Language } from '../../../contract/common.ts';
import type { AccessRole } from '../../../contract/permissions.ts';
import { audit, type AuditSource } from '../../platform/audit/index.ts';
import type { Db } from '../../platform/db/index.ts';
import { notFound } from '../../platform/http/fault.ts';
import { newId } from '../../platform/ids/index.ts';
import { enqueue } from '../../platform/jobs/index.ts';
import { identityByEmail, insertIdentity } from './repository.ts';

const INVITATION_MS = 7 * 24 * 3_600_000;

export interface Invitee {
  tenantId: string;
  email: string;
  /** For the letter, and until the person chooses a name. */
  displayName: string;
  language: Language;
  roles: readonly AccessRole[];
}

export interface Invited {
  membershipId: string;
  identityId: string;
  /** When the open invitation ends; null: the person is in the tenant already and got no mail. */
  invitedUntil: Date | null;
}

/**
 * Gives somebody access to a tenant: the roles replace earlier ones, and who has not come in yet is mailed a link
 * that holds 7 days. Inviting again ends the earlier link.
 * @param source a transaction whose scope holds the tenant
 */
export async function invite(source: AuditSource, input: Invitee): Promise<Invited> {
  const { db } = source;
  const now = new Date(source.clock.now());
  const identityId = await findOrMakeIdentity(db, input, now);
  const membership = await db
    .insertInto('memberships')
    .values({ id: newId(), tenant_id: input.tenantId, identity_id: identityId, roles: [...input.roles], created_at: now })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'identity_id']).doUpdateSet({ roles: [...input.roles] }))
    .returning(['id', 'accepted_at'])
    .executeTakeFirstOrThrow();
  const invitedUntil = membership.accepted_at === null ? await openInvitation(db, input, membership.id, now) : null;
  await audit(source, {
    tenantId: input.tenantId,
    action: 'memberships.invite',
    subjectId: membership.id,
    after: { email: input.email, roles: input.roles, invitedUntil: invitedUntil?.toISOString() ?? null },
  });
  return { membershipId: membership.id, identityId, invitedUntil };
}

/**
 * Mails a new link; the earlier one ends.
 * @returns when the new link ends; null: the person is in already
 * @throws Fault notFound for a membership out of the scope
 */
export async function renewInvitation(source: AuditSource, membershipId: string): Promise<Date | null> {
  const { db } = source;
  const membership = await lockMembership(db, membershipId);
  if (membership.accepted_at !== null) return null;
  const tenantId = membership.tenant_id;
  const invitedUntil = endOf(new Date(source.clock.now()));
  const { id, round } = await db
    .updateTable('invitations')
    .set({ expires_at: invitedUntil, round: sql`round + 1` })
    .where('membership_id', '=', membershipId)
    .returning(['id', 'round'])
    .executeTakeFirstOrThrow();
  await enqueue(db, 'invitations.mail', { invitationId: id, tenantId, round });
  await audit(source, {
    tenantId,
    action: 'invitations.renew',
    subjectId: membershipId,
    after: { invitedUntil: invitedUntil.toISOString() },
  });
  return invitedUntil;
}

/** @throws Fault notFound for a membership out of the scope */
export async function setMembershipRoles(source: AuditSource, membershipId: string, roles: readonly AccessRole[]): Promise<void> {
  const before = await lockMembership(source.db, membershipId);
  await source.db
    .updateTable('memberships')
    .set({ roles: [...roles] })
    .where('id', '=', membershipId)
    .execute();
  await audit(source, {
    tenantId: before.tenant_id,
    action: 'memberships.update',
    subjectId: membershipId,
    before: { roles: before.roles },
    after: { roles },
  });
}

/** Takes the access to one tenant away; the person's login and other memberships stay. @throws Fault notFound */
export async function endMembership(source: AuditSource, membershipId: string): Promise<void> {
  const before = await lockMembership(source.db, membershipId);
  await source.db.deleteFrom('memberships').where('id', '=', membershipId).execute();
  await audit(source, {
    tenantId: before.tenant_id,
    action: 'memberships.end',
    subjectId: membershipId,
    before: { identityId: before.identity_id, roles: before.roles },
  });
}

interface LockedMembership {
  tenant_id: string;
  identity_id: string;
  roles: string[];
  accepted_at: Date | null;
}

async function lockMembership(db: Db, id: string): Promise<LockedMembership> {
  const row = await db
    .selectFrom('memberships')
    .select(['tenant_id', 'identity_id', 'roles', 'accepted_at'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

async function findOrMakeIdentity(db: Db, input: Invitee, now: Date): Promise<string> {
  const known = await identityByEmail(db, input.email);
  if (known) return known.id;
  const made = { id: newId(), email: input.email, display_name: input.displayName, language: input.language, password_hash: null };
  await insertIdentity(db, made, now);
  // Another request may have been first with this address.
  const identity = await identityByEmail(db, input.email);
  if (!identity) throw new Error('an identity that was just made is not found');
  return identity.id;
}

/** One row and one valid link a membership: opening it again raises the round, which ends the earlier link. */
async function openInvitation(db: Db, input: Invitee, membershipId: string, now: Date): Promise<Date> {
  const { tenantId } = input;
  const current = { display_name: input.displayName, language: input.language, expires_at: endOf(now) };
  const { id, round } = await db
    .insertInto('invitations')
    .values({ id: newId(), tenant_id: tenantId, membership_id: membershipId, created_at: now, ...current })
    .onConflict((conflict) => conflict.column('membership_id').doUpdateSet({ ...current, round: sql`invitations.round + 1` }))
    .returning(['id', 'round'])
    .executeTakeFirstOrThrow();
  await enqueue(db, 'invitations.mail', { invitationId: id, tenantId, round });
  return current.expires_at;
}

function endOf(now: Date): Date {
  return new Date(now.getTime() + INVITATION_MS);
}
