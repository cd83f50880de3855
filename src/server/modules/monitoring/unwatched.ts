import { sql } from 'kysely';
import type { Db } from '../../platform/db/index.ts';

/**
 * Ends, with a marked reason, what is open of customers who have no share of the link any more: nobody
 * will hear how it really ended. Raises the customers' numbers, so that their boards see it.
 */
export async function closeUnwatched(db: Db, linkId: string, customerIds: readonly string[], at: Date): Promise<void> {
  const theirs = sql`customer_id = any (${customerIds}::uuid[])`;
  // Parts and legs are written from what was kept of the open call, as its own end would have done.
  await sql`
    with open as materialized (
      select customer_id, id, live from calls where ${theirs} and link_id = ${linkId} and ended_at is null for update
    ), parts as (
      insert into segments select p.* from open, jsonb_populate_recordset(null::segments, coalesce(open.live->'segments', '[]')) p
      on conflict do nothing
    ), phones as (
      insert into legs select l.* from open, jsonb_populate_recordset(null::legs, coalesce(open.live->'legs', '[]')) l
      on conflict do nothing
    )
    update calls c set ended_at = greatest(${at}::timestamptz, c.started_at), state = 'ended', state_since = greatest(${at}::timestamptz, c.started_at),
      outcome = case when c.answered_at is null then 'unknown' else 'answered' end, ended_by = 'unknown', quality = 'partial',
      closed_reason = 'linkLost', waiting_queue_id = null, live = null
    from open where c.customer_id = open.customer_id and c.id = open.id`.execute(db);
  for (const table of ['segments', 'legs']) {
    await sql`
      update ${sql.table(table)} p set ended_at = c.ended_at from calls c
      where p.customer_id = any (${customerIds}::uuid[]) and p.ended_at is null and c.customer_id = p.customer_id and c.id = p.call_id
        and c.link_id = ${linkId} and c.closed_reason = 'linkLost'`.execute(db);
  }
  await sql`
    update agent_spans s set to_at = greatest(${at}::timestamptz, s.from_at), quality = 'partial', closed_reason = 'linkLost'
    from agents a
    where s.customer_id = any (${customerIds}::uuid[]) and s.to_at is null and a.customer_id = s.customer_id and a.id = s.agent_id
      and a.link_id = ${linkId}`.execute(db);
  await sql`update live_sequences set seq = seq + 1 where ${theirs}`.execute(db);
}
