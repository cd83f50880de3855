/** What must hold after any number of crashes. */
import { expect } from 'vitest';
import type { Gap } from '../../src/contract/calls.ts';
import type { CallFacts } from '../../src/server/simulator/index.ts';
import type { TestDatabase } from '../harness/database.ts';
import { callerOf, until, type Caller } from '../harness/ringside.ts';
import type { Acknowledged } from './crash-world.ts';

export interface Crash {
  of: 'process' | 'connections';
  /** ms since 1970 */
  at: number;
  /** The counted phone system was watched just before. */
  wasLive: boolean;
  /** Ringside answers again. */
  back: number;
}

export interface House {
  db: TestDatabase;
  url: string;
  reseller: Caller;
  acknowledged: Acknowledged;
  crashes: readonly Crash[];
  /** The customer whose calls are counted. */
  watchedId: string;
}

const OPERATION_MS = 15_000;
const BOARD_MS = 10_000;

export async function expectWholeHouse(house: House): Promise<void> {
  await expectOperations(house);
  await expectPeople(house);
  await expectCalls(house);
  await expectAgents(house);
  await expectGaps(house);
}

/** Every operation is over within 15 s of its beginning or the last start before its end. */
async function expectOperations({ db, crashes }: House): Promise<void> {
  await until(async () => (await db.rows(`select from operations where status = 'running'`)).length === 0, OPERATION_MS);
  await until(async () => (await db.rows('select from graphile_worker._private_jobs where run_at <= now()')).length === 0, OPERATION_MS);
  const operations = await db.rows<{ id: string; status: string; created_at: Date; finished_at: Date }>('select * from operations');
  const late = operations.filter(({ created_at, finished_at }) => {
    const starts = [created_at.getTime(), ...crashes.map((crash) => crash.back)].filter((at) => at <= finished_at.getTime());
    return finished_at.getTime() - Math.max(...starts) > OPERATION_MS;
  });
  expect(late).toEqual([]);
  expect(operations.filter((operation) => operation.status !== 'done')).toEqual([]);
}

/** Customers, users, invitations, logins and licences: each acknowledged one once. */
async function expectPeople({ db, url, acknowledged }: House): Promise<void> {
  const { customers, accepted, sessions } = acknowledged;
  const names = await db.rows<{ id: string; name: string }>(
    `select id, name from tenants where kind = 'customer' and name like 'Customer %'`,
  );
  expect(new Map(names.map(({ id, name }) => [name, id]))).toEqual(new Map(customers.map(({ id, name }) => [name, id])));
  expect(names).toHaveLength(customers.length);
  const users = await db.rows<{ tenant_id: string; count: number }>('select tenant_id, count(*)::int from users group by 1');
  const counts = new Map(users.map(({ tenant_id, count }) => [tenant_id, count]));
  expect(customers.map(({ id }) => counts.get(id))).toEqual(customers.map(({ people }) => people + 1));
  const twice = await db.rows(
    'select connection_id, external_id from pbx_users where replaced_at is null group by 1, 2 having count(*) > 1',
  );
  expect(twice).toEqual([]);
  const invited = await db.rows<{ email: string; valid: number; taken: number }>(
    `select i.email, count(*) filter (where v.accepted_at is null and v.expires_at > now())::int as valid, count(*) filter (where v.accepted_at is not null)::int as taken
     from invitations v join memberships m on m.id = v.membership_id join identities i on i.id = m.identity_id
     where i.email like '%@customer%' group by 1`,
  );
  const taken = new Set(accepted);
  expect(invited.filter(({ email, valid, taken: used }) => (taken.has(email) ? used !== 1 || valid !== 0 : valid + used !== 1))).toEqual(
    [],
  );
  expect(invited).toHaveLength(customers.length);
  const mailed = await db.rows(
    `select recipient from mails where recipient like '%@customer%' and text_body like '%/invitation/%' group by 1 having count(*) > 1`,
  );
  expect(mailed).toEqual([]);
  for (const cookie of sessions) await callerOf(url, { cookie }).ok('GET', '/v1/me');
  const overlapping = await db.rows(
    `select a.id from licence_spans a join licence_spans b on a.user_id = b.user_id and a.role = b.role and a.id < b.id
     where a.from_at < coalesce(b.to_at, 'infinity') and b.from_at < coalesce(a.to_at, 'infinity')`,
  );
  expect(overlapping).toEqual([]);
}

