/**
 * What the call reducer gives out: call > segment > leg of one customer. All times are
 * milliseconds since 1970 (UTC), all durations are milliseconds.
 */
import type { LegFailure, LegService, QueueLeft, TransferKind } from '../../../../contract/events.ts';

export type CallDirection = 'incoming' | 'outgoing' | 'internal';

/**
 * answered: two people talked (or a conference or a PBX service asked for by one of our own phones was reached) ·
 * missed: nobody answered · busy · cancelled: our own caller gave up while it rang · abandoned: the
 * caller gave up in a queue or an IVR · voicemail · failed: could not be put through · unknown: not
 * ended yet, or the end was not seen.
 */
export type CallOutcome = 'answered' | 'missed' | 'busy' | 'cancelled' | 'abandoned' | 'voicemail' | 'failed' | 'unknown';

export type EndedBy = 'caller' | 'callee' | 'system' | 'transfer' | 'unknown';

/** What is going on now, from the point of view of the party that is not ours (or of the caller). */
export type CallState = 'ringing' | 'queued' | 'talking' | 'held' | 'parked' | LegServiceState | 'ended';

/** At a PBX application: nobody talks. `parking` is the state `parked`. */
export type LegServiceState = Exclude<LegService, 'parking'>;

/** exact: seen from start to end · partial: the start, the end or a piece in the middle was not seen. */
export type Quality = 'exact' | 'partial';

/**
 * Why a call was closed without the PBX telling its end · gone: the PBX no longer knows it ·
 * pbxRestarted: the PBX has started anew since · linkLost: we stopped watching.
 */
export type ClosedReason = 'gone' | 'pbxRestarted' | 'linkLost';

export interface CallParty {
  number: string | null;
  /** Null for whoever does not belong to the customer unless the line told a name. */
  name: string | null;
  device: string | null;
  userId: string | null;
  /** Only in `to`: the first queue the call came into. */
  queue: string | null;
}

export type LegSpanState = 'ringing' | 'talking' | 'hold' | 'queue' | 'parked' | LegServiceState;

export interface LegSpan {
  state: LegSpanState;
  from: number;
  /** null: still so. */
  to: number | null;
}

/** One device or line in the call. Upsert by (customer, callKey, legId). Helpers of the PBX (Local) never appear. */
export interface Leg {
  legId: string;
  /** `Segment.index` of the segment in which the leg came into the call. */
  segment: number;
  /** `trunk` is also what stands in for somebody else's phone: number only, no device, no name. */
  kind: 'device' | 'trunk';
  /** originator: it came to the PBX by itself · target: the PBX dialled it. */
  side: 'originator' | 'target';
  device: string | null;
  number: string | null;
  name: string | null;
  userId: string | null;
  startedAt: number;
  ringingAt: number | null;
  answeredAt: number | null;
  endedAt: number | null;
  ringMs: number;
  talkMs: number;
  holdMs: number;
  failure: LegFailure | null;
  /** Q.850 cause of the end. */
  cause: number | null;
  /** In order of `from`; of one leg they never overlap. */
  spans: LegSpan[];
}

/**
 * device: rang or talked at one phone of the customer · group: several rang at once · queue · external: rang or talked outside ·
 * the others: at a PBX application.
 */
export type SegmentKind = 'device' | 'group' | 'queue' | 'external' | 'voicemail' | 'ivr' | 'conference' | 'parking' | 'other';

export type SegmentOutcome = 'answered' | 'noAnswer' | 'busy' | 'cancelled' | 'failed' | QueueLeft;

/** Part of the call answered at one device or ringing one queue or group. Upsert by (customer, callKey, index). */
export interface Segment {
  /** 0, 1, 2 ... in order of `startedAt`. Segments may overlap (consultation). */
  index: number;
  kind: SegmentKind;
  queue: string | null;
  /** Whoever answered; if nobody did, the one that rang when only one rang. */
  device: string | null;
  number: string | null;
  name: string | null;
  userId: string | null;
  startedAt: number;
  answeredAt: number | null;
  endedAt: number | null;
  ringMs: number;
  talkMs: number;
  holdMs: number;
  /** null: not ended yet. */
  outcome: SegmentOutcome | null;
  /** How the call came to this segment; null: by the ordinary course of the dial plan. */
  transferKind: TransferKind | null;
  /** A talk beside the call, before an attended transfer. Left out of the call's sums. */
  consultation: boolean;
}

/** The whole call as one customer sees it. Upsert by (customer, callKey). */
export interface Call {
  /** Unique within the link for good: PBX run and first leg. */
  callKey: string;
  direction: CallDirection;
  from: CallParty;
  to: CallParty;
  /** The number dialled from outside; null unless incoming. */
  did: string | null;
  startedAt: number;
  /** First answer by a person (a service's answer does not count). */
  answeredAt: number | null;
  endedAt: number | null;
  outcome: CallOutcome;
  endedBy: EndedBy;
  /** Time in which something rang, until the first answer. Later rings are not added. */
  ringMs: number;
  /** Time talked, without hold and without consultations. */
  talkMs: number;
  holdMs: number;
  /** Time waited in queues. */
  waitMs: number;
  state: CallState;
  /** Since when `state` holds; for `ended` the end. */
  stateSince: number;
  /** Queue in which the call waits now. */
  waitingIn: string | null;
  quality: Quality;
  closedReason: ClosedReason | null;
  segments: Segment[];
  legs: Leg[];
  /**
   * What the reducer needs to go on after a restart of our process; give it back to `restore`.
   * null once the call has ended. To be stored as it is, never shown.
   */
  resume: CallResume | null;
}

/** Opaque to everybody but the reducer; JSON, versioned. */
export interface CallResume {
  v: 1;
  [key: string]: unknown;
}

/**
 * upsert: the whole call, replacing what was stored under the key (segments and legs not named are
 * gone) · removed: the call turned out to be part of `into`, whose upsert stands before it in the
 * same take; delete the row with its segments and legs.
 */
export type CallChange =
  | { kind: 'upsert'; customerId: string; call: Call }
  | { kind: 'merged'; customerId: string; callKey: string; into: string };

/** An open call as stored. */
export interface OpenCall {
  customerId: string;
  callKey: string;
  resume: CallResume;
}
