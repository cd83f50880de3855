import type { LocalText } from '../../../contract/connector-form.ts';
import type { Directory, DirectoryUser, LinkFailure } from '../../pbx/connector.ts';
import { audit } from '../../platform/audit/index.ts';
import { isDatabaseAway, jsonText, type Db } from '../../platform/db/index.ts';
import { writeFindings } from '../links/index.ts';
import {
  finish,
  operationState,
  stepDone,
  stepFailed,
  stepNeedsDecision,
  stepProgress,
  stepRunning,
  type OperationRef,
} from '../operations/index.ts';
import { applyUser, vanish, type ApplyContext, type Applied } from './apply.ts';
import { FAILURE_TEXTS, INTERNAL, vanishQuestion } from './messages.ts';
import { sharedEmails } from './person.ts';
import { storeQueues } from './queues.ts';
import { needsAsking, vanishing } from './removal.ts';
import type { DirectoryServices } from './services.ts';
import { readTarget, type SyncTarget } from './target.ts';
import { entriesOf } from './users-repository.ts';

/** A discovery that takes longer is given up. */
const DISCOVER_MS = 60_000;
/** Users written in one transaction: so often do the counts move. */
const CHUNK = 25;

/**
 * Runs one sync from wherever it stands: every step may be done again, and a second run at the same
 * time waits for the connection's row and finds the work done.
 */
export async function runSync(services: DirectoryServices, operation: OperationRef): Promise<void> {
  try {
    const target = await readTarget(services, operation);
    if (!target) return;
    const found = await discover(services, target);
    if (!found) return;
    if (await asks(services, target, found)) return;
    await storePeople(services, target, found);
  } catch (error) {
    // The job is tried again, and goes on from what is stored.
    if (isDatabaseAway(error)) throw error;
    services.log.error({ err: error, operationId: operation.id, tenantId: operation.tenantId }, 'a sync failed');
    await fail(services, operation, null, INTERNAL);
  }
}

interface Found {
  directory: Directory;
  /** What belongs to this connection. */
  users: DirectoryUser[];
  queues: Directory['queues'];
}

async function discover(services: DirectoryServices, target: SyncTarget): Promise<Found | null> {
  const { database, clock } = services;
  const { operation, isMine } = target;
  await database.system([target.customerId], (db) => stepRunning(db, clock, operation, 'connect'));
  const abort = new AbortController();
  const cancel = clock.after(DISCOVER_MS, () => abort.abort());
  try {
    // A name may hold bytes that no database takes: it must not fail everybody's sync.
    const directory = JSON.parse(jsonText(await target.port.discover(target.settings, abort.signal))) as Directory;
    const users = directory.users.filter((user) => isMine(user.keys));
    await database.system(target.tenantIds, async (db) => {
      await writeFindings(db, target.linkId, {
        version: directory.version,
        capabilities: directory.capabilities,
        notices: directory.notices.map((n) => n.message),
      });
      await stepDone(db, clock, operation, 'connect');
      await stepProgress(db, operation, 'discover', { done: users.length, total: users.length });
      await stepDone(db, clock, operation, 'discover');
    });
    return { directory, users, queues: directory.queues.filter((queue) => isMine(queue.keys)) };
  } catch (error) {
    const failure = failureOf(error);
    if (!failure) throw error;
    await fail(services, operation, 'connect', FAILURE_TEXTS[failure]);
    return null;
  } finally {
    cancel();
  }
}

/** A connector's error, known by its word: connectors cannot be imported here. */
function failureOf(error: unknown): LinkFailure | null {
  const failure = (error as { failure?: unknown }).failure;
  return typeof failure === 'string' && failure in FAILURE_TEXTS ? (failure as LinkFailure) : null;
}

/** @returns true: too many would vanish, and nobody has agreed to just these */
async function asks({ database }: DirectoryServices, target: SyncTarget, { users }: Found): Promise<boolean> {
  return database.system([target.customerId], async (db) => {
    const known = await entriesOf(db, target.connectionId, null);
    const gone = vanishing(known, users);
    if (!needsAsking(known.length, gone.length)) return false;
    const agreed = target.state['decision'] === 'continue' ? new Set(target.state['asked'] as string[]) : new Set<string>();
    if (gone.every((externalId) => agreed.has(externalId))) return false;
    await stepNeedsDecision(db, target.operation, 'sync', { message: vanishQuestion(gone.length, known.length), state: { asked: gone } });
    return true;
  });
}

