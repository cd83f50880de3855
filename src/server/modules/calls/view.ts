/** Stored rows as the contract shows them. */
import type { Selectable } from 'kysely';
import type { z } from 'zod';
import type { Call, CallDetail, Gap, Leg, Segment } from '../../../contract/calls.ts';
import type { Calls, Gaps, Legs, Segments } from '../../platform/db/schema.ts';

type LegView = z.infer<typeof Leg>;
type SegmentView = z.infer<typeof Segment>;

export function callOf(row: Selectable<Calls>): Call {
  return {
    id: row.id,
    direction: row.direction as Call['direction'],
    from: { number: row.from_number, name: row.from_name, userId: row.from_user_id, queueId: row.from_queue_id },
    to: { number: row.to_number, name: row.to_name, userId: row.to_user_id, queueId: row.to_queue_id },
    did: row.did,
    state: row.state as Call['state'],
    stateSince: row.state_since.toISOString(),
    startedAt: row.started_at.toISOString(),
    answeredAt: row.answered_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    ringMs: row.ring_ms,
    talkMs: row.talk_ms,
    holdMs: row.hold_ms,
    waitMs: row.wait_ms,
    outcome: row.outcome as Call['outcome'],
    endedBy: row.ended_by as Call['endedBy'],
    quality: row.quality as Call['quality'],
    closedReason: row.closed_reason as Call['closedReason'],
    connectionId: row.connection_id,
  };
}

/** A row as it stands in its table or, while the call goes on, in `calls.live`: the same names, instants as text. */
type Stored<T> = { [K in keyof T]: T[K] extends Date ? Date | string : T[K] extends Date | null ? Date | string | null : T[K] };

export function segmentOf(row: Stored<Selectable<Segments>>): SegmentView {
  return {
    index: row.index,
    kind: row.kind as SegmentView['kind'],
    party: { number: row.number, name: row.name, userId: row.user_id, queueId: row.queue_id },
    startedAt: instant(row.started_at),
    answeredAt: instantOrNull(row.answered_at),
    endedAt: instantOrNull(row.ended_at),
    ringMs: row.ring_ms,
    talkMs: row.talk_ms,
    holdMs: row.hold_ms,
    outcome: row.outcome as SegmentView['outcome'],
    consultation: row.consultation,
    transfer: row.transfer as SegmentView['transfer'],
  };
}

export function legOf(row: Stored<Selectable<Legs>>): LegView {
  return {
    id: row.id,
    segment: row.segment_index,
    kind: row.kind as LegView['kind'],
    party: { number: row.number, name: row.name, userId: row.user_id, queueId: null },
    device: row.device,
    startedAt: instant(row.started_at),
    ringingAt: instantOrNull(row.ringing_at),
    answeredAt: instantOrNull(row.answered_at),
    endedAt: instantOrNull(row.ended_at),
    ringMs: row.ring_ms,
    talkMs: row.talk_ms,
    holdMs: row.hold_ms,
    failure: row.failure,
    spans: row.spans as CallDetail['legs'][number]['spans'],
  };
}

export function gapOf(row: Selectable<Gaps>): Gap {
  return {
    id: row.id,
    connectionId: row.connection_id,
    from: row.from_at.toISOString(),
    to: row.to_at?.toISOString() ?? null,
    cause: row.cause,
  };
}

function instant(value: Date | string): string {
  return typeof value === 'string' ? value : value.toISOString();
}

function instantOrNull(value: Date | string | null): string | null {
  return value === null ? null : instant(value);
}
