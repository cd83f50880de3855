import { sql } from 'kysely';
import type { Language } from '../../../contract/common.ts';
import { contract } from '../../../contract/index.ts';
import type { CustomerRole } from '../../../contract/permissions.ts';
import { audit } from '../../platform/audit/index.ts';
import type { Db } from '../../platform/db/index.ts';
import { handle, type Binding, type Context } from '../../platform/http/context.ts';
import { Fault, notFound, refuse, type FieldFault } from '../../platform/http/fault.ts';
import { newId } from '../../platform/ids/index.ts';
import { renewInvitation } from '../identity/index.ts';
import { effectiveSettings } from '../tenants/index.ts';
import { otherAdminExists, readUser, selectUsers, userOf, type UserRow } from './repository.ts';
import { applyRoles, complete, roleFaults } from './roles.ts';

export function userRoutes(): Binding[] {
  const { users } = contract;
  return [
    handle(users.list, async ({ db }, { params, query }) => {
      let found = selectUsers(db, params.customerId);
      if (query.status !== undefined) found = found.where('u.status', '=', query.status);
      if (query.q) found = found.where(matches(query.q));
      const { total } = await db
        .selectFrom(found.as('found'))
        .select(({ fn }) => fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      const column = {
        displayName: sql`lower(u.display_name)`,
        extension: sql`extension`,
        email: sql`lower(u.email)`,
        status: sql`u.status`,
      }[query.sort];
      const rows = await found
        .orderBy(column, (order) => (query.order === 'asc' ? order.asc().nullsLast() : order.desc().nullsLast()))
        .orderBy('u.id')
        .limit(query.pageSize)
        .offset((query.page - 1) * query.pageSize)
        .execute();
      return { items: rows.map(userOf), total, page: query.page, pageSize: query.pageSize };
    }),
    handle(users.create, async (context, { params, body }) => {
      const { db } = context;
      const roles = complete(body.roles);
      const id = newId();
      const now = new Date(context.clock.now());
      const faults: FieldFault[] = await emailFault(db, params.customerId, body.email, null);
      await db
        .insertInto('users')
        .values({
          id,
          tenant_id: params.customerId,
          display_name: body.displayName,
          email: body.email,
          source: 'manual',
          created_at: now,
          updated_at: now,
        })
        .execute();
      const user = await mustRead(db, params.customerId, id);
      const change = { user, roles, email: body.email, displayName: body.displayName };
      refuse([...faults, ...roleFaults(change, isStaff(context), 'body.roles')]);
      await applyRoles(context, params.customerId, change, await languageIn(context));
      const created = userOf(await mustRead(db, params.customerId, id));
      await audit(context, { tenantId: params.customerId, action: 'users.create', subjectId: id, after: created });
      return created;
    }),
    handle(users.get, async ({ db }, { params }) => userOf(await mustRead(db, params.customerId, params.userId))),
    handle(users.update, async (context, { params, body }) => {
      const { db } = context;
      const { customerId, userId } = params;
      await lockUsers(db, customerId, [userId]);
      const user = await mustRead(db, customerId, userId);
      const email = body.email === undefined ? user.email : body.email;
      const displayName = body.displayName ?? user.display_name;
      const roles = complete(body.roles ?? userOf(user).roles);
      const change = { user, roles, email, displayName };
      const faults = email !== user.email && email !== null ? await emailFault(db, customerId, email, userId) : [];
      // The address of a login is its owner's to change.
      if (email !== user.email && user.membership_id !== null) faults.push({ path: 'body.email', code: 'fixed' });
      refuse([...faults, ...roleFaults(change, isStaff(context), 'body.roles'), ...(await lastAdminFault(context, customerId, [change]))]);
      await db
        .updateTable('users')
        .set({ display_name: displayName, email, updated_at: new Date(context.clock.now()) })
        .where('id', '=', userId)
        .execute();
      if (body.roles !== undefined) await applyRoles(context, customerId, change, await languageIn(context));
      const updated = userOf(await mustRead(db, customerId, userId));
      await audit(context, { tenantId: customerId, action: 'users.update', subjectId: userId, before: userOf(user), after: updated });
      return updated;
    }),
    handle(users.changeRoles, async (context, { params, body }) => {
      const { db } = context;
      const { customerId } = params;
      const ids = [...new Set(body.userIds)];
      await lockUsers(db, customerId, ids);
      const rows = await selectUsers(db, customerId).where('u.id', 'in', ids).execute();
      const missing = ids.findIndex((id) => !rows.some((row) => row.id === id));
      if (missing >= 0) refuse([{ path: `body.userIds.${missing}`, code: 'unknown' }]);
      const changes = rows.map((user) => {
        const roles = complete([...userOf(user).roles.filter((role) => !body.remove.includes(role)), ...body.add]);
        return { user, roles, email: user.email, displayName: user.display_name };
      });
      refuse([
        ...changes.flatMap((change) => roleFaults(change, isStaff(context), `body.userIds.${ids.indexOf(change.user.id)}`)),
        ...(await lastAdminFault(context, customerId, changes)),
      ]);
      const language = await languageIn(context);
      let invited = 0;
      for (const change of changes) if (await applyRoles(context, customerId, change, language)) invited += 1;
      return { changed: changes.length, invited };
    }),
    handle(users.invite, async (context, { params }) => {
      const user = await mustRead(context.db, params.customerId, params.userId);
      if (user.membership_id === null || user.accepted_at !== null) throw nothingOpen();
      const invitedUntil = await renewInvitation(context, user.membership_id);
      if (!invitedUntil) throw nothingOpen();
      return { invitedUntil: invitedUntil.toISOString() };
    }),
  ];
}

function nothingOpen(): Fault {
  return new Fault('conflict', {
    detail: { en: 'There is no open invitation to send again.', es: 'No hay ninguna invitación pendiente que reenviar.' },
  });
}

/** The customer's own people may give website access, but licences are the reseller's to give. */
function isStaff(context: Context): boolean {
  return context.grantedBy !== context.tenantId;
}

async function languageIn(context: Context): Promise<Language> {
  return (await effectiveSettings(context.db, context.tenantId)).language;
}

async function mustRead(db: Db, customerId: string, userId: string): Promise<UserRow> {
  const row = await readUser(db, customerId, userId);
  if (!row) throw notFound();
  return row;
}

/** Two changes of the same users wait for each other. */
async function lockUsers(db: Db, customerId: string, ids: readonly string[]): Promise<void> {
  await db
    .selectFrom('users')
    .select('id')
    .where('tenant_id', '=', customerId)
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
}

async function emailFault(db: Db, customerId: string, email: string, except: string | null): Promise<FieldFault[]> {
  const taken = await db
    .selectFrom('users')
    .select('id')
    .where('tenant_id', '=', customerId)
    .where(sql`lower(email)`, '=', email.toLowerCase())
    .$if(except !== null, (query) => query.where('id', '<>', except ?? ''))
    .executeTakeFirst();
  return taken ? [{ path: 'body.email', code: 'taken' }] : [];
}

async function lastAdminFault(
  context: Context,
  customerId: string,
  changes: readonly { user: UserRow; roles: readonly CustomerRole[] }[],
): Promise<FieldFault[]> {
  const losing = changes.filter(({ user, roles }) => user.access_roles?.includes('admin.user') && !roles.includes('admin.user'));
  if (losing.length === 0 || changes.some(({ roles }) => roles.includes('admin.user'))) return [];
  const remains = await otherAdminExists(
    context.db,
    customerId,
    losing.map(({ user }) => user.id),
  );
  return remains ? [] : [{ path: 'body.roles', code: 'lastAdmin' }];
}

function matches(term: string) {
  const pattern = `%${term.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  return sql<boolean>`(lower(concat_ws(' ', u.display_name, u.email, u.status)) like ${pattern}
    or exists (select from pbx_users p where p.user_id = u.id and p.extension like ${pattern}))`;
}