async function storePeople(services: DirectoryServices, target: SyncTarget, found: Found): Promise<void> {
  const { users } = found;
  const counts: Record<Applied | 'vanished', number> = { created: 0, joined: 0, kept: 0, returned: 0, replaced: 0, vanished: 0 };
  const shared = sharedEmails(users);
  for (let at = 0; at < users.length || at === 0; at += CHUNK) {
    const some = users.slice(at, at + CHUNK);
    const goesOn = await locked(services, target, async (db, context) => {
      if (at === 0) await stepRunning(db, services.clock, target.operation, 'sync');
      const entries = new Map(
        (
          await entriesOf(
            db,
            target.connectionId,
            some.map((user) => user.externalId),
          )
        ).map((entry) => [entry.externalId, entry]),
      );
      for (const user of some) counts[await applyUser({ ...context, sharedEmails: shared }, user, entries.get(user.externalId))]++;
      await stepProgress(db, target.operation, 'sync', { done: at + some.length, total: users.length });
    });
    if (!goesOn) return;
  }
  const done = await locked(services, target, async (db, context) => {
    const present = new Set(users.map((user) => user.externalId));
    const gone = (await entriesOf(db, target.connectionId, null)).filter((entry) => !present.has(entry.externalId));
    for (const entry of gone) await vanish(context, entry, false);
    counts.vanished = gone.length;
    await storeQueues(db, target, found.queues);
    await stepDone(db, services.clock, target.operation, 'sync');
    await startMonitoring(services, db, target, found);
    if (users.length > counts.kept || gone.length > 0) {
      const source = { db, actor: null, requestId: target.operation.id, clock: services.clock };
      await audit(source, { tenantId: target.customerId, action: 'pbx-connections.sync', subjectId: target.connectionId, after: counts });
    }
  });
  if (done) services.links()?.poke();
}

/** The last step, in the transaction of the last users: calls and agents are watched from here on. */
async function startMonitoring({ clock }: DirectoryServices, db: Db, target: SyncTarget, { users, queues }: Found): Promise<void> {
  const now = new Date(clock.now());
  await db
    .updateTable('pbx_connections')
    .set((eb) => ({
      monitoring_since: eb.fn.coalesce('monitoring_since', eb.val(now)),
      last_sync_at: now,
      last_sync_users: users.length,
      last_sync_queues: queues.length,
    }))
    .where('id', '=', target.connectionId)
    .execute();
  await stepDone(db, clock, target.operation, 'monitor');
  await finish(db, clock, target.operation, 'done');
}

/** One transaction under the connection's lock. @returns false when the sync has been overtaken: ended, disabled or removed */
async function locked(
  { database, clock }: DirectoryServices,
  target: SyncTarget,
  work: (db: Db, context: ApplyContext) => Promise<void>,
): Promise<boolean> {
  const { customerId, connectionId, operation } = target;
  return database.system([customerId], async (db) => {
    const connection = await db
      .selectFrom('pbx_connections')
      .select(['enabled', 'removed_at'])
      .where('id', '=', connectionId)
      .forUpdate()
      .executeTakeFirst();
    if ((await operationState(db, operation.id))?.status !== 'running') return false;
    if (!connection?.enabled || connection.removed_at !== null) {
      await finish(db, clock, operation, 'cancelled');
      return false;
    }
    await work(db, { db, clock, customerId, connectionId, sharedEmails: new Set() });
    return true;
  });
}

async function fail(
  { database, clock }: DirectoryServices,
  operation: OperationRef,
  step: string | null,
  message: LocalText,
): Promise<void> {
  await database.system([operation.tenantId], async (db) => {
    if ((await operationState(db, operation.id))?.status === 'running') await stepFailed(db, clock, operation, step, message);
  });
}
