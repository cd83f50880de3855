import { sql, type Selectable } from 'kysely';
import type { CallDetail } from '../../../contract/calls.ts';
import { isUuid } from '../../platform/auth/authenticate.ts';
import { invalid } from '../../platform/http/fault.ts';
import type { Db } from '../../platform/db/index.ts';
import type { Calls, Gaps, Legs, Segments } from '../../platform/db/schema.ts';
import { callOf, legOf, segmentOf } from './view.ts';

export interface CallFilter {
  from?: string | undefined;
  to?: string | undefined;
  direction?: string | undefined;
  outcome?: string | undefined;
  q?: string | undefined;
}

export interface CallPosition {
  startedAt: Date;
  id: string;
}

/** Newest first, after a position if one is given. */
export async function listCalls(
  db: Db,
  customerId: string,
  filter: CallFilter,
  after: CallPosition | null,
  limit: number,
): Promise<Selectable<Calls>[]> {
  let found = db.selectFrom('calls').selectAll().where('customer_id', '=', customerId);
  if (filter.from !== undefined) found = found.where('started_at', '>=', new Date(filter.from));
  if (filter.to !== undefined) found = found.where('started_at', '<', new Date(filter.to));
  if (filter.direction !== undefined) found = found.where('direction', '=', filter.direction);
  if (filter.outcome !== undefined) found = found.where('outcome', '=', filter.outcome);
  if (filter.q) {
    const pattern = `%${filter.q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
    found = found.where(sql<boolean>`lower(concat_ws(' ', from_number, from_name, to_number, to_name, did)) like ${pattern}`);
  }
  if (after) found = found.where(sql<boolean>`(started_at, id) < (${after.startedAt}, ${after.id}::uuid)`);
  return found.orderBy('started_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

export async function readCall(db: Db, customerId: string, callId: string): Promise<CallDetail | undefined> {
  const row = await db.selectFrom('calls').selectAll().where('customer_id', '=', customerId).where('id', '=', callId).executeTakeFirst();
  if (!row) return undefined;
  if (row.live !== null) {
    const live = row.live as unknown as { segments: Selectable<Segments>[]; legs: Selectable<Legs>[] };
    return { call: callOf(row), segments: live.segments.map(segmentOf), legs: live.legs.map(legOf) };
  }
  const of = { customer_id: customerId, call_id: callId };
  const segments = await db
    .selectFrom('segments')
    .selectAll()
    .where((eb) => eb.and(of))
    .orderBy('index')
    .execute();
  const legs = await db
    .selectFrom('legs')
    .selectAll()
    .where((eb) => eb.and(of))
    .orderBy('started_at')
    .orderBy('id')
    .execute();
  return { call: callOf(row), segments: segments.map(segmentOf), legs: legs.map(legOf) };
}

/** Gaps that touch a time, newest first. */
export async function listGaps(db: Db, customerId: string, from: Date | null, to: Date | null, limit: number): Promise<Selectable<Gaps>[]> {
  let found = db.selectFrom('gaps').selectAll().where('customer_id', '=', customerId);
  if (from) found = found.where((eb) => eb.or([eb('to_at', 'is', null), eb('to_at', '>=', from)]));
  if (to) found = found.where('from_at', '<=', to);
  return found.orderBy('from_at', 'desc').limit(limit).execute();
}

export function encodePosition(row: { started_at: Date; id: string }): string {
  return Buffer.from(`${row.started_at.toISOString()} ${row.id}`).toString('base64url');
}

/** @throws Fault invalid for anything this server has not given out */
export function decodePosition(cursor: string): CallPosition {
  const match = /^(\S+) ([0-9a-f-]{36})$/.exec(Buffer.from(cursor, 'base64url').toString());
  const at = Date.parse(match?.[1] ?? '');
  if (!match?.[2] || Number.isNaN(at) || !isUuid(match[2])) throw invalid('query.cursor', 'wrongFormat');
  return { startedAt: new Date(at), id: match[2] };
}
