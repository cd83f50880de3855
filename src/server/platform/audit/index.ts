/** One row with every change: who, whose, what before and after, in which request. */
import type { Actor } from '../auth/index.ts';
import type { Db } from '../db/index.ts';
import { newId } from '../ids/index.ts';

export interface AuditEntry {
  /** Whose thing was changed. */
  tenantId: string;
  /** `customers.update` */
  action: string;
  subjectId: string;
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
}

export interface AuditSource {
  db: Db;
  /** Null: Ringside itself. */
  actor: Pick<Actor, 'kind' | 'id' | 'name'> | null;
  requestId: string;
  clock: { now(): number };
}

/** Writes the row in the caller's transaction; values of secret fields are masked, equal values left out. */
export async function audit(source: AuditSource, entry: AuditEntry): Promise<void> {
  const [before, after] = changed(entry.before ?? null, entry.after ?? null);
  await source.db
    .insertInto('audit_events')
    .values({
      id: newId(),
      tenant_id: entry.tenantId,
      at: new Date(source.clock.now()),
      actor_kind: source.actor?.kind ?? 'system',
      actor_id: source.actor?.id ?? null,
      actor_name: source.actor?.name ?? 'Ringside',
      action: entry.action,
      subject_id: entry.subjectId,
      before: before && JSON.stringify(before),
      after: after && JSON.stringify(after),
      request_id: source.requestId,
    })
    .execute();
}

type Values = Record<string, unknown> | null;

/** Of an update only what differs; of a creation or removal everything. */
function changed(before: Values, after: Values): [Values, Values] {
  if (!before || !after) return [mask(before), mask(after)];
  const keys = Object.keys(after).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  const pick = (values: Record<string, unknown>): Record<string, unknown> =>
    Object.fromEntries(keys.map((key) => [key, values[key] ?? null]));
  return [mask(pick(before)), mask(pick(after))];
}

const SECRET = /secret|password|token|key$/i;
function mask(values: Values): Values {
  if (!values) return null;
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, SECRET.test(key) && value !== null ? '[masked]' : value]));
}
