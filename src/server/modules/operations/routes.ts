import type { LocalText } from '../../../contract/connector-form.ts';
import { contract } from '../../../contract/index.ts';
import type { Operation, OperationStep } from '../../../contract/operations.ts';
import type { z } from 'zod';
import { audit } from '../../platform/audit/index.ts';
import type { Db } from '../../platform/db/index.ts';
import { handle, type Binding, type Context } from '../../platform/http/context.ts';
import { Fault, notFound } from '../../platform/http/fault.ts';
import { enqueue } from '../../platform/jobs/index.ts';
import type { OperationKind } from './repository.ts';

export function operationRoutes(): Binding[] {
  const { operations } = contract;
  return [
    handle(operations.list, async ({ db }, { query }) => {
      let rows = db.selectFrom('operations').selectAll();
      if (query.subjectId !== undefined) rows = rows.where('subject_id', '=', query.subjectId);
      return { items: await withSteps(db, await rows.orderBy('id', 'desc').limit(query.limit).execute()) };
    }),
    handle(operations.get, ({ db }, { params }) => readOperation(db, params.operationId)),
    handle(operations.decide, async (context, { params, body }) => {
      const before = await context.db
        .selectFrom('operations')
        .selectAll()
        .where('id', '=', params.operationId)
        .forUpdate()
        .executeTakeFirst();
      if (!before) throw notFound();
      if (before.status !== 'needsDecision') throw new Fault('conflict');
      await decide(context, before, body.decision);
      await audit(context, {
        tenantId: before.tenant_id,
        action: 'operations.decide',
        subjectId: before.id,
        after: { decision: body.decision },
      });
      return readOperation(context.db, before.id);
    }),
  ];
}

const STOPPED: LocalText = { en: 'Stopped by decision. Nothing was changed.', es: 'Detenido por decisión. No se ha cambiado nada.' };

async function decide({ db, clock }: Context, row: OperationRow, decision: 'continue' | 'stop'): Promise<void> {
  const steps = db.updateTable('operation_steps').where('operation_id', '=', row.id).where('status', '=', 'needsDecision');
  const operation = db.updateTable('operations').where('id', '=', row.id);
  if (decision === 'stop') {
    const now = new Date(clock.now());
    await steps.set({ status: 'failed', finished_at: now, message: JSON.stringify(STOPPED) }).execute();
    await operation.set({ status: 'cancelled', finished_at: now }).execute();
    return;
  }
  await steps.set({ status: 'running', message: null }).execute();
  const state = { ...(row.state as Record<string, unknown>), decision };
  await operation.set({ status: 'running', state: JSON.stringify(state) }).execute();
  await enqueue(db, row.kind as OperationKind, { operationId: row.id, tenantId: row.tenant_id });
}

interface OperationRow {
  id: string;
  tenant_id: string;
  kind: string;
  subject_id: string;
  status: string;
  state: unknown;
  created_at: Date;
  finished_at: Date | null;
}

async function readOperation(db: Db, id: string): Promise<Operation> {
  const rows = await db.selectFrom('operations').selectAll().where('id', '=', id).execute();
  const [operation] = await withSteps(db, rows);
  if (!operation) throw notFound();
  return operation;
}

async function withSteps(db: Db, rows: readonly OperationRow[]): Promise<Operation[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const steps = await db.selectFrom('operation_steps').selectAll().where('operation_id', 'in', ids).orderBy('position').execute();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    tenantId: row.tenant_id,
    subjectId: row.subject_id,
    status: row.status as Operation['status'],
    steps: steps
      .filter((step) => step.operation_id === row.id)
      .map((step) => ({
        key: step.key,
        status: step.status as z.infer<typeof OperationStep>['status'],
        done: step.done,
        total: step.total,
        startedAt: step.started_at?.toISOString() ?? null,
        finishedAt: step.finished_at?.toISOString() ?? null,
        message: step.message as LocalText | null,
      })),
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  }));
}
