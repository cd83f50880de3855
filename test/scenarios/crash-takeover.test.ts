/** Two processes on one database: who goes on when one ends, and what is told of the time between. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Gap } from '../../src/contract/calls.ts';
import type { Me } from '../../src/contract/identity.ts';
import { startSimulatedPbx, type CallFacts, type SimulatedPbx } from '../../src/server/simulator/index.ts';
import { cloneDatabase, type TestDatabase } from '../harness/database.ts';
import { freePort, startProcess, type RingsideProcess } from '../harness/process.ts';
import { PASSWORD, callerOf, cookieOf, until } from '../harness/ringside.ts';
import { connectionTo } from './crash-world.ts';

let db: TestDatabase;
let pbx: SimulatedPbx;
let one: RingsideProcess;
let other: RingsideProcess;
let cookie: string;
let customerId: string;

beforeAll(async () => {
  db = await cloneDatabase();
  pbx = await startSimulatedPbx({ seed: 5 });
  one = await start();
  ({ cookie, customerId } = await setUp());
  await until(isLive);
  // Comes later, so the link is the first one's.
  other = await start();
}, 120_000);
afterAll(async () => {
  await Promise.all([one.stop(), other.stop()]);
  await pbx.stop();
  await db.drop();
});

async function start(): Promise<RingsideProcess> {
  const port = await freePort();
  return startProcess({
    env: { DATABASE_URL: db.url, SECRET_KEY: Buffer.alloc(32, 5).toString('base64'), HOST: '127.0.0.1', PORT: String(port) },
  });
}

const holder = async (): Promise<{ owner: string | null; fence: number }> => {
  const [link] = await db.rows<{ owner: string | null; fence: string }>('select lease_owner as owner, lease_fence as fence from pbx_links');
  return { owner: link?.owner ?? null, fence: Number(link?.fence) };
};
const isLive = async (): Promise<boolean> => (await db.rows(`select from pbx_links where state = 'live'`)).length > 0;

async function talk(): Promise<CallFacts> {
  const [caller, to] = pbx.companies[0]?.people ?? [];
  const placed = pbx.place({
    kind: 'internal',
    caller: caller?.extension ?? '',
    to: to?.extension ?? '',
    answer: { does: 'answers', afterMs: 50 },
    acts: [{ act: 'talk', ms: 100 }],
  });
  const facts = await placed.done;
  if (!facts) throw new Error('the phone system stopped');
  return facts;
}

async function isStored(facts: CallFacts): Promise<boolean> {
  const rows = await db.rows<{ quality: string }>(
    `select quality from calls where split_part(call_key, '/', -1) = $1 and ended_at is not null`,
    [facts.id],
  );
  return rows.length === 1 && rows[0]?.quality === 'exact';
}

test('one process holds the link; killed, the other takes it over within 10 s and tells the gap', async () => {
  const before = await holder();
  const seen = await talk();
  await until(() => isStored(seen));
  const at = Date.now();
  expect(pbx.stats().clients).toBe(1);
  await one.kill();
  await until(async () => (await holder()).fence > before.fence, 10_000);
  await until(
    async () => (await db.rows(`select from pbx_links where state = 'live' and state_since > $1`, [new Date(at)])).length > 0,
    10_000,
  );
  expect(Date.now() - at).toBeLessThan(10_000);
  const { items } = await callerOf(other.url, { cookie }).ok<{ items: Gap[] }>('GET', `/v1/customers/${customerId}/gaps`);
  expect(items).toMatchObject([{ cause: 'processDown' }]);
  expect(at - Date.parse(items[0]?.from ?? '')).toBeLessThanOrEqual(3000);
  expect(at - Date.parse(items[0]?.from ?? '')).toBeGreaterThanOrEqual(0);
  const after = await talk();
  await until(() => isStored(after));
}, 60_000);

test('stopped by a signal it stores what it has, says since when nobody watches, and ends well', async () => {
  const last = await talk();
  // What is still on the line is not yet what it has; storing takes longer than this.
  await new Promise((resolve) => setTimeout(resolve, 20));
  const at = Date.now();
  expect(await other.stop()).toBe(0);
  expect(Date.now() - at).toBeLessThan(10_000);
  expect(await isStored(last)).toBe(true);
  expect((await holder()).owner).toBeNull();
  const [link] = await db.rows<{ state: string; failure: string }>('select state, failure from pbx_links');
  expect(link).toEqual({ state: 'down', failure: 'stopped' });
  const [gap] = await db.rows<{ from_at: Date; to_at: Date | null; cause: string }>('select * from gaps order by from_at desc limit 1');
  expect(gap).toMatchObject({ to_at: null, cause: 'stopped' });
  expect(gap && gap.from_at.getTime() - at).toBeGreaterThanOrEqual(-1000);
}, 60_000);

async function setUp(): Promise<{ cookie: string; customerId: string }> {
  const anyone = callerOf(one.url, {});
  const link = await until(async () => one.setupLink);
  const made = await anyone.call<Me>('POST', '/v1/setup', {
    token: link.split('/').at(-1),
    enterpriseName: 'Enterprise',
    country: 'GB',
    timeZone: 'Europe/London',
    language: 'en',
    displayName: 'Ada Admin',
    email: 'ada@enterprise.example',
    password: PASSWORD,
  });
  const enterprise = callerOf(one.url, { cookie: cookieOf(made) });
  const reseller = await enterprise.ok<{ id: string }>('POST', '/v1/resellers', {
    name: 'North',
    primaryUser: { displayName: 'Rita', email: 'rita@north.example' },
  });
  const { items } = await enterprise.ok<{ items: { id: string; key: string }[] }>('GET', '/v1/product-types');
  const { customer: acme, operationId } = await enterprise.ok<{ customer: { id: string }; operationId: string }>('POST', '/v1/customers', {
    resellerId: reseller.id,
    name: 'Acme',
    productTypeId: items.find((type) => type.key === 'contact-centre')?.id ?? '',
    primaryUser: { displayName: 'Paula', email: 'paula@acme.example' },
    pbxConnection: connectionTo(pbx),
  });
  await until(async () => (await enterprise.ok<{ status: string }>('GET', `/v1/operations/${operationId}`)).status === 'done');
  return { cookie: cookieOf(made), customerId: acme.id };
}
