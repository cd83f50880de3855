import { sql } from 'kysely';
import type { Db } from '../../platform/db/index.ts';
import type { Lease } from './ports.ts';

/** How long a lease lasts without being renewed, in database time. */
const LEASE_SECONDS = 5;

export interface LeasableLink {
  linkId: string;
  ownerId: string;
  revision: number;
  customerIds: string[];
  /** Changes with whatever a running link must know of its shares. */
  shares: string;
}

/** Every link that some collector should hold. */
export async function leasableLinks(db: Db): Promise<LeasableLink[]> {
  const { rows } = await sql<LeasableLink>`
    select link_id as "linkId", tenant_id as "ownerId", revision, customer_ids as "customerIds", shares from leasable_links()`.execute(db);
  return rows;
}

export interface Beat {
  linkId: string;
  fence: number;
  /** When the session was last known to live; null: leave what stands. */
  aliveAt: Date | null;
  lastEventAt: Date | null;
  skewMs: number | null;
}

/** Renews all leases and writes all heartbeats in one statement. @returns the links that are still ours */
export async function renew(db: Db, owner: string, beats: readonly Beat[]): Promise<Set<string>> {
  if (beats.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    update pbx_links l set
      lease_until = now() + make_interval(secs => ${LEASE_SECONDS}),
      heartbeat_at = coalesce(b.alive_at, l.heartbeat_at),
      last_event_at = coalesce(b.last_event_at, l.last_event_at),
      clock_skew_ms = coalesce(b.skew_ms, l.clock_skew_ms)
    from unnest(${beats.map((b) => b.linkId)}::uuid[], ${beats.map((b) => b.fence)}::bigint[], ${beats.map((b) => b.aliveAt)}::timestamptz[],
      ${beats.map((b) => b.lastEventAt)}::timestamptz[], ${beats.map((b) => (b.skewMs === null ? null : Math.round(b.skewMs)))}::integer[])
      as b (id, fence, alive_at, last_event_at, skew_ms)
    where l.id = b.id and l.lease_owner = ${owner} and l.lease_fence = b.fence
    returning l.id`.execute(db);
  return new Set(rows.map((row) => row.id));
}

/** Tells the shares when their link was last heard of. */
export async function writeLastEvents(db: Db, heard: readonly Beat[]): Promise<void> {
  await sql`
    update pbx_connections c set last_event_at = b.at
    from unnest(${heard.map((b) => b.linkId)}::uuid[], ${heard.map((b) => b.lastEventAt)}::timestamptz[]) as b (id, at)
    where c.link_id = b.id and c.removed_at is null and c.enabled`.execute(db);
}

/** Takes what nobody holds any more; each taking raises the fence. */
export async function acquire(db: Db, owner: string, linkIds: readonly string[]): Promise<Map<string, number>> {
  if (linkIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; fence: number }>`
    update pbx_links set lease_owner = ${owner}, lease_fence = lease_fence + 1, lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
    where id = any (${linkIds}::uuid[]) and (lease_until is null or lease_until < now())
    returning id, lease_fence as fence`.execute(db);
  return new Map(rows.map((row) => [row.id, row.fence]));
}

export async function release(db: Db, linkId: string, lease: Lease): Promise<void> {
  await sql`
    update pbx_links set lease_owner = null, lease_until = null
    where id = ${linkId} and lease_owner = ${lease.owner} and lease_fence = ${lease.fence}`.execute(db);
}
