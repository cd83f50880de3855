import { ENTERPRISE_ROLES } from '../../../contract/permissions.ts';
import { contract } from '../../../contract/index.ts';
import { audit } from '../../platform/audit/index.ts';
import { hashToken, randomToken } from '../../platform/crypto/index.ts';
import { enterTenant, uniqueViolation, type Database, type Db } from '../../platform/db/index.ts';
import { handle, type Binding } from '../../platform/http/context.ts';
import { Fault, refuse } from '../../platform/http/fault.ts';
import { newId } from '../../platform/ids/index.ts';
import { seedProductTypes } from '../product-types/index.ts';
import { hashPassword, passwordFaults } from './passwords.ts';
import { enterpriseId, insertIdentity } from './repository.ts';
import { openSession } from './sessions.ts';

/** Row of `installation` that holds the hash of the one link that may set up. */
const TOKEN_KEY = 'setup-token-hash';

/**
 * Makes a new set-up token while there is no enterprise; the token of an earlier start ends.
 * @returns the token, kept nowhere; null once the set-up is done
 */
export function ensureSetupToken(database: Database): Promise<string | null> {
  return database.app({ tenantId: null, identityId: null }, async (db) => {
    if ((await enterpriseId(db)) !== null) return null;
    const token = randomToken();
    const value = hashToken(token);
    await db
      .insertInto('installation')
      .values({ key: TOKEN_KEY, value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
      .execute();
    return token;
  });
}

export function setupRoutes(): Binding[] {
  const { setupState, setup } = contract.identity;
  return [
    handle(setupState, async ({ db }) => ({ needed: (await enterpriseId(db)) === null })),
    handle(setup, async (context, { body }) => {
      const { db } = context;
      const now = new Date(context.clock.now());
      await useToken(db, body.token);
      refuse(passwordFaults('body.password', body.password, body.email));
      const tenantId = newId();
      const identityId = newId();
      await enterTenant(db, tenantId);
      await db
        .insertInto('tenants')
        .values({
          id: tenantId,
          parent_id: null,
          kind: 'enterprise',
          name: body.enterpriseName,
          country: body.country,
          time_zone: body.timeZone,
          language: body.language,
          created_at: now,
          updated_at: now,
        })
        .execute()
        .catch(gone);
      await seedProductTypes(db, tenantId, now);
      await insertIdentity(
        db,
        {
          id: identityId,
          email: body.email,
          display_name: body.displayName,
          language: body.language,
          password_hash: await hashPassword(body.password),
        },
        now,
      );
      await db
        .insertInto('memberships')
        .values({
          id: newId(),
          tenant_id: tenantId,
          identity_id: identityId,
          roles: [...ENTERPRISE_ROLES],
          accepted_at: now,
          created_at: now,
        })
        .execute();
      await audit(
        { ...context, actor: { kind: 'identity', id: identityId, name: body.displayName } },
        { tenantId, action: 'setup.create', subjectId: tenantId, after: { name: body.enterpriseName, administrator: body.email } },
      );
      return openSession(context, identityId);
    }),
  ];
}

/** The row's lock lets one of two callers at once through; a failure after it brings the token back. */
async function useToken(db: Db, token: string): Promise<void> {
  const { numDeletedRows } = await db
    .deleteFrom('installation')
    .where('key', '=', TOKEN_KEY)
    .where('value', '=', hashToken(token))
    .executeTakeFirst();
  if (numDeletedRows !== 1n) throw new Fault('linkGone');
}

/** A token made while another start's set-up was committing: the enterprise is there already. */
function gone(error: unknown): never {
  throw uniqueViolation(error) === 'tenants_one_enterprise' ? new Fault('linkGone') : (error as Error);
}
