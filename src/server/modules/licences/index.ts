/**
 * Licence spans: who held which role of which product type from when to when. Written in the
 * transaction of the change that causes them; they cannot be rebuilt later.
 */
import { sql } from 'kysely';
import { LICENSED_ROLES, type LicensedRole } from '../../../contract/permissions.ts';
import { dayIn, nextDay, startOfDay } from '../../platform/clock/zones.ts';
import type { Database, Db } from '../../platform/db/index.ts';
import { newId } from '../../platform/ids/index.ts';
import { enqueue, type TaskHandlers } from '../../platform/jobs/index.ts';

export interface LicenceSource {
  db: Db;
  clock: { now(): number };
}

interface Terms {
  productTypeId: string;
  isTrial: boolean;
  isInternal: boolean;
  timeZone: string;
}

/** Makes `roles` the licensed roles of a user; spans of roles taken end now, of roles given begin now. */
export async function setLicensedRoles(
  source: LicenceSource,
  change: { customerId: string; userId: string; roles: readonly string[] },
): Promise<void> {
  const { db } = source;
  const now = new Date(source.clock.now());
  const wanted = LICENSED_ROLES.filter((role) => change.roles.includes(role));
  await db.updateTable('users').set({ roles: wanted, updated_at: now }).where('id', '=', change.userId).execute();
  const open = await db
    .selectFrom('licence_spans')
    .select(['id', 'role'])
    .where('user_id', '=', change.userId)
    .where('to_at', 'is', null)
    .execute();
  const ended = open.filter((span) => !wanted.includes(span.role as LicensedRole)).map((span) => span.id);
  if (ended.length > 0) await db.updateTable('licence_spans').set({ to_at: now }).where('id', 'in', ended).execute();
  const held = new Set(open.map((span) => span.role));
  const begun = wanted.filter((role) => !held.has(role));
  if (begun.length > 0)
    await begin(
      db,
      await termsOf(db, change.customerId, now.getTime()),
      change.customerId,
      begun.map((role) => ({ userId: change.userId, role })),
      now,
    );
}

/** After a change of product type, trial or internal flag: open spans of other terms end and go on under the new ones. */
export async function renewTerms(source: LicenceSource, customerId: string): Promise<void> {
  const { db } = source;
  const now = new Date(source.clock.now());
  const terms = await termsOf(db, customerId, now.getTime());
  const open = await db
    .selectFrom('licence_spans')
    .selectAll()
    .where('tenant_id', '=', customerId)
    .where('to_at', 'is', null)
    .forUpdate()
    .execute();
  const outdated = open.filter(
    (span) => span.product_type_id !== terms.productTypeId || span.is_trial !== terms.isTrial || span.is_internal !== terms.isInternal,
  );
  if (outdated.length === 0) return;
  await db
    .updateTable('licence_spans')
    .set({ to_at: now })
    .where(
      'id',
      'in',
      outdated.map((span) => span.id),
    )
    .execute();
  await begin(
    db,
    terms,
    customerId,
    outdated.map((span) => ({ userId: span.user_id, role: span.role })),
    now,
  );
}

/** Has the terms renewed when the trial begins and when it is over: nobody changes anything on those days. */
export async function scheduleTrial(
  source: LicenceSource,
  customerId: string,
  trial: { startDate: string; endDate: string } | null,
  timeZone: string,
): Promise<void> {
  if (!trial) return;
  for (const [edge, day] of [
    ['start', trial.startDate],
    ['end', nextDay(trial.endDate)],
  ] as const) {
    const at = startOfDay(timeZone, day);
    if (at > source.clock.now())
      await enqueue(source.db, 'licences.renewTerms', { customerId }, { key: `trial:${customerId}:${edge}`, runAt: new Date(at) });
  }
}

async function begin(db: Db, terms: Terms, customerId: string, spans: { userId: string; role: string }[], now: Date): Promise<void> {
  await db
    .insertInto('licence_spans')
    .values(
      spans.map((span) => ({
        id: newId(),
        tenant_id: customerId,
        user_id: span.userId,
        role: span.role,
        product_type_id: terms.productTypeId,
        is_trial: terms.isTrial,
        is_internal: terms.isInternal,
        time_zone: terms.timeZone,
        from_at: now,
        to_at: null,
      })),
    )
    .execute();
}

/** What the customer's licences are under now. The reseller's time zone decides which day it is. */
async function termsOf(db: Db, customerId: string, now: number): Promise<Terms> {
  const customer = await db.selectFrom('tenants').selectAll().where('id', '=', customerId).executeTakeFirstOrThrow();
  if (customer.product_type_id === null) throw new Error(`tenant ${customerId} is not a customer`);
  const timeZone = await billingTimeZone(db, customerId);
  const today = dayIn(timeZone, now);
  const isTrial =
    customer.trial_start !== null && customer.trial_end !== null && customer.trial_start <= today && today <= customer.trial_end;
  return { productTypeId: customer.product_type_id, isTrial, isInternal: customer.is_internal, timeZone };
}

/** Invoices follow the reseller's calendar. */
export async function billingTimeZone(db: Db, customerId: string): Promise<string> {
  const { rows } = await sql<{ zone: string }>`select reseller_time_zone(${customerId}) as zone`.execute(db);
  const zone = rows[0]?.zone;
  if (zone === undefined) throw new Error(`customer ${customerId} is not in the scope`);
  return zone;
}

/** Run at the edges of a trial. */
export function licenceTasks(database: Database, clock: { now(): number }): Pick<TaskHandlers, 'licences.renewTerms'> {
  return {
    'licences.renewTerms': ({ customerId }) => database.system([customerId], (db) => renewTerms({ db, clock }, customerId)),
  };
}
