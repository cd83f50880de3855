import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../test/harness/database.ts';
import type { NeutralEvent } from '../../../contract/events.ts';
import { ManualClock } from '../../platform/clock/index.ts';
import { Database } from '../../platform/db/index.ts';
import { silentLog } from '../../platform/log/index.ts';
import type { GapNews, LinkEventSink, LinkNews, OpenedLink, WatchedShare } from './ports.ts';
import { createLinks, type Links } from './runtime.ts';
import { FakePbx, fakeEvent, type FakeSession } from './testing/fake-pbx.ts';
import { box, makePlace, type Place } from './testing/place.ts';

const START = Date.UTC(2026, 10, 22, 9);

let db: TestDatabase;
let database: Database;
let place: Place;
let clock: ManualClock;
let pbx: FakePbx;
let customerId: string;
let connectionId: string;
let linkId: string;
let running: Links[];
let serial = 0;

beforeAll(async () => {
  db = await cloneDatabase();
  database = new Database({ url: db.url, max: 4 });
  place = await makePlace(db);
});
afterAll(async () => {
  await database.close();
  await db.drop();
});
beforeEach(async () => {
  serial++;
  clock = new ManualClock(START);
  pbx = new FakePbx();
  running = [];
  customerId = await place.customer(`Customer ${serial}`);
  linkId = await place.link(`pbx${serial}.example`);
  connectionId = await place.connection(customerId, linkId, { by: 'accountcode', value: 'acme' }, new Date(START - 3_600_000));
});
afterEach(async () => {
  await Promise.all(running.map((links) => links.stop()));
  await db.rows('update pbx_connections set removed_at = now()');
});

interface Heard {
  opened: OpenedLink[];
  events: NeutralEvent[];
  shares: (readonly WatchedShare[])[];
  news: LinkNews[];
  gaps: GapNews[];
  closed: boolean[];
  due: string[];
}

/** A process of its own that holds links. */
function start(): Heard {
  const heard: Heard = { opened: [], events: [], shares: [], news: [], gaps: [], closed: [], due: [] };
  const sink: LinkEventSink = {
    opened: async (link) => void heard.opened.push(link),
    shares: (_id, shares) => void heard.shares.push(shares),
    events: (_id, batch) => void heard.events.push(...batch),
    news: (_id, news) => void heard.news.push(news),
    gaps: (_id, gaps) => void heard.gaps.push(...gaps),
    closed: async (_id, lost) => void heard.closed.push(lost),
  };
  const links = createLinks({
    database,
    ports: new Map([['fake', pbx.port()]]),
    box,
    sink,
    clock,
    log: silentLog,
    onSyncDue: async (share) => void heard.due.push(share.connectionId),
  });
  running.push(links);
  links.start();
  return heard;
}

