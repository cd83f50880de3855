/** Writes what the call reducer gave out. Writing the same twice changes nothing. */
import { sql } from 'kysely';
import { jsonText, type Db } from '../../platform/db/index.ts';
import { factId } from '../../platform/ids/index.ts';
import type { Call, CallChange, Leg, OpenCall, Segment } from './reducer/index.ts';

/** Where a link's calls belong and what its names mean in each customer. */
export interface CallPlace {
  linkId: string;
  connectionOf(customerId: string): string | null;
  queueIdOf(customerId: string, queue: string): string | null;
}

/** The id of a call: from the fact alone, so that a replay finds its row. */
export function callId(customerId: string, linkId: string, callKey: string): string {
  return factId('call', customerId, linkId, callKey);
}

export async function storeCalls(db: Db, changes: readonly { place: CallPlace; change: CallChange }[]): Promise<void> {
  const upserts = changes.flatMap(({ place, change }) =>
    change.kind === 'upsert' ? (rowOf(place, change.customerId, change.call) ?? []) : [],
  );
  const merged = changes.flatMap(({ place, change }) =>
    change.kind === 'merged' ? [{ customer_id: change.customerId, id: callId(change.customerId, place.linkId, change.callKey) }] : [],
  );
  if (merged.length > 0) await removeCalls(db, merged);
  if (upserts.length === 0) return;
  await upsertCalls(
    db,
    upserts.map((row) => row.call),
  );
  const ended = upserts.filter((row) => row.call.ended_at !== null);
  if (ended.length > 0) await writeDetails(db, ended);
}

/** Calls that are open in the database, for the reducer to go on with. */
export async function openCalls(db: Db, linkId: string): Promise<OpenCall[]> {
  const rows = await db
    .selectFrom('calls')
    .select(['customer_id', 'call_key', 'live'])
    .where('link_id', '=', linkId)
    .where('ended_at', 'is', null)
    .execute();
  return rows.flatMap((row) => {
    const live = row.live as { resume: OpenCall['resume'] } | null;
    return live ? [{ customerId: row.customer_id, callKey: row.call_key, resume: live.resume }] : [];
  });
}

interface Rows {
  call: ReturnType<typeof callRow>;
  segments: ReturnType<typeof segmentRow>[];
  legs: ReturnType<typeof legRow>[];
}

/** Null when the customer has no share of the link any more. */
function rowOf(place: CallPlace, customerId: string, call: Call): Rows | null {
  const connectionId = place.connectionOf(customerId);
  if (connectionId === null) return null;
  const id = callId(customerId, place.linkId, call.callKey);
  const queueId = (queue: string | null): string | null => (queue === null ? null : place.queueIdOf(customerId, queue));
  const segments = call.segments.map((segment) => segmentRow(customerId, id, segment, queueId(segment.queue)));
  const legs = call.legs.map((leg) => legRow(customerId, id, leg));
  const live = call.endedAt === null ? { resume: call.resume, segments, legs } : null;
  return { call: callRow(place.linkId, connectionId, customerId, id, call, queueId, live), segments, legs };
}

function callRow(
  linkId: string,
  connectionId: string,
  customerId: string,
  id: string,
  call: Call,
  queueId: (queue: string | null) => string | null,
  live: unknown,
) {
  return {
    customer_id: customerId,
    id,
    link_id: linkId,
    connection_id: connectionId,
    call_key: call.callKey,
    direction: call.direction,
    from_number: call.from.number,
    from_name: call.from.name,
    from_user_id: call.from.userId,
    to_number: call.to.number,
    to_name: call.to.name,
    to_user_id: call.to.userId,
    to_queue_id: queueId(call.to.queue),
    did: call.did,
    state: call.state,
    state_since: iso(call.stateSince),
    started_at: iso(call.startedAt),
    answered_at: isoOrNull(call.answeredAt),
    ended_at: isoOrNull(call.endedAt),
    ring_ms: Math.round(call.ringMs),
    talk_ms: Math.round(call.talkMs),
    hold_ms: Math.round(call.holdMs),
    wait_ms: Math.round(call.waitMs),
    outcome: call.endedAt === null ? null : call.outcome,
    ended_by: call.endedAt === null ? null : call.endedBy,
    quality: call.quality,
    closed_reason: call.closedReason,
    waiting_queue_id: queueId(call.waitingIn),
    live,
  };
}

