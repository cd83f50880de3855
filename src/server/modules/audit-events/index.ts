import type { z } from 'zod';
import type { AuditEvent } from '../../../contract/audit-events.ts';
import { contract } from '../../../contract/index.ts';
import { handle, type Binding } from '../../platform/http/context.ts';

type Event = z.infer<typeof AuditEvent>;

export function auditEventRoutes(): Binding[] {
  return [
    handle(contract.auditEvents.list, async ({ db }, { query }) => {
      let found = db
        .selectFrom('audit_events')
        .selectAll()
        .orderBy('id', 'desc')
        .limit(query.limit + 1);
      if (query.subjectId !== undefined) found = found.where('subject_id', '=', query.subjectId);
      if (query.cursor !== undefined) found = found.where('id', '<', query.cursor);
      const rows = await found.execute();
      const items = rows.slice(0, query.limit).map((row): Event => ({
        id: row.id,
        tenantId: row.tenant_id,
        at: row.at.toISOString(),
        actor: { kind: row.actor_kind as Event['actor']['kind'], id: row.actor_id, name: row.actor_name },
        action: row.action,
        subjectId: row.subject_id,
        before: row.before as Event['before'],
        after: row.after as Event['after'],
        requestId: row.request_id,
      }));
      return { items, next: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null };
    }),
  ];
}
