/**
 * From neutral events to stored calls and agent states. Each watched link has one monitor with its
 * reducers; all monitors of the process share one flush: one transaction for whatever changed.
 */
import type { NeutralEvent } from '../../../contract/events.ts';
import type { Bus } from '../../platform/bus/index.ts';
import type { Clock } from '../../platform/clock/index.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Log } from '../../platform/log/index.ts';
import type { Metrics } from '../../platform/metrics/index.ts';
import { openAgents } from '../agents/index.ts';
import { openCalls, type AttributionRule } from '../calls/index.ts';
import { createFlusher } from './flush.ts';
import { Monitor } from './monitor.ts';
import { closeUnwatched } from './unwatched.ts';

/** The right to write for a link, checked in each flush. */
export interface Lease {
  linkId: string;
  /** The tenant that owns the link. */
  ownerTenantId: string;
  leaseOwner: string;
  fence: number;
}

/** One customer's part of a link, with what the link's names mean there. */
export interface Share {
  customerId: string;
  connectionId: string;
  /** What is this customer's; none before the first sync is done. */
  rules: readonly AttributionRule[];
  /** User ids by device name and, where the device is not known, by extension. */
  users: ReadonlyMap<string, string>;
  /** Queue ids by the PBX's name of the queue. */
  queues: ReadonlyMap<string, string>;
}

export interface LinkMonitor {
  /** Takes events in the order read; never blocks. */
  events(batch: readonly NeutralEvent[]): void;
  /** Who shares the link from now on. */
  setShares(shares: readonly Share[]): void;
  /** Stores what is left (or, when the lease was lost, drops it); nothing is taken after. */
  close(lost: boolean): Promise<void>;
}

export interface Monitoring {
  /** Loads what is open in the database, so that the first snapshot goes on with it. */
  open(lease: Lease, shares: readonly Share[]): Promise<LinkMonitor>;
  /** These customers have no share of the link any more: what is open of theirs is closed and marked. */
  closeUnwatched(linkId: string, customerIds: readonly string[]): Promise<void>;
  /** Stores what is left of all links. */
  stop(): Promise<void>;
}

export interface MonitoringOptions {
  database: Database;
  bus: Bus;
  clock: Clock;
  log: Log;
  metrics: Metrics;
  /** Longest time a change waits to be stored. */
  flushMs: number;
}

export function createMonitoring(options: MonitoringOptions): Monitoring {
  const { database, metrics, log, clock } = options;
  const flusher = createFlusher(options);
  return {
    async open(lease, shares) {
      const tenants = [lease.ownerTenantId, ...shares.map((share) => share.customerId)];
      const [calls, agents] = await database.system(
        tenants,
        async (db) => [await openCalls(db, lease.linkId), await openAgents(db, lease.linkId)] as const,
      );
      const monitor = new Monitor(lease, shares, { calls, agents });
      flusher.add(monitor);
      return {
        events(batch) {
          metrics.amiEvents.inc(batch.length);
          monitor.events(batch);
          flusher.wake();
        },
        setShares: (next) => monitor.setShares(next),
        async close(lost) {
          if (!lost) await flusher.flush();
          flusher.remove(monitor);
          const { unattributed } = monitor.counters();
          if (unattributed > 0) log.info({ linkId: lease.linkId, unattributed }, 'calls that belong to no customer');
        },
      };
    },
    async closeUnwatched(linkId, customerIds) {
      // What was on its way while they still had their share comes first.
      await flusher.flush();
      await database.system(customerIds, (db) => closeUnwatched(db, linkId, customerIds, new Date(clock.now())));
    },
    stop: () => flusher.stop(),
  };
}
