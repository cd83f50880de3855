import { sql } from 'kysely';
import type { Db } from '../../platform/db/index.ts';
import { closeGaps, openGaps } from './gaps.ts';
import type { HeldLink, Pending } from './held-link.ts';
import type { GapNews, LinkNews } from './ports.ts';

export interface Written {
  news: LinkNews;
  gaps: GapNews[];
}

/**
 * Writes a link's changes of state on the link, its shares and their gaps.
 * @returns null when the lease is lost: nothing was written
 */
export async function writeStates(db: Db, held: HeldLink, pending: readonly Pending[]): Promise<Written | null> {
  const last = pending.at(-1);
  if (!last) return null;
  const { state, since, failure } = last.status;
  const epoch = pending.findLast((change) => change.epoch !== null)?.epoch ?? null;
  // Live is a sign of life: a crash before the next beat must not date the gap from before.
  const liveAt = pending.findLast((change) => change.liveAt !== null)?.liveAt ?? null;
  const { rows } = await sql<{ id: string }>`
    update pbx_links set state = ${state}, state_since = ${new Date(since)}, failure = ${failure},
      heartbeat_at = coalesce(${liveAt === null ? null : new Date(liveAt)}::timestamptz, heartbeat_at), version = coalesce(${last.version}, version), epoch = coalesce(${epoch}, epoch)
    where id = ${held.id} and lease_owner = ${held.lease.owner} and lease_fence = ${held.lease.fence}
    returning id`.execute(db);
  if (rows.length === 0) return null;
  const shares = await sql<{ id: string }>`
    update pbx_connections set link_state = ${state}, link_state_since = ${new Date(since)}, link_failure = ${failure},
      link_version = coalesce(${last.version}, link_version)
    where link_id = ${held.id} and removed_at is null and enabled
    returning id`.execute(db);
  const gaps: GapNews[] = [];
  for (const change of pending) {
    if (change.lost) gaps.push(...(await openGaps(db, { linkId: held.id }, change.lost)));
    if (change.liveAt !== null) gaps.push(...(await closeGaps(db, held.id, change.liveAt)));
  }
  return { news: { connectionIds: shares.rows.map((row) => row.id), state, since, failure }, gaps };
}
