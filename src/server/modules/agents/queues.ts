import type { Db } from '../../platform/db/index.ts';

/** Ids of a customer's queues by `connection external-id`. */
export async function readQueueIds(db: Db, customerId: string): Promise<Map<string, string>> {
  const rows = await db.selectFrom('queues').select(['id', 'connection_id', 'external_id']).where('tenant_id', '=', customerId).execute();
  return new Map(rows.map((row) => [`${row.connection_id} ${row.external_id}`, row.id]));
}