interface CallRow {
  call_key: string;
  started_at: Date;
  ended_at: Date | null;
  outcome: string | null;
  quality: string;
  closed_reason: string | null;
}

/** Calls outside gaps are stored exactly; those over a gap once at most, closed, and marked. */
async function expectCalls(house: House): Promise<void> {
  const { db, acknowledged, watchedId } = house;
  await Promise.all([...acknowledged.open].map((placed) => placed.done));
  await until(
    async () => (await db.rows('select from calls where ended_at is null and customer_id = $1', [watchedId])).length === 0,
    BOARD_MS,
  );
  const rows = await db.rows<CallRow>('select * from calls where customer_id = $1', [watchedId]);
  // A call is named by its first leg that was seen.
  const placed = new Map(acknowledged.calls.flatMap((facts) => facts.legs.map((leg) => [leg.uniqueid, facts])));
  const stored = Map.groupBy(rows, (row) => placed.get(row.call_key.split('/').at(-1) ?? ''));
  expect(stored.get(undefined) ?? []).toEqual([]);
  expect([...stored.values()].filter((same) => same.length > 1)).toEqual([]);
  const gaps = await gapsOf(house);
  const wrong = acknowledged.calls
    .filter((facts) => !gaps.some((gap) => touches(gap, facts)))
    .filter((facts) => {
      const row = stored.get(facts)?.[0];
      return (
        row === undefined ||
        row.closed_reason !== null ||
        row.quality !== 'exact' ||
        Math.abs(row.started_at.getTime() - facts.startedAt) > 1000
      );
    });
  expect(wrong.map((facts) => ({ facts: { ...facts, legs: [] }, row: stored.get(facts), gaps }))).toEqual([]);
  expect(rows.filter((row) => row.closed_reason !== null && row.quality !== 'partial')).toEqual([]);
}

function touches(gap: { from: number; to: number }, { startedAt, endedAt }: CallFacts): boolean {
  return startedAt <= gap.to && (endedAt ?? Infinity) >= gap.from;
}

/** One state at a time, at most one that lasts. */
async function expectAgents({ db }: House): Promise<void> {
  const doubled = await db.rows(
    `select a.agent_id, a.from_at from agent_spans a join agent_spans b
       on a.customer_id = b.customer_id and a.agent_id = b.agent_id and a.from_at < b.from_at
     where coalesce(a.to_at, 'infinity') > b.from_at`,
  );
  expect(doubled).toEqual([]);
}

/** Each time the watched link was live when it crashed there is a gap that begins then, within 2 s, and the API tells of it. */
async function expectGaps(house: House): Promise<void> {
  const { crashes, reseller, watchedId } = house;
  const gaps = await gapsOf(house);
  const told = await reseller.ok<{ items: Gap[] }>('GET', `/v1/customers/${watchedId}/gaps`);
  expect(told.items).toHaveLength(gaps.length);
  for (const { at, back } of crashes.filter((crash) => crash.of === 'process' && crash.wasLive)) {
    // The gap before may reach over the crash by its rounding: the one that begins last is this one's.
    const gap = gaps.findLast((one) => one.from <= at && at < one.to);
    expect(gap, `gap of the crash at ${new Date(at).toISOString()} among ${JSON.stringify(gaps)}`).toBeDefined();
    if (!gap) continue;
    // Heard at most a second before the last beat, which was at most a second before the crash; whole seconds outwards.
    expect(at - gap.from, 'begins within 2 s and the rounding').toBeLessThanOrEqual(3000);
    expect(gap.to).toBeGreaterThan(back - 1000);
    expect(gap.from % 1000).toBe(0);
    expect(gap.to % 1000).toBe(0);
  }
}

async function gapsOf({ db, watchedId }: House): Promise<{ from: number; to: number; cause: string }[]> {
  const rows = await db.rows<{ from_at: Date; to_at: Date | null; cause: string }>(
    'select * from gaps where customer_id = $1 order by from_at',
    [watchedId],
  );
  return rows.map((row) => ({ from: row.from_at.getTime(), to: row.to_at?.getTime() ?? Infinity, cause: row.cause }));
}
