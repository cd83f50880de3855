/** What `ringside setup`, `admin create` and `api-client create` do. */
import { Email, Id, type Language } from '../../../contract/common.ts';
import { ENTERPRISE_ROLES } from '../../../contract/permissions.ts';
import type { AuditSource } from '../../platform/audit/index.ts';
import type { Clock } from '../../platform/clock/index.ts';
import { enterTenant, type Database, type Db } from '../../platform/db/index.ts';
import { newId } from '../../platform/ids/index.ts';
import { makeApiClient } from './api-clients.ts';
import { createLinkTokens } from './link-tokens.ts';
import { invite } from './memberships.ts';
import { enterpriseId } from './repository.ts';
import { portalPages, type IdentityServices } from './services.ts';
import { ensureSetupToken } from './setup.ts';

/** @returns the link that makes the enterprise and its first administrator, ending earlier ones; null once that is done */
export async function printSetupLink(database: Database, publicUrl: string): Promise<string | null> {
  const token = await ensureSetupToken(database);
  return token === null ? null : portalPages.setup(publicUrl, token);
}

/**
 * Gives somebody every role of the enterprise: the way back in when no administrator is left.
 * @returns the link of the invitation; null: the person has a login there and needs none
 * @throws Error before the set-up, or for what is no e-mail address
 */
export async function createAdmin(
  database: Database,
  clock: Clock,
  services: Pick<IdentityServices, 'secretBox' | 'publicUrl'>,
  input: { email: string; displayName: string; language: Language },
): Promise<{ link: string | null; until: Date | null }> {
  if (!Email.safeParse(input.email).success) throw new Error(`${input.email} is not an e-mail address`);
  return inEnterprise(database, clock, async (source, tenantId) => {
    const { membershipId, invitedUntil } = await invite(source, { ...input, tenantId, roles: ENTERPRISE_ROLES });
    if (invitedUntil === null) return { link: null, until: null };
    const { id, round } = await source.db
      .selectFrom('invitations')
      .select(['id', 'round'])
      .where('membership_id', '=', membershipId)
      .executeTakeFirstOrThrow();
    const token = createLinkTokens(services.secretBox).invitation.of({ invitationId: id, round });
    return { link: portalPages.invitation(services.publicUrl, token), until: invitedUntil };
  });
}

/**
 * @param input tenantId: whose client; null: the enterprise's. It gets every role of that tenant's kind.
 * @returns the id and the secret, which cannot be shown again
 * @throws Error before the set-up, or for a tenant that is not there
 */
export async function createApiClient(
  database: Database,
  clock: Clock,
  input: { name: string; tenantId: string | null },
): Promise<{ clientId: string; clientSecret: string; tenantId: string }> {
  return inEnterprise(database, clock, async (source, enterprise) => {
    const tenantId = input.tenantId ?? enterprise;
    if (!Id.safeParse(tenantId).success || !(await isThere(source.db, tenantId))) throw new Error(`There is no tenant ${tenantId}.`);
    const { client, clientSecret } = await makeApiClient(source, { tenantId, name: input.name, within: null });
    return { clientId: client.clientId, clientSecret, tenantId };
  });
}

function inEnterprise<T>(database: Database, clock: Clock, work: (source: AuditSource, tenantId: string) => Promise<T>): Promise<T> {
  return database.app({ tenantId: null, identityId: null }, async (db) => {
    const tenantId = await enterpriseId(db);
    if (tenantId === null) throw new Error('There is no enterprise yet: open the set-up link first (ringside setup prints it).');
    await enterTenant(db, tenantId);
    return work({ db, actor: null, requestId: `command ${newId()}`, clock }, tenantId);
  });
}

async function isThere(db: Db, tenantId: string): Promise<boolean> {
  return (await db.selectFrom('tenants').select('id').where('id', '=', tenantId).executeTakeFirst()) !== undefined;
}
