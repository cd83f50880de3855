import { expect, test } from 'vitest';
import { createLocalBus } from '../../platform/bus/index.ts';
import { ManualClock } from '../../platform/clock/index.ts';
import type { Database } from '../../platform/db/index.ts';
import { silentLog } from '../../platform/log/index.ts';
import { createMetrics } from '../../platform/metrics/index.ts';
import { createFlusher, type Flusher } from './flush.ts';
import type { Monitor } from './monitor.ts';

/** A database that takes as long, and fails when, the test says. */
function slowDatabase() {
  const waiting: PromiseWithResolvers<Map<string, never>>[] = [];
  const system = () => {
    const transaction = Promise.withResolvers<Map<string, never>>();
    waiting.push(transaction);
    return transaction.promise;
  };
  return { database: { system } as unknown as Database, waiting };
}

/** Something of one link changes between any two takes. */
const restless = {
  linkId: 'link',
  lease: { linkId: 'link', ownerTenantId: 'owner', leaseOwner: 'us', fence: 1 },
  advance: () => {},
  take: () => ({ calls: [{ kind: 'merged', customerId: 'customer', callKey: 'key', into: 'other' }], agents: [] }),
} as unknown as Monitor;

function flusherOver(database: Database): Flusher {
  const flusher = createFlusher({
    database,
    bus: createLocalBus(),
    clock: new ManualClock(),
    log: silentLog,
    metrics: createMetrics(),
    flushMs: 50,
  });
  flusher.add(restless);
  return flusher;
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('one transaction at a time, however many flushes are asked for while one is under way', async () => {
  const { database, waiting } = slowDatabase();
  const flusher = flusherOver(database);
  const asked = [flusher.flush(), flusher.flush()];
  await settled();
  waiting[0]?.resolve(new Map<string, never>());
  await asked[0];
  asked.push(flusher.flush(), flusher.flush());
  await settled();
  expect(waiting).toHaveLength(2);
  for (let at = 1; at < 4; at++) {
    waiting[at]?.resolve(new Map<string, never>());
    await asked[at];
    await settled();
  }
  expect(waiting).toHaveLength(4);
});

test('a flush that fails keeps nobody after it from trying', async () => {
  const { database, waiting } = slowDatabase();
  const flusher = flusherOver(database);
  const failing = flusher.flush();
  await settled();
  waiting[0]?.reject(new Error('away'));
  await expect(failing).rejects.toThrow('away');
  const next = flusher.flush();
  await settled();
  waiting[1]?.resolve(new Map<string, never>());
  await expect(next).resolves.toBeUndefined();
});

test('the process can end while the database is away', async () => {
  const { database, waiting } = slowDatabase();
  const stopping = flusherOver(database).stop();
  await settled();
  waiting[0]?.reject(new Error('away'));
  await expect(stopping).resolves.toBeUndefined();
});
