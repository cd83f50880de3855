import { sql } from 'kysely';
import { storeAgents, agentId, type AgentChange } from '../agents/index.ts';
import { callId, storeCalls, type CallChange } from '../calls/index.ts';
import { isUnstorable, type Db } from '../../platform/db/index.ts';
import { CHANGES_TOPIC, type CustomerChanges } from './changes.ts';
import type { Monitor } from './monitor.ts';
import type { MonitoringOptions } from './monitoring.ts';
import { countStrangers } from './strangers.ts';

export interface Flusher {
  add(monitor: Monitor): void;
  remove(monitor: Monitor): void;
  /** Something changed: stores it within `flushMs`. */
  wake(): void;
  /** Stores all that has changed so far. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

interface Batch {
  monitor: Monitor;
  calls: CallChange[];
  agents: AgentChange[];
}

/** While the database is away, how long to wait before the next try. */
const RETRY_MS = 500;
/** How late what ends by the clock alone may be seen. */
const TICK_MS = 1000;

/** One loop for all links: at most one transaction at a time, nothing dropped while the database is away. */
export function createFlusher(options: MonitoringOptions): Flusher {
  const { database, bus, clock, log, metrics, flushMs } = options;
  const monitors = new Set<Monitor>();
  let pending: Batch[] = [];
  let last: Promise<void> = Promise.resolve();
  let cancelTimer: (() => void) | null = null;
  let stopped = false;

  async function store(): Promise<void> {
    for (const monitor of monitors) {
      const changes = monitor.take();
      if (changes && changes.calls.length + changes.agents.length > 0) pending = coalesce(pending, { monitor, ...changes });
    }
    if (pending.length === 0) return;
    const batches = pending;
    const started = clock.monotonic();
    const changed = await database
      .system(tenantsOf(batches), (db) => write(db, batches, log))
      .catch((error: unknown) => {
        if (!isUnstorable(error)) throw error;
        return apart(batches, error);
      });
    pending = [];
    metrics.flushSeconds.observe((clock.monotonic() - started) / 1000);
    tell(changed);
  }

  /** Something in it cannot be stored: it must not hold up the other links. What fails alone, too, is given up. */
  async function apart(batches: readonly Batch[], why: unknown): Promise<Map<string, CustomerChanges>> {
    log.error({ err: why, links: batches.length }, 'changes could not be stored together, trying each link apart');
    for (const batch of batches) {
      try {
        tell(await database.system(tenantsOf([batch]), (db) => write(db, [batch], log)));
      } catch (error) {
        if (!isUnstorable(error)) throw error;
        log.error(
          { err: error, linkId: batch.monitor.linkId, calls: batch.calls.length, agents: batch.agents.length },
          'changes of a link were given up',
        );
      }
    }
    return new Map();
  }

  function tell(changed: ReadonlyMap<string, CustomerChanges>): void {
    for (const [customerId, changes] of changed) bus.publish(CHANGES_TOPIC(customerId), changes);
  }

  function flush(): Promise<void> {
    cancelTimer?.();
    cancelTimer = null;
    // Each waits for the one before: two at once would lock each other out, and the older could be stored last.
    const stored = last.then(store);
    last = stored.catch(() => {});
    return stored;
  }

  function wake(delay = flushMs): void {
    if (cancelTimer || stopped) return;
    cancelTimer = clock.after(delay, () => {
      cancelTimer = null;
      flush().then(
        () => {
          if (pending.length > 0) wake();
        },
        (error: unknown) => {
          log.error({ err: error, waiting: pending.length }, 'changes could not be stored, trying again');
          wake(RETRY_MS);
        },
      );
    });
  }

  let cancelTick: () => void;
  function tick(): void {
    cancelTick = clock.after(TICK_MS, () => {
      for (const monitor of monitors) monitor.advance(clock.now());
      if (monitors.size > 0) wake();
      countStrangers(database, metrics, monitors).catch((error: unknown) => log.warn({ err: error }, 'strangers could not be counted'));
      tick();
    });
  }
  tick();

  return {
    add: (monitor) => void monitors.add(monitor),
    remove: (monitor) => void monitors.delete(monitor),
    wake: () => wake(),
    flush,
    async stop() {
      stopped = true;
      cancelTick();
      // A database that is away must not keep the process from ending: the next one reads the PBX's whole state anyway.
      await flush().catch((error: unknown) => log.error({ err: error }, 'the last changes could not be stored'));
    },
  };
}

/** Later changes of the same call or agent replace those that still wait. */
function coalesce(pending: Batch[], next: Batch): Batch[] {
  const same = pending.find((batch) => batch.monitor === next.monitor);
  if (!same) return [...pending, next];
  const renewed = new Set(next.calls.map((change) => keyOf(change)));
  same.calls = [...same.calls.filter((change) => !renewed.has(keyOf(change))), ...next.calls];
  // An agent's spans add up; only its present state is replaced.
  same.agents = [...same.agents, ...next.agents];
  return pending;
}

function keyOf(change: CallChange): string {
  return `${change.customerId} ${change.kind === 'upsert' ? change.call.callKey : change.callKey}`;
}

function tenantsOf(batches: readonly Batch[]): string[] {
  return [
    ...new Set(
      batches.flatMap(({ monitor, calls, agents }) => [
        monitor.lease.ownerTenantId,
        ...[...calls, ...agents].map((change) => change.customerId),
      ]),
    ),
  ];
}

async function write(db: Db, all: readonly Batch[], log: MonitoringOptions['log']): Promise<Map<string, CustomerChanges>> {
  const batches = await leased(db, all, log);
  const calls = batches.flatMap(({ monitor, calls: changes }) => changes.map((change) => ({ place: monitor, change })));
  const agents = batches.flatMap(({ monitor, agents: changes }) => changes.map((change) => ({ place: monitor, change })));
  await storeCalls(db, calls);
  await storeAgents(db, agents);
  const changed = new Map<string, Omit<CustomerChanges, 'seq'>>();
  const of = (customerId: string): Omit<CustomerChanges, 'seq'> => {
    const known = changed.get(customerId) ?? { callIds: [], removedCallIds: [], agentIds: [] };
    changed.set(customerId, known);
    return known;
  };
  for (const { place, change } of calls) {
    if (change.kind === 'upsert') of(change.customerId).callIds.push(callId(change.customerId, place.linkId, change.call.callKey));
    else of(change.customerId).removedCallIds.push(callId(change.customerId, place.linkId, change.callKey));
  }
  for (const { place, change } of agents) of(change.customerId).agentIds.push(agentId(change.customerId, place.linkId, change.agent));
  return number(db, changed);
}

/** Only what a link's present holder says is stored: whoever lost the lease has lost its say. */
async function leased(db: Db, batches: readonly Batch[], log: MonitoringOptions['log']): Promise<Batch[]> {
  const rows = await db
    .selectFrom('pbx_links')
    .select(['id', 'lease_owner', 'lease_fence'])
    .where(
      'id',
      'in',
      batches.map(({ monitor }) => monitor.linkId),
    )
    .forShare()
    .execute();
  const held = new Map(rows.map((row) => [row.id, `${row.lease_owner} ${row.lease_fence}`]));
  return batches.filter(({ monitor: { lease } }) => {
    const mine = held.get(lease.linkId) === `${lease.leaseOwner} ${lease.fence}`;
    if (!mine) log.warn({ linkId: lease.linkId }, 'the lease of a link was lost: its last changes are left to the next holder');
    return mine;
  });
}

async function number(db: Db, changed: Map<string, Omit<CustomerChanges, 'seq'>>): Promise<Map<string, CustomerChanges>> {
  if (changed.size === 0) return new Map();
  // In one order, so that two collectors of one customer cannot lock each other out.
  const ids = [...changed.keys()].sort();
  const { rows } = await sql<{ customer_id: string; seq: number }>`
    insert into live_sequences (customer_id, seq) select id, 1 from unnest(${ids}::uuid[]) id
    on conflict (customer_id) do update set seq = live_sequences.seq + 1 returning customer_id, seq`.execute(db);
  return new Map(
    rows.flatMap((row) => {
      const changes = changed.get(row.customer_id);
      return changes ? [[row.customer_id, { seq: row.seq, ...changes }] as const] : [];
    }),
  );
}
