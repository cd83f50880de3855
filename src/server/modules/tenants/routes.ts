import { sql } from 'kysely';
import { contract } from '../../../contract/index.ts';
import type { Reseller } from '../../../contract/tenants.ts';
import { RESELLER_ROLES } from '../../../contract/permissions.ts';
import { audit } from '../../platform/audit/index.ts';
import type { Db } from '../../platform/db/index.ts';
import { handle, type Binding, type Context } from '../../platform/http/context.ts';
import { Fault, notFound, refuse } from '../../platform/http/fault.ts';
import { newId } from '../../platform/ids/index.ts';
import { effectiveSettings, insertTenant, lockTenant, nameFault, type TenantRow, uniqueFault } from './repository.ts';
import { changeStatus } from './status.ts';

/** What the reseller routes need of other modules. */
export interface ResellerServices {
  invite(
    context: Context,
    input: {
      tenantId: string;
      email: string;
      displayName: string;
      roles: readonly (typeof RESELLER_ROLES)[number][];
      language: 'en' | 'es';
    },
  ): Promise<unknown>;
}

export function resellerRoutes(services: ResellerServices): Binding[] {
  const { resellers } = contract;
  return [
    handle(resellers.list, async ({ db, tenantId }, { query }) => {
      let rows = db.selectFrom('tenants').where('kind', '=', 'reseller');
      if (query.q) rows = rows.where('id', 'in', sql<string>`(select search_tenants(${tenantId}, 'reseller', ${query.q}))`);
      const column = { name: sql`lower(name)`, createdAt: sql`created_at`, status: sql`status`, reference: sql`lower(reference)` }[
        query.sort
      ];
      const { total } = await rows.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
      const page = await rows
        .selectAll()
        .orderBy(column, query.order)
        .orderBy('id')
        .limit(query.pageSize)
        .offset((query.page - 1) * query.pageSize)
        .execute();
      const items: Reseller[] = [];
      for (const row of page) items.push(await resellerOf(db, row));
      return { items, total, page: query.page, pageSize: query.pageSize };
    }),
    handle(resellers.create, async (context, { body }) => {
      const { db, tenantId } = context;
      refuse(await nameFault(db, tenantId, body.name, null));
      const id = newId();
      const now = new Date(context.clock.now());
      await insertTenant(db, {
        id,
        parent_id: tenantId,
        kind: 'reseller',
        name: body.name,
        reference: body.reference,
        notes: body.notes,
        country: body.country,
        time_zone: body.timeZone,
        language: body.language,
        may_grant_trials: body.mayGrantTrials,
        longest_trial_days: body.longestTrialDays,
        created_at: now,
        updated_at: now,
      }).catch(told);
      const reseller = await readReseller(db, id);
      await services.invite(context, { tenantId: id, ...body.primaryUser, roles: RESELLER_ROLES, language: reseller.effective.language });
      await audit(context, { tenantId: id, action: 'resellers.create', subjectId: id, after: reseller });
      return reseller;
    }),
    handle(resellers.get, ({ db }, { params }) => readReseller(db, params.resellerId)),
    handle(resellers.update, async (context, { params, body }) => {
      const { db } = context;
      const before = await lockTenant(db, params.resellerId, 'reseller');
      if (!before?.parent_id) throw notFound();
      if (body.name !== undefined) refuse(await nameFault(db, before.parent_id, body.name, before.id));
      const beforeView = await resellerOf(db, before);
      const set = {
        name: body.name,
        reference: body.reference,
        notes: body.notes,
        country: body.country,
        time_zone: body.timeZone,
        language: body.language,
        may_grant_trials: body.mayGrantTrials,
        longest_trial_days: body.longestTrialDays,
      };
      const changes = Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined));
      await db
        .updateTable('tenants')
        .set({ ...changes, updated_at: new Date(context.clock.now()) })
        .where('id', '=', before.id)
        .execute()
        .catch(told);
      const reseller = await readReseller(db, before.id);
      await audit(context, { tenantId: before.id, action: 'resellers.update', subjectId: before.id, before: beforeView, after: reseller });
      return reseller;
    }),
    handle(resellers.disable, async (context, { params }) => {
      await changeStatus(context, params.resellerId, 'reseller', 'disabled');
      return readReseller(context.db, params.resellerId);
    }),
    handle(resellers.enable, async (context, { params }) => {
      await changeStatus(context, params.resellerId, 'reseller', 'active');
      return readReseller(context.db, params.resellerId);
    }),
  ];
}

async function readReseller(db: Db, id: string): Promise<Reseller> {
  const row = await db.selectFrom('tenants').selectAll().where('id', '=', id).where('kind', '=', 'reseller').executeTakeFirst();
  if (!row) throw notFound();
  return resellerOf(db, row);
}

async function resellerOf(db: Db, row: TenantRow): Promise<Reseller> {
  const effective = await effectiveSettings(db, row.id);
  const { count } = await db
    .selectFrom('tenants')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('parent_id', '=', row.id)
    .where('kind', '=', 'customer')
    .where('status', '<>', 'terminated')
    .executeTakeFirstOrThrow();
  return {
    id: row.id,
    name: row.name,
    reference: row.reference,
    notes: row.notes,
    status: row.status as Reseller['status'],
    country: row.country,
    timeZone: row.time_zone,
    language: row.language as Reseller['language'],
    effective: { country: effective.country, timeZone: effective.timeZone, language: effective.language },
    mayGrantTrials: row.may_grant_trials ?? false,
    longestTrialDays: row.longest_trial_days ?? 0,
    customerCount: count,
    createdAt: row.created_at.toISOString(),
  };
}

function told(error: unknown): never {
  const fields = uniqueFault(error);
  throw fields ? new Fault('invalid', { fields }) : (error as Error);
}
