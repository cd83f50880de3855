import type { Db } from '../../platform/db/index.ts';
import { enqueue } from '../../platform/jobs/index.ts';
import { activeOperation, startOperation } from '../operations/index.ts';
import type { DirectoryServices } from './services.ts';

const SYNC_STEPS = ['connect', 'discover', 'sync', 'monitor'] as const;

/** Starts a sync in the caller's transaction. @returns the operation to follow: the one already under way, if there is one */
export async function startSync(db: Db, clock: { now(): number }, share: { connectionId: string; customerId: string }): Promise<string> {
  await db.selectFrom('pbx_connections').select('id').where('id', '=', share.connectionId).forUpdate().execute();
  const active = await activeOperation(db, share.connectionId, 'pbx-connections.sync');
  if (active !== null) return active;
  const operationId = await startOperation(db, clock, {
    tenantId: share.customerId,
    kind: 'pbx-connections.sync',
    subjectId: share.connectionId,
    steps: SYNC_STEPS,
  });
  await enqueue(db, 'pbx-connections.sync', { operationId, tenantId: share.customerId }, { key: `sync:${share.connectionId}` });
  return operationId;
}

/** For the links: a share's directory is due. */
export async function syncDue(
  { database, clock }: Pick<DirectoryServices, 'database' | 'clock'>,
  share: { connectionId: string; customerId: string },
): Promise<void> {
  await database.system([share.customerId], (db) => startSync(db, clock, share));
}
