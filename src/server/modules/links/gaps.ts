/** Times in which monitored connections were not watched, in whole seconds rounded outwards. */
import { sql } from 'kysely';
import type { Db } from '../../platform/db/index.ts';
import type { GapNews } from './ports.ts';

interface GapRow {
  id: string;
  customer_id: string;
  connection_id: string;
  from_at: Date;
  to_at: Date | null;
  cause: string;
}

export interface Lost {
  /** ms since 1970 */
  from: number;
  cause: string;
}

/** Opens a gap for each monitored share that has none open; none begins before the monitoring did. */
export async function openGaps(db: Db, where: { linkId: string } | { connectionId: string }, lost: Lost): Promise<GapNews[]> {
  const from = new Date(Math.floor(lost.from / 1000) * 1000);
  const which = 'linkId' in where ? sql`c.link_id = ${where.linkId} and c.enabled` : sql`c.id = ${where.connectionId}`;
  const { rows } = await sql<GapRow>`
    insert into gaps (customer_id, id, connection_id, from_at, cause)
    select c.tenant_id, gen_random_uuid(), c.id, greatest(${from}::timestamptz, c.monitoring_since), ${lost.cause}
    from pbx_connections c
    where ${which} and c.removed_at is null and c.monitoring_since is not null
      and not exists (select from gaps g where g.connection_id = c.id and g.customer_id = c.tenant_id and g.to_at is null)
    returning *`.execute(db);
  return rows.map(newsOf);
}

/** The link is watched again since `at` (ms since 1970). */
export async function closeGaps(db: Db, linkId: string, at: number): Promise<GapNews[]> {
  const to = new Date(Math.ceil(at / 1000) * 1000);
  const { rows } = await sql<GapRow>`
    update gaps g set to_at = greatest(${to}::timestamptz, g.from_at)
    from pbx_connections c
    where c.link_id = ${linkId} and c.enabled and c.removed_at is null
      and g.connection_id = c.id and g.customer_id = c.tenant_id and g.to_at is null
    returning g.*`.execute(db);
  return rows.map(newsOf);
}

function newsOf(row: GapRow): GapNews {
  return {
    id: row.id,
    customerId: row.customer_id,
    connectionId: row.connection_id,
    from: row.from_at.getTime(),
    to: row.to_at?.getTime() ?? null,
    cause: row.cause,
  };
}
