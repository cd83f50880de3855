/** What a customer sees when the line to the phone system, the phone system or the database was away. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Call, CallDetail, Gap } from '../../src/contract/calls.ts';
import { startSimulatedPbx, type CallFacts, type PlacedCall, type SimulatedPbx } from '../../src/server/simulator/index.ts';
import { queryAdmin } from '../harness/database.ts';
import { startTestRingside, until, type Caller, type LiveClient, type TestRingside } from '../harness/ringside.ts';
import { connectionTo } from './crash-world.ts';

const BOARD_MS = 10_000;

let house: TestRingside;
let reseller: Caller;
let productTypeId: string;
let pbx: SimulatedPbx;
let customerId: string;
let board: LiveClient;
let serial = 0;

beforeAll(async () => {
  house = await startTestRingside();
  const { enterprise } = await house.setUp();
  await house.makeReseller(enterprise, 'North', 'rita@north.example');
  reseller = await house.accept('rita@north.example');
  const { items } = await reseller.ok<{ items: { id: string; key: string }[] }>('GET', '/v1/product-types');
  productTypeId = items.find((type) => type.key === 'contact-centre')?.id ?? '';
});
afterAll(() => house.stop());

beforeEach(async () => {
  serial++;
  pbx = await startSimulatedPbx({ seed: serial, loginFailureDelayMs: 5 });
  const { customer, operationId } = await house.makeCustomer(reseller, {
    name: `Acme ${serial}`,
    productTypeId,
    primaryUser: { displayName: 'Paula', email: `paula@acme${serial}.example` },
    pbxConnection: connectionTo(pbx),
  });
  await house.finished(reseller, operationId ?? '');
  customerId = customer.id;
  board = await reseller.live(customerId);
  await until(async () => board.frames.at(-1)?.links.some((link) => link.state === 'live'));
});
afterEach(async () => {
  board.close();
  await pbx.stop();
});

interface Listed {
  items: Call[];
  gaps: Gap[];
}

const listed = (): Promise<Listed> => reseller.ok<Listed>('GET', `/v1/customers/${customerId}/calls`);
const linkState = (): string | undefined => board.frames.at(-1)?.links[0]?.state;
const isLive = async (): Promise<boolean> => linkState() === 'live';
const isLost = async (): Promise<boolean> => linkState() !== 'live';

function place(talkMs: number, company?: string): PlacedCall {
  const [caller, to] = pbx.companies.find((one) => company === undefined || one.key === company)?.people ?? [];
  return pbx.place({
    kind: 'internal',
    caller: caller?.extension ?? '',
    to: to?.extension ?? '',
    answer: { does: 'answers', afterMs: 100 },
    acts: [{ act: 'talk', ms: talkMs }],
    ...(company === undefined ? {} : { company }),
  });
}

/** The board holds just these calls: what its frames add up to, and what a newcomer gets. */
async function boardHolds(open: readonly string[]): Promise<void> {
  const newcomer = await reseller.live(customerId);
  const first = await newcomer.frame((frame) => frame.type === 'snapshot');
  newcomer.close();
  expect(first.type === 'snapshot' ? first.calls.filter((call) => call.state !== 'ended').length : null).toBe(open.length);
}

async function stored(facts: CallFacts): Promise<Call | undefined> {
  const [row] = await house.db.rows<{ id: string }>(
    `select id from calls where customer_id = $1 and split_part(call_key, '/', -1) = any ($2)`,
    [customerId, facts.legs.map((leg) => leg.uniqueid)],
  );
  return (await listed()).items.find((call) => call.id === row?.id);
}

/** The one gap, and that list, gaps page and board tell of it alike. */
async function theGap(): Promise<Gap> {
  const { gaps } = await listed();
  expect(gaps).toHaveLength(1);
  const { items } = await reseller.ok<{ items: Gap[] }>('GET', `/v1/customers/${customerId}/gaps`);
  expect(items).toEqual(gaps);
  await until(async () => {
    const told = board.frames.findLast((frame) => frame.type === 'snapshot' || (frame.type === 'delta' && frame.gaps.length > 0));
    return told && 'gaps' in told && told.gaps[0]?.to === gaps[0]?.to;
  }, 5000);
  const [gap] = gaps;
  if (!gap) throw new Error('no gap');
  return gap;
}

function expectWithin(gap: Gap, lost: { from: number; to: number }): void {
  const [from, to] = [Date.parse(gap.from), Date.parse(gap.to ?? '')];
  expect(from).toBeLessThanOrEqual(lost.from);
  expect(lost.from - from).toBeLessThanOrEqual(2000);
  expect(to).toBeGreaterThanOrEqual(lost.to);
  expect(to - lost.to).toBeLessThanOrEqual(3000);
}

test('a cut line: the call that went on goes on, the one that ended meanwhile is closed and marked, the gap is told', async () => {
  const goesOn = place(9000);
  const ends = place(1200);
  await until(async () => (await listed()).items.length === 2);
  const from = Date.now();
  pbx.cutLine();
  const inside = place(100);
  await until(isLost);
  await Promise.all([ends.done, inside.done]);
  await until(isLive, BOARD_MS);
  const back = Date.now();
  await until(async () => (await stored(ends.facts))?.endedAt, BOARD_MS);
  if (goesOn.facts.endedAt === null) await boardHolds([goesOn.facts.id]);
  await goesOn.done;
  await until(async () => (await stored(goesOn.facts))?.endedAt, BOARD_MS);
  const gap = await theGap();
  expect(gap.cause).toBe('closed');
  expectWithin(gap, { from, to: Math.min(back, Date.parse(gap.to ?? '')) });
  expect(await stored(ends.facts)).toMatchObject({ quality: 'partial' });
  expect(await stored(goesOn.facts)).toMatchObject({ outcome: 'answered', closedReason: null, quality: 'partial' });
  await boardHolds([]);
});

