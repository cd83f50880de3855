import { contract } from '../../../contract/index.ts';
import { handle, type Binding, type Context } from '../../platform/http/context.ts';
import { Fault, notFound } from '../../platform/http/fault.ts';
import { networkOf, type Limits } from './limits.ts';
import { verifyPassword } from './passwords.ts';
import { identityByEmail } from './repository.ts';
import type { Shared } from './services.ts';
import { auditPerson, openSession, personOf } from './sessions.ts';

export function loginRoutes({ limits }: Shared): Binding[] {
  const { login, logout, sessions, revokeSession } = contract.identity;
  return [
    handle(login, async (context, { body }) => {
      const identity = await identityByEmail(context.db, body.email);
      await guess(limits, context.address, body.email, () => verifyPassword(identity?.password_hash ?? null, body.password));
      // A right guess means that there is somebody.
      if (!identity) throw new Fault('badCredentials');
      return openSession(context, identity.id);
    }),
    handle(sessions, async ({ db, actor, clock }) => {
      const person = personOf(actor);
      const rows = await db
        .selectFrom('sessions')
        .select(['id', 'created_at', 'last_seen_at', 'user_agent', 'address'])
        .where('identity_id', '=', person.id)
        .where('revoked_at', 'is', null)
        .where('expires_at', '>', new Date(clock.now()))
        .orderBy('last_seen_at', 'desc')
        .orderBy('id', 'desc')
        .execute();
      return {
        items: rows.map((row) => ({
          id: row.id,
          current: row.id === person.sessionId,
          createdAt: row.created_at.toISOString(),
          lastSeenAt: row.last_seen_at.toISOString(),
          userAgent: row.user_agent,
          address: row.address,
        })),
      };
    }),
    handle(logout, async (context) => {
      await endSession(context, personOf(context.actor).sessionId);
      context.setSession(null);
    }),
    handle(revokeSession, (context, { params }) => endSession(context, params.sessionId)),
  ];
}

/**
 * One guess at a secret, counted before it is made and given back when right.
 * @throws Fault badCredentials, or tooMany whether the account is there or not
 */
export async function guess(limits: Limits, address: string, account: string, verify: () => Promise<boolean>): Promise<void> {
  const network = networkOf(address);
  const pair = `${network} ${account.toLowerCase()}`;
  await limits.loginOfAddress.take(network);
  await limits.loginOfAccount.take(pair);
  if (!(await verify())) throw new Fault('badCredentials');
  await limits.loginOfAddress.giveBack(network);
  await limits.loginOfAccount.giveBack(pair);
}

async function endSession(context: Context, sessionId: string): Promise<void> {
  const person = personOf(context.actor);
  const { numUpdatedRows } = await context.db
    .updateTable('sessions')
    .set({ revoked_at: new Date(context.clock.now()) })
    .where('id', '=', sessionId)
    .where('identity_id', '=', person.id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw notFound();
  await auditPerson(context, person, { action: 'sessions.remove', subjectId: sessionId });
}
