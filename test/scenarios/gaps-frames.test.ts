import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LiveFrame } from '../../src/contract/live.ts';
import { makePlace } from '../../src/server/modules/links/testing/place.ts';
import { CHANGES_TOPIC } from '../../src/server/modules/monitoring/index.ts';
import { Room } from '../../src/server/modules/realtime/room.ts';
import { createLocalBus, type Bus } from '../../src/server/platform/bus/index.ts';
import { ManualClock } from '../../src/server/platform/clock/index.ts';
import { Database } from '../../src/server/platform/db/index.ts';
import { silentLog } from '../../src/server/platform/log/index.ts';
import { cloneDatabase, type TestDatabase } from '../harness/database.ts';
import { until } from '../harness/ringside.ts';

let db: TestDatabase;
let database: Database;
let bus: Bus;
let clock: ManualClock;
let customerId: string;
let room: Room;
let frames: LiveFrame[];

beforeEach(async () => {
  db = await cloneDatabase();
  database = new Database({ url: db.url, max: 2 });
  customerId = await (await makePlace(db)).customer('Acme');
  bus = createLocalBus();
  clock = new ManualClock();
  room = new Room(customerId, { database, bus, clock, log: silentLog });
  frames = [];
  await stored(4);
  await room.join({ send: (text) => void frames.push(JSON.parse(text) as LiveFrame) });
  expect(types()).toEqual(['snapshot 4']);
});
afterEach(async () => {
  room.close();
  await database.close();
  await db.drop();
});

const types = (): string[] => frames.map((frame) => `${frame.type} ${frame.seq}`);
const tell = (seq: number): void => bus.publish(CHANGES_TOPIC(customerId), { seq, callIds: [], removedCallIds: [], agentIds: [] });

async function stored(seq: number): Promise<void> {
  await db.rows('insert into live_sequences values ($1, $2) on conflict (customer_id) do update set seq = excluded.seq', [customerId, seq]);
}

async function beat(): Promise<void> {
  const before = frames.length;
  clock.advance(1000);
  await until(async () => frames.length > before);
}

test('changes that follow each other are told as deltas', async () => {
  await stored(6);
  tell(5);
  tell(6);
  await until(async () => frames.at(-1)?.seq === 6);
  expect(
    types()
      .slice(1)
      .every((type) => type.startsWith('delta')),
  ).toBe(true);
});

test('a change that was never heard of is seen by the next one: all get the whole board', async () => {
  await stored(6);
  tell(6);
  await until(async () => frames.length === 2);
  expect(types()).toEqual(['snapshot 4', 'snapshot 6']);
  await stored(7);
  tell(7);
  await until(async () => frames.length === 3);
  expect(types()).toEqual(['snapshot 4', 'snapshot 6', 'delta 7']);
});

test('a change that was never heard of and is the last one is seen within two beats', async () => {
  await stored(5);
  await beat();
  await beat();
  expect(types().at(-1)).toBe('snapshot 5');
  await beat();
  expect(types().at(-1)).toBe('heartbeat 5');
});
