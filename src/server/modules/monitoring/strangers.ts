import { sql } from 'kysely';
import type { Database } from '../../platform/db/index.ts';
import type { Metrics } from '../../platform/metrics/index.ts';
import type { Monitor } from './monitor.ts';

/** Kinds of strangers kept per link: enough to see which rule is missing. */
const MOST_KINDS = 50;

/** Adds up legs that belong to no customer, by their account keys, for the link's owner to see. A crash may lose some: they are a hint, not a record. */
export async function countStrangers(database: Database, metrics: Metrics, monitors: Iterable<Monitor>): Promise<void> {
  for (const monitor of monitors) {
    const found = monitor.takeStrangers();
    const legs = Object.values(found).reduce((sum, count) => sum + count, 0);
    if (legs === 0) continue;
    metrics.unattributed.inc(legs);
    await database.system([monitor.lease.ownerTenantId], (db) =>
      sql`update pbx_links set unattributed = (
            select jsonb_object_agg(key, n) from (
              select key, sum(value::integer) as n
              from (select * from jsonb_each_text(unattributed) union all select * from jsonb_each_text(${JSON.stringify(found)}::jsonb)) e
              group by key order by n desc, key limit ${MOST_KINDS}) most)
          where id = ${monitor.linkId}`.execute(db),
    );
  }
}
