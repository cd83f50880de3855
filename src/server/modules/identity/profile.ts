import { contract } from '../../../contract/index.ts';
import { handle, type Binding } from '../../platform/http/context.ts';
import { Fault, invalid, refuse } from '../../platform/http/fault.ts';
import { guess } from './logins.ts';
import { meOf } from './me.ts';
import { hashPassword, passwordFaults, verifyPassword } from './passwords.ts';
import { revokeSessions, setPassword } from './repository.ts';
import type { Shared } from './services.ts';
import { auditPerson, personOf } from './sessions.ts';

export function profileRoutes({ limits }: Shared): Binding[] {
  const { me, updateMe, changePassword } = contract.identity;
  return [
    handle(me, async ({ actor }) => meOf(actor)),
    handle(updateMe, async (context, { body }) => {
      const person = personOf(context.actor);
      const before = { displayName: person.name, language: person.language };
      const after = { displayName: body.displayName ?? before.displayName, language: body.language ?? before.language };
      if (after.displayName === before.displayName && after.language === before.language) return meOf(person);
      await context.db
        .updateTable('identities')
        .set({ display_name: after.displayName, language: after.language, updated_at: new Date(context.clock.now()) })
        .where('id', '=', person.id)
        .execute();
      await auditPerson(context, person, { action: 'me.update', subjectId: person.id, before, after });
      return meOf({ ...person, name: after.displayName, language: after.language });
    }),
    handle(changePassword, async (context, { body }) => {
      const { db } = context;
      const person = personOf(context.actor);
      const email = person.email ?? '';
      const now = new Date(context.clock.now());
      const { password_hash: stored } = await db
        .selectFrom('identities')
        .select('password_hash')
        .where('id', '=', person.id)
        .executeTakeFirstOrThrow();
      await guess(limits, context.address, email, () => verifyPassword(stored, body.current)).catch((error: unknown) => {
        throw error instanceof Fault && error.code === 'badCredentials' ? invalid('body.current', 'wrongPassword') : error;
      });
      refuse(passwordFaults('body.password', body.password, email));
      await setPassword(db, person.id, await hashPassword(body.password), now);
      await revokeSessions(db, person.id, now, person.sessionId);
      await auditPerson(context, person, { action: 'me.password', subjectId: person.id });
    }),
  ];
}
