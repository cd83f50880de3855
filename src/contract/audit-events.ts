import * as z from 'zod';
import { Id, Instant } from './common.ts';
import { route } from './route.ts';

export const AuditEvent = z
  .strictObject({
    id: Id,
    tenantId: Id,
    at: Instant,
    actor: z.strictObject({ kind: z.enum(['identity', 'apiClient', 'system']), id: Id.nullable(), name: z.string() }),
    /** `customers.update` … */
    action: z.string(),
    subjectId: Id,
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
    requestId: z.string(),
  })
  .meta({ id: 'AuditEvent' });

export const auditEvents = {
  list: route({
    id: 'audit-events.list',
    method: 'GET',
    path: '/v1/audit-events',
    summary: 'Who changed what, newest first',
    access: { of: 'tenant', permission: 'audit-events.read' },
    query: z.strictObject({ subjectId: Id.optional(), cursor: Id.optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }),
    status: 200,
    answer: z.strictObject({ items: z.array(AuditEvent), next: Id.nullable() }),
  }),
};