function segmentRow(customerId: string, id: string, segment: Segment, queueId: string | null) {
  return {
    customer_id: customerId,
    call_id: id,
    index: segment.index,
    kind: segment.kind,
    number: segment.number,
    name: segment.name ?? (segment.kind === 'queue' ? segment.queue : null),
    user_id: segment.userId,
    queue_id: queueId,
    device: segment.device,
    started_at: iso(segment.startedAt),
    answered_at: isoOrNull(segment.answeredAt),
    ended_at: isoOrNull(segment.endedAt),
    ring_ms: Math.round(segment.ringMs),
    talk_ms: Math.round(segment.talkMs),
    hold_ms: Math.round(segment.holdMs),
    outcome: segment.outcome,
    transfer: segment.transferKind,
    consultation: segment.consultation,
  };
}

function legRow(customerId: string, id: string, leg: Leg) {
  return {
    customer_id: customerId,
    call_id: id,
    id: leg.legId,
    segment_index: leg.segment,
    kind: leg.kind,
    side: leg.side,
    number: leg.number,
    name: leg.name,
    user_id: leg.userId,
    device: leg.device,
    started_at: iso(leg.startedAt),
    ringing_at: isoOrNull(leg.ringingAt),
    answered_at: isoOrNull(leg.answeredAt),
    ended_at: isoOrNull(leg.endedAt),
    ring_ms: Math.round(leg.ringMs),
    talk_ms: Math.round(leg.talkMs),
    hold_ms: Math.round(leg.holdMs),
    failure: leg.failure,
    cause: leg.cause,
    spans: leg.spans.map((span) => ({ state: span.state, from: iso(span.from), to: isoOrNull(span.to) })),
  };
}

const CALL_COLUMNS = [
  'customer_id',
  'id',
  'link_id',
  'connection_id',
  'call_key',
  'direction',
  'from_number',
  'from_name',
  'from_user_id',
  'to_number',
  'to_name',
  'to_user_id',
  'to_queue_id',
  'did',
  'state',
  'state_since',
  'started_at',
  'answered_at',
  'ended_at',
  'ring_ms',
  'talk_ms',
  'hold_ms',
  'wait_ms',
  'outcome',
  'ended_by',
  'quality',
  'closed_reason',
  'waiting_queue_id',
  'live',
];
const CALL_COLUMN_LIST = sql.raw(CALL_COLUMNS.join(', '));
const CALL_UPDATES = sql.raw(
  CALL_COLUMNS.filter((name) => name !== 'customer_id' && name !== 'id')
    .map((name) => `${name} = excluded.${name}`)
    .join(', '),
);

async function upsertCalls(db: Db, rows: readonly object[]): Promise<void> {
  await sql`insert into calls (${CALL_COLUMN_LIST})
    select ${CALL_COLUMN_LIST} from jsonb_populate_recordset(null::calls, ${jsonText(rows)}::jsonb)
    on conflict (customer_id, id) do update set ${CALL_UPDATES}`.execute(db);
}

/** Segments and legs of ended calls, replacing what an earlier ending wrote. */
async function writeDetails(db: Db, rows: readonly Rows[]): Promise<void> {
  const keys = rows.map(({ call }) => ({ customer_id: call.customer_id, id: call.id }));
  await removeDetails(db, keys);
  await sql`insert into segments select * from jsonb_populate_recordset(null::segments, ${jsonText(rows.flatMap((row) => row.segments))}::jsonb)`.execute(
    db,
  );
  await sql`insert into legs select * from jsonb_populate_recordset(null::legs, ${jsonText(rows.flatMap((row) => row.legs))}::jsonb)`.execute(
    db,
  );
}

async function removeDetails(db: Db, keys: readonly { customer_id: string; id: string }[]): Promise<void> {
  const named = sql`select (k->>'customer_id')::uuid, (k->>'id')::uuid from jsonb_array_elements(${jsonText(keys)}::jsonb) k`;
  await sql`delete from segments where (customer_id, call_id) in (${named})`.execute(db);
  await sql`delete from legs where (customer_id, call_id) in (${named})`.execute(db);
}

async function removeCalls(db: Db, keys: readonly { customer_id: string; id: string }[]): Promise<void> {
  await removeDetails(db, keys);
  await sql`delete from calls where (customer_id, id) in (
    select (k->>'customer_id')::uuid, (k->>'id')::uuid from jsonb_array_elements(${jsonText(keys)}::jsonb) k)`.execute(db);
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

function isoOrNull(at: number | null): string | null {
  return at === null ? null : iso(at);
}
