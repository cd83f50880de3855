import type { Db } from '../../platform/db/index.ts';
import { vanish } from './apply.ts';
import { entriesOf } from './users-repository.ts';

/** The connection was removed: its people are tracked no longer, what was recorded of them stays. */
export async function forgetConnection(
  source: { db: Db; clock: { now(): number } },
  place: { customerId: string; connectionId: string },
): Promise<void> {
  const context = { db: source.db, clock: source.clock, ...place, sharedEmails: new Set<string>() };
  for (const entry of await entriesOf(source.db, place.connectionId, null)) await vanish(context, entry, false);
  await source.db.updateTable('queues').set({ present: false }).where('connection_id', '=', place.connectionId).execute();
}
