import type { LocalText } from '../../../contract/connector-form.ts';
import type { Operation } from '../../../contract/operations.ts';
import type { Db } from '../../platform/db/index.ts';
import { newId } from '../../platform/ids/index.ts';

/** Each kind is also the name of the job that does the work, with payload `{operationId, tenantId}`. */
export type OperationKind = 'pbx-connections.sync';

export interface OperationRef {
  id: string;
  tenantId: string;
}

interface Now {
  now(): number;
}

/** Writes a running operation whose steps all wait. The caller enqueues its job in the same transaction. @returns its id */
export async function startOperation(
  db: Db,
  clock: Now,
  spec: { tenantId: string; kind: OperationKind; subjectId: string; steps: readonly string[] },
): Promise<string> {
  const id = newId();
  await db
    .insertInto('operations')
    .values({
      id,
      tenant_id: spec.tenantId,
      kind: spec.kind,
      subject_id: spec.subjectId,
      status: 'running',
      created_at: new Date(clock.now()),
    })
    .execute();
  const steps = spec.steps.map((key, position) => ({ operation_id: id, tenant_id: spec.tenantId, position, key, status: 'waiting' }));
  await db.insertInto('operation_steps').values(steps).execute();
  return id;
}

/** The operation of this subject that is not over, if any. */
export async function activeOperation(db: Db, subjectId: string, kind: OperationKind): Promise<string | null> {
  const row = await db
    .selectFrom('operations')
    .select('id')
    .where('subject_id', '=', subjectId)
    .where('kind', '=', kind)
    .where('status', 'in', ['running', 'needsDecision'])
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return row?.id ?? null;
}

/** What the worker goes on from, locked until the transaction ends; null when the operation is gone. */
export async function operationState(
  db: Db,
  id: string,
): Promise<{ subjectId: string; status: Operation['status']; state: Record<string, unknown> } | null> {
  const row = await db
    .selectFrom('operations')
    .select(['subject_id', 'status', 'state'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return null;
  return { subjectId: row.subject_id, status: row.status as Operation['status'], state: (row.state ?? {}) as Record<string, unknown> };
}

export async function stepRunning(db: Db, clock: Now, operation: OperationRef, key: string): Promise<void> {
  const before = await stepOf(db, operation, key);
  await setStep(db, operation, key, {
    status: 'running',
    started_at: before?.started_at ?? new Date(clock.now()),
    finished_at: null,
    message: null,
  });
}

/** @param counts how much of the step is done, of how much */
export async function stepProgress(db: Db, operation: OperationRef, key: string, counts: { done: number; total: number }): Promise<void> {
  await setStep(db, operation, key, counts);
}

export async function stepDone(db: Db, clock: Now, operation: OperationRef, key: string): Promise<void> {
  const now = new Date(clock.now());
  const before = await stepOf(db, operation, key);
  await setStep(db, operation, key, { status: 'done', started_at: before?.started_at ?? now, finished_at: now, message: null });
}

/** Ends the whole operation: a failed step is not passed over. @param key null: the first step that is not done */
export async function stepFailed(db: Db, clock: Now, operation: OperationRef, key: string | null, message: LocalText): Promise<void> {
  await setStep(db, operation, key ?? (await unfinishedStep(db, operation)), {
    status: 'failed',
    finished_at: new Date(clock.now()),
    message: JSON.stringify(message),
  });
  await finish(db, clock, operation, 'failed');
}

/** Stops until somebody decides. @param state kept for the worker that goes on after the decision */
export async function stepNeedsDecision(
  db: Db,
  operation: OperationRef,
  key: string,
  question: { message: LocalText; state: Record<string, unknown> },
): Promise<void> {
  await setStep(db, operation, key, { status: 'needsDecision', message: JSON.stringify(question.message) });
  await db
    .updateTable('operations')
    .set({ status: 'needsDecision', state: JSON.stringify(question.state) })
    .where('id', '=', operation.id)
    .execute();
}

export async function finish(db: Db, clock: Now, operation: OperationRef, status: 'done' | 'failed' | 'cancelled'): Promise<void> {
  await db
    .updateTable('operations')
    .set({ status, finished_at: new Date(clock.now()) })
    .where('id', '=', operation.id)
    .execute();
}

interface StepChange {
  status?: string;
  done?: number;
  total?: number;
  started_at?: Date;
  finished_at?: Date | null;
  message?: string | null;
}

async function setStep(db: Db, operation: OperationRef, key: string, change: StepChange): Promise<void> {
  await db.updateTable('operation_steps').set(change).where('operation_id', '=', operation.id).where('key', '=', key).execute();
}

async function unfinishedStep(db: Db, operation: OperationRef): Promise<string> {
  const row = await db
    .selectFrom('operation_steps')
    .select('key')
    .where('operation_id', '=', operation.id)
    .where('status', '<>', 'done')
    .orderBy('position')
    .executeTakeFirstOrThrow();
  return row.key;
}

function stepOf(db: Db, operation: OperationRef, key: string): Promise<{ started_at: Date | null } | undefined> {
  return db
    .selectFrom('operation_steps')
    .select('started_at')
    .where('operation_id', '=', operation.id)
    .where('key', '=', key)
    .executeTakeFirst();
}
