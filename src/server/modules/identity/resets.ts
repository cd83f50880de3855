import { contract } from '../../../contract/index.ts';
import { asIdentity, type Db } from '../../platform/db/index.ts';
import { handle, type Binding } from '../../platform/http/context.ts';
import { Fault, refuse } from '../../platform/http/fault.ts';
import { newId } from '../../platform/ids/index.ts';
import { enqueue } from '../../platform/jobs/index.ts';
import { networkOf } from './limits.ts';
import type { ResetLink } from './link-tokens.ts';
import { hashPassword, passwordFaults } from './passwords.ts';
import { revokeSessions, setPassword } from './repository.ts';
import type { Shared } from './services.ts';
import { auditPerson } from './sessions.ts';

export function resetRoutes({ links, limits }: Shared): Binding[] {
  const { requestReset, reset } = contract.identity;
  return [
    handle(requestReset, async ({ db, address }, { body }) => {
      await limits.resetOfAddress.take(networkOf(address));
      // Known or not, the same work: one job, which looks the address up after the answer has gone.
      if (await limits.resetOfAccount.allows(body.email.toLowerCase())) {
        await enqueue(db, 'password-resets.mail', { resetId: newId(), email: body.email });
      }
    }),
    handle(reset, async (context, { body }) => {
      const { db } = context;
      const link = links.reset.read(body.token);
      if (!link) throw new Fault('linkGone');
      const now = new Date(context.clock.now());
      const person = await asIdentity(db, link.identityId, async () => {
        await useReset(db, link, now);
        return db
          .selectFrom('identities')
          .select(['id', 'email', 'display_name'])
          .where('id', '=', link.identityId)
          .executeTakeFirstOrThrow();
      });
      refuse(passwordFaults('body.password', body.password, person.email));
      await setPassword(db, person.id, await hashPassword(body.password), now);
      await revokeSessions(db, person.id, now);
      await auditPerson(context, { id: person.id, name: person.display_name }, { action: 'password-resets.use', subjectId: person.id });
    }),
  ];
}

/** The row's lock lets one of two callers at once through; one's other open links end with it. */
async function useReset(db: Db, link: ResetLink, now: Date): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('password_resets')
    .set({ used_at: now })
    .where('id', '=', link.resetId)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new Fault('linkGone');
  await db
    .updateTable('password_resets')
    .set({ used_at: now })
    .where('identity_id', '=', link.identityId)
    .where('used_at', 'is', null)
    .execute();
}