/** Asks until it holds. The database's work is real; only the clock is ours. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 10_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('did not come true within 10 s');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function goLive(session: FakeSession, at = clock.now()): Promise<void> {
  session.sink.authenticated('epoch-1', 'fake 1');
  session.sink.status({ state: 'syncing', since: at, failure: null });
  session.sink.alive(at, 40);
  session.sink.status({ state: 'live', since: at, failure: null });
  await until(async () => {
    clock.advance(50);
    return (await link()).state === 'live';
  });
}

interface LinkState {
  state: string;
  failure: string | null;
  epoch: string | null;
  heartbeat_at: Date | null;
  last_event_at: Date | null;
  lease_owner: string | null;
  lease_fence: string;
}
const link = async (): Promise<LinkState> => {
  const [row] = await db.rows<LinkState>('select * from pbx_links where id = $1', [linkId]);
  if (!row) throw new Error('the link is gone');
  return row;
};
const gaps = (): Promise<{ from_at: Date; to_at: Date | null; cause: string }[]> =>
  db.rows('select from_at, to_at, cause from gaps where connection_id = $1 order by from_at', [connectionId]);

test('a link is opened with its secrets, told live on link and share, and its events come by', async () => {
  const heard = start();
  await until(() => heard.opened.length === 1 && pbx.sessions.length === 1);
  expect(pbx.session().settings).toMatchObject({ host: `pbx${serial}.example`, secret: 'hunter22' });
  expect(heard.opened[0]?.shares).toEqual([{ connectionId, customerId, rules: [{ customerId, by: 'accountcode', value: 'acme' }] }]);
  await goLive(pbx.session());
  pbx.session().sink.events([fakeEvent(clock.now())]);
  expect(heard.events).toHaveLength(1);
  await until(async () => {
    clock.advance(1000);
    const [share] = await db.rows<{ last_event_at: Date | null }>('select last_event_at from pbx_connections where id = $1', [
      connectionId,
    ]);
    return share?.last_event_at != null;
  });
  expect((await link()).last_event_at).not.toBeNull();
  const [share] = await db.rows('select link_state, link_version from pbx_connections where id = $1', [connectionId]);
  expect(share).toEqual({ link_state: 'live', link_version: 'fake 1' });
  expect(heard.news.at(-1)).toMatchObject({ state: 'live', connectionIds: [connectionId] });
});

test('a directory that says it changed is read again once, when it has settled', async () => {
  await db.rows('update pbx_connections set last_sync_at = $2 where id = $1', [connectionId, new Date(START)]);
  const heard = start();
  await until(() => pbx.sessions.length === 1);
  await goLive(pbx.session());
  pbx.session().sink.events([fakeEvent(clock.now())]);
  clock.advance(9_000);
  pbx.session().sink.events([fakeEvent(clock.now())]);
  expect(heard.due).toEqual([]);
  clock.advance(1_000);
  expect(heard.due).toEqual([connectionId]);
});

test('two processes never hold one link; the second takes it over when the first lets go', async () => {
  const first = start();
  await until(() => first.opened.length === 1);
  const second = start();
  clock.advance(1000);
  await until(async () => (await link()).lease_owner !== null);
  expect(second.opened).toHaveLength(0);
  await running[0]?.stop();
  await until(() => {
    clock.advance(1000);
    return second.opened.length === 1;
  });
  const [before, after] = [first.opened[0]?.lease, second.opened[0]?.lease];
  expect(after?.fence).toBe((before?.fence ?? 0) + 1);
  expect(after?.owner).not.toBe(before?.owner);
  expect(await link()).toMatchObject({ lease_owner: after?.owner, lease_fence: String(after?.fence) });
});

test('whoever lost the lease writes nothing more and is told so', async () => {
  const heard = start();
  await until(() => pbx.sessions.length === 1);
  await goLive(pbx.session());
  await db.rows(
    `update pbx_links set lease_owner = gen_random_uuid(), lease_fence = lease_fence + 1, lease_until = now() + interval '1 hour', state = 'down' where id = $1`,
    [linkId],
  );
  pbx.session().sink.status({ state: 'down', since: clock.now(), failure: 'tcp' });
  await until(() => {
    clock.advance(50);
    return heard.closed.length === 1;
  });
  expect(heard.closed).toEqual([true]);
  expect((await link()).failure).toBeNull();
  expect(await gaps()).toEqual([]);
});

test('a lost line is a gap from the last sign of life to the next snapshot, in whole seconds outwards', async () => {
  const heard = start();
  await until(() => pbx.sessions.length === 1);
  const { sink } = pbx.session();
  await goLive(pbx.session());
  const lostAt = clock.now() + 1234;
  clock.advance(5000);
  sink.status({ state: 'down', since: lostAt, failure: 'silent' });
  await until(async () => {
    clock.advance(50);
    return (await gaps()).length === 1;
  });
  expect((await gaps())[0]).toEqual({ from_at: new Date(Math.floor(lostAt / 1000) * 1000), to_at: null, cause: 'silent' });
  const backAt = clock.now() + 77;
  clock.advance(100);
  sink.status({ state: 'live', since: backAt, failure: null });
  await until(async () => {
    clock.advance(50);
    return (await gaps())[0]?.to_at !== null;
  });
  expect((await gaps())[0]?.to_at).toEqual(new Date(Math.ceil(backAt / 1000) * 1000));
  expect(heard.gaps.map((gap) => gap.to === null)).toEqual([true, false]);
});

test('time in which no process ran is a gap from the last heartbeat, and sequence numbers go on above', async () => {
  const heartbeat = new Date(START - 60_500);
  await db.rows(`update pbx_links set epoch = 'epoch-1', heartbeat_at = $2, state = 'live' where id = $1`, [linkId, heartbeat]);
  start();
  await until(() => pbx.sessions.length === 1);
  expect(pbx.session().memory).toEqual({ epoch: 'epoch-1', nextSeq: START * 1000, liveUntil: heartbeat.getTime() });
  await until(async () => {
    clock.advance(50);
    return (await gaps()).length === 1;
  });
  expect((await gaps())[0]).toEqual({ from_at: new Date(START - 61_000), to_at: null, cause: 'processDown' });
  await goLive(pbx.session());
  expect((await gaps())[0]?.to_at).not.toBeNull();
});

test('nothing is monitored before the first sync: no rule, no gap; its end brings the rules without a new session', async () => {
  await db.rows('update pbx_connections set monitoring_since = null where id = $1', [connectionId]);
  const heard = start();
  await until(() => heard.opened.length === 1);
  expect(heard.opened[0]?.shares[0]?.rules).toEqual([]);
  await goLive(pbx.session());
  clock.advance(1000);
  await until(() => heard.due.length === 1);
  pbx.session().sink.status({ state: 'down', since: clock.now(), failure: 'closed' });
  await until(async () => {
    clock.advance(50);
    return (await link()).state === 'down';
  });
  expect(await gaps()).toEqual([]);
  await db.rows('update pbx_connections set monitoring_since = now() where id = $1', [connectionId]);
  running[0]?.poke();
  await until(() => heard.shares.length === 1);
  expect(heard.shares[0]?.[0]?.rules).toHaveLength(1);
  expect(pbx.sessions).toHaveLength(1);
});

test('new settings end the session and begin another; a disabled share ends it for good', async () => {
  const heard = start();
  await until(() => pbx.sessions.length === 1);
  await goLive(pbx.session());
  await db.rows(`update pbx_links set revision = revision + 1, settings = settings || '{"tls": true}' where id = $1`, [linkId]);
  await until(() => {
    running[0]?.poke();
    return pbx.sessions.length === 2;
  });
  expect(pbx.sessions.map((session) => [session.stopped, session.settings['tls']])).toEqual([
    [true, false],
    [false, true],
  ]);
  await db.rows('update pbx_connections set enabled = false where id = $1', [connectionId]);
  await until(async () => {
    running[0]?.poke();
    return pbx.sessions[1]?.stopped === true && (await link()).lease_owner === null;
  });
  expect(heard.closed).toEqual([false, false]);
});

test('settings that no longer fit are told once on the link, which is opened when they change', async () => {
  await db.rows(`update pbx_links set settings = '{"host": ""}' where id = $1`, [linkId]);
  start();
  await until(async () => {
    clock.advance(1000);
    return (await link()).state === 'down';
  });
  expect([(await link()).failure, pbx.sessions.length]).toEqual(['protocol', 0]);
  await db.rows(`update pbx_links set settings = '{"host": "good"}', revision = revision + 1 where id = $1`, [linkId]);
  await until(() => {
    clock.advance(1000);
    return pbx.sessions.length === 1;
  });
});

test('a refused address and a closed port read the same', async () => {
  const heard = start();
  await until(() => pbx.sessions.length === 1);
  pbx.session().sink.status({ state: 'down', since: clock.now(), failure: 'refusedAddress' });
  await until(async () => {
    clock.advance(50);
    return (await link()).failure !== null;
  });
  expect([(await link()).failure, heard.news.at(-1)?.failure]).toEqual(['tcp', 'tcp']);
});

test('a link whose process has stopped does not go on looking live', async () => {
  start();
  await until(() => pbx.sessions.length === 1);
  await goLive(pbx.session());
  await running[0]?.stop();
  expect(await link()).toMatchObject({ state: 'down', failure: 'stopped', lease_owner: null, epoch: 'epoch-1' });
  expect((await link()).heartbeat_at).not.toBeNull();
});
