import { asIdentity, enterTenant } from '../../platform/db/index.ts';
import type { Me } from '../../../contract/identity.ts';
import { audit } from '../../platform/audit/index.ts';
import { authenticate } from '../../platform/auth/authenticate.ts';
import type { Actor } from '../../platform/auth/index.ts';
import { hashToken, randomToken } from '../../platform/crypto/index.ts';
import type { PublicContext } from '../../platform/http/context.ts';
import { Fault } from '../../platform/http/fault.ts';
import { newId } from '../../platform/ids/index.ts';
import { meOf } from './me.ts';

const SESSION_MS = 30 * 24 * 3_600_000;

/** Logs a person in who has proved to be that person; the cookie goes out once all is committed. */
export async function openSession(context: PublicContext, identityId: string): Promise<Me> {
  const now = context.clock.now();
  const token = randomToken();
  const id = newId();
  await asIdentity(context.db, identityId, () =>
    context.db
      .insertInto('sessions')
      .values({
        id,
        token_hash: hashToken(token),
        identity_id: identityId,
        user_agent: context.userAgent,
        address: context.address,
        created_at: new Date(now),
        last_seen_at: new Date(now),
        expires_at: new Date(now + SESSION_MS),
      })
      .execute(),
  );
  const found = await authenticate(context.db, token, now);
  if (!found) throw new Error('a session that was just made is not found');
  await auditPerson(context, found.actor, { action: 'sessions.create', subjectId: id });
  context.setSession(token);
  return meOf(found.actor);
}

/** Of a route that only a person can use. @throws Fault forbidden for an API client */
export function personOf(actor: Actor): Actor {
  if (actor.kind !== 'identity') throw new Fault('forbidden');
  return actor;
}

/** A person belongs to no tenant: what one does to oneself is told to every tenant one works in. */
export async function auditPerson(
  context: PublicContext,
  person: { id: string; name: string },
  entry: { action: string; subjectId: string; before?: Record<string, unknown>; after?: Record<string, unknown> },
): Promise<void> {
  const { db, clock, requestId } = context;
  const actor = { kind: 'identity' as const, id: person.id, name: person.name };
  const workplaces = await asIdentity(db, person.id, () =>
    db.selectFrom('memberships').select('tenant_id').where('identity_id', '=', person.id).where('accepted_at', 'is not', null).execute(),
  );
  for (const { tenant_id: tenantId } of workplaces) {
    await enterTenant(db, tenantId);
    await audit({ db, actor, requestId, clock }, { ...entry, tenantId });
  }
  await enterTenant(db, '');
}
