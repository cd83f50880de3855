import { sql } from 'kysely';
import type { DirectoryQueue } from '../../pbx/connector.ts';
import type { Db } from '../../platform/db/index.ts';
import { newId } from '../../platform/ids/index.ts';

/** Queues found are written, those no longer found are marked as not present. */
export async function storeQueues(
  db: Db,
  place: { customerId: string; connectionId: string },
  queues: readonly DirectoryQueue[],
): Promise<void> {
  if (queues.length > 0) {
    await db
      .insertInto('queues')
      .values(
        queues.map((queue) => ({
          id: newId(),
          tenant_id: place.customerId,
          connection_id: place.connectionId,
          external_id: queue.externalId,
          name: queue.name,
          number: queue.number,
          strategy: queue.strategy,
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['connection_id', 'external_id']).doUpdateSet((eb) => ({
          name: eb.ref('excluded.name'),
          number: eb.ref('excluded.number'),
          strategy: eb.ref('excluded.strategy'),
          present: true,
        })),
      )
      .execute();
  }
  const ids = queues.map((queue) => queue.externalId);
  await db
    .updateTable('queues')
    .set({ present: false })
    .where('connection_id', '=', place.connectionId)
    .where('present', '=', true)
    .where(sql<boolean>`external_id <> all (${ids}::text[])`)
    .execute();
}
