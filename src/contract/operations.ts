import * as z from 'zod';
import { Id, Instant, listOf } from './common.ts';
import { LocalText } from './connector-form.ts';
import { route } from './route.ts';

export const OperationStep = z
  .strictObject({
    /** `connect`, `discover`, `sync`, `monitor`. */
    key: z.string(),
    status: z.enum(['waiting', 'running', 'done', 'failed', 'needsDecision']),
    done: z.number().int().nullable(),
    total: z.number().int().nullable(),
    startedAt: Instant.nullable(),
    finishedAt: Instant.nullable(),
    message: LocalText.nullable(),
  })
  .meta({ id: 'OperationStep' });

export const Operation = z
  .strictObject({
    id: Id,
    /** `pbx-connections.sync` … */
    kind: z.string(),
    tenantId: Id,
    subjectId: Id,
    status: z.enum(['running', 'done', 'failed', 'needsDecision', 'cancelled']),
    steps: z.array(OperationStep),
    createdAt: Instant,
    finishedAt: Instant.nullable(),
  })
  .meta({ id: 'Operation' });
export type Operation = z.infer<typeof Operation>;

const params = z.strictObject({ operationId: Id });

export const operations = {
  list: route({
    id: 'operations.list',
    method: 'GET',
    path: '/v1/operations',
    summary: 'Long work, newest first',
    access: { of: 'tenant', permission: 'operations.read' },
    query: z.strictObject({ subjectId: Id.optional(), limit: z.coerce.number().int().min(1).max(100).default(20) }),
    status: 200,
    answer: listOf(Operation),
  }),
  get: route({
    id: 'operations.get',
    method: 'GET',
    path: '/v1/operations/{operationId}',
    summary: 'How far a long work has come',
    access: { of: 'tenant', permission: 'operations.read' },
    params,
    status: 200,
    answer: Operation,
  }),
  decide: route({
    id: 'operations.decide',
    method: 'POST',
    path: '/v1/operations/{operationId}/decision',
    summary: 'Answer a question the operation waits for',
    access: { of: 'tenant', permission: 'operations.write' },
    params,
    body: z.strictObject({ decision: z.enum(['continue', 'stop']) }),
    status: 200,
    answer: Operation,
    errors: ['conflict'],
  }),
};
