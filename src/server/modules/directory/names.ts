import type { Database, Db } from '../../platform/db/index.ts';

/** What a PBX's names mean in one customer. */
export interface ConnectionNames {
  /** User ids by device and by extension; a device of that name wins. */
  users: ReadonlyMap<string, string>;
  /** Queue ids by the PBX's name of the queue. */
  queues: ReadonlyMap<string, string>;
}

/** By connection. */
export function namesOfShares(
  database: Database,
  shares: readonly { connectionId: string; customerId: string }[],
): Promise<Map<string, ConnectionNames>> {
  return database.system([...new Set(shares.map((share) => share.customerId))], (db) =>
    namesOf(
      db,
      shares.map((share) => share.connectionId),
    ),
  );
}

async function namesOf(db: Db, connectionIds: readonly string[]): Promise<Map<string, ConnectionNames>> {
  if (connectionIds.length === 0) return new Map();
  const names = new Map(connectionIds.map((id) => [id, { users: new Map<string, string>(), queues: new Map<string, string>() }]));
  const people = await db
    .selectFrom('pbx_users')
    .select(['connection_id', 'user_id', 'extension', 'devices'])
    .where('connection_id', 'in', connectionIds)
    .where('present', '=', true)
    .orderBy('external_id')
    .execute();
  for (const { connection_id, user_id, extension } of people) {
    if (user_id !== null && extension !== null) names.get(connection_id)?.users.set(extension, user_id);
  }
  for (const { connection_id, user_id, devices } of people) {
    if (user_id !== null) for (const device of devices) names.get(connection_id)?.users.set(device, user_id);
  }
  const queues = await db
    .selectFrom('queues')
    .select(['id', 'connection_id', 'external_id'])
    .where('connection_id', 'in', connectionIds)
    .execute();
  for (const queue of queues) names.get(queue.connection_id)?.queues.set(queue.external_id, queue.id);
  return names;
}