test('a PBX that restarts in mid-call: the call is closed as such, and the next one is another call', async () => {
  const cutOff = place(60_000);
  await until(async () => (await listed()).items[0]?.state === 'talking');
  await pbx.restart({ clean: false, downMs: 1500 });
  await until(isLive, BOARD_MS);
  await until(async () => (await stored(cutOff.facts))?.endedAt, BOARD_MS);
  expect(await stored(cutOff.facts)).toMatchObject({ closedReason: 'pbxRestarted', quality: 'partial', state: 'ended' });
  const next = place(100);
  await next.done;
  await until(async () => (await listed()).items.length === 2 && (await listed()).items.every((call) => call.endedAt !== null));
  expect((await listed()).items[0]).toMatchObject({ outcome: 'answered', quality: 'exact', closedReason: null });
  await theGap();
  await boardHolds([]);
});

test('a silent PBX: the line counts as lost from its last word on; when it speaks again the board is right', async () => {
  const resume = pbx.stall();
  const from = Date.now();
  const unseen = place(500);
  await unseen.done;
  await until(isLost, 45_000);
  resume();
  const to = Date.now();
  await until(isLive, BOARD_MS);
  const gap = await theGap();
  expect(gap.cause).toBe('silent');
  expectWithin(gap, { from, to: Math.min(to, Date.parse(gap.to ?? '')) });
  await boardHolds([]);
}, 75_000);

test('a password that is no longer right: the link says so and knocks rarely', async () => {
  pbx.changeSecret('another');
  pbx.cutLine();
  await until(async () => linkState() === 'authFailed', BOARD_MS);
  const { gaps } = await listed();
  expect(gaps).toMatchObject([{ to: null }]);
  await boardHolds([]);
});

test('a database that is away for some seconds loses nothing, and the board is right within 10 s of its return', async () => {
  const over = place(300);
  const lasts = place(60_000);
  await until(async () => (await listed()).items.length === 2);
  await databaseAway(true);
  const inside = place(200);
  const facts = await Promise.all([over.done, inside.done]);
  const began = place(60_000);
  await new Promise((resolve) => setTimeout(resolve, 4000));
  await databaseAway(false);
  const back = Date.now();
  await until(async () => (await listed().catch(() => null))?.items.length === 4, BOARD_MS);
  await until(
    async () => {
      const frame = board.frames.findLast((one) => one.type === 'snapshot' || (one.type === 'delta' && one.calls.length > 0));
      return frame && Date.parse(frame.now) > back - 1000;
    },
    BOARD_MS - (Date.now() - back),
  );
  for (const one of facts) expect(one && (await stored(one))).toMatchObject({ outcome: 'answered', quality: 'exact', closedReason: null });
  // The phone system was watched all the time.
  expect((await listed()).gaps).toEqual([]);
  await boardHolds([lasts.facts.id, began.facts.id]);
}, 40_000);

test('a connection that is disabled in mid-call: nobody will hear of the end, so the call is closed and marked', async () => {
  const [agent] = pbx.companies[0]?.queues[0]?.agents ?? [];
  pbx.agent(agent?.extension ?? '', { action: 'login' });
  place(60_000);
  await until(async () => (await listed()).items[0]?.state === 'talking');
  const path = `/v1/customers/${customerId}/pbx-connections`;
  const { items } = await reseller.ok<{ items: { id: string }[] }>('GET', path);
  await reseller.ok('PATCH', `${path}/${items[0]?.id}`, { enabled: false });
  await until(async () => (await listed()).items[0]?.state === 'ended', BOARD_MS);
  const { items: calls, gaps } = await listed();
  expect(calls).toMatchObject([{ closedReason: 'linkLost', quality: 'partial', outcome: 'answered' }]);
  expect(gaps).toMatchObject([{ cause: 'disabled', to: null }]);
  const detail = await reseller.ok<CallDetail>('GET', `/v1/customers/${customerId}/calls/${calls[0]?.id}`);
  expect(detail.legs.map((leg) => leg.endedAt === null)).toEqual([false, false]);
  expect(await house.db.rows('select from agent_spans where customer_id = $1 and to_at is null', [customerId])).toEqual([]);
  await boardHolds([]);
  await board.frame((frame) => frame.type === 'snapshot' && frame.links[0]?.state === 'disabled');
});

test('a caller with bytes that no database holds in the name hides neither the call nor what follows', async () => {
  const to = pbx.companies[0]?.people[0]?.extension ?? '';
  const from = { number: '+442079460999', name: 'Nu\u0000l \ud83d Half' };
  await pbx.place({ kind: 'inboundToPerson', to, from, answer: { does: 'answers', afterMs: 50 }, acts: [{ act: 'talk', ms: 100 }] }).done;
  await place(100).done;
  await until(async () => (await listed()).items.filter((call) => call.state === 'ended').length === 2, BOARD_MS);
});

/** Takes the database from Ringside, or gives it back. */
async function databaseAway(isAway: boolean): Promise<void> {
  const server = house.db.adminUrl.replace(/\/t_[0-9a-f]+/, '/postgres');
  await queryAdmin(server, `alter database ${house.db.name} allow_connections ${!isAway}`);
  if (isAway)
    await house.db.rows(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'ringside'`,
    );
}
