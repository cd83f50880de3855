/**
 * What was seen, leg by leg, before anybody asks whose call it is. The reducer only adds to these;
 * everything a customer sees is worked out from them (`describe.ts`), so that the order in which
 * facts come in and the moment in which groups are joined make no difference.
 */
import type { AccountKey, LegFailure, LegKind, LegService, Party, QueueLeft, TransferKind } from '../../../../contract/events.ts';
import type { Interval } from './intervals.ts';
import type { ClosedReason } from './model.ts';

/** Owner of a restored leg of which only this is known: it is somebody else's. */
export const SOMEBODY = '';

export interface Leg {
  id: string;
  /** Order of appearance within the reducer: breaks ties between equal times. */
  order: number;
  group: Group;
  kind: LegKind;
  device: string;
  party: Party;
  dialled: string | null;
  /** Customer the leg's own keys name; for a line also: whose call it was found to be in. Once set it never changes. */
  owner: string | null;
  /** What it could have been attributed by, while it is nobody's. */
  keys: readonly AccountKey[];
  /** First seen in a snapshot: its start was missed. */
  late: boolean;
  startedAt: number;
  /** undefined: came in by itself · null: dialled by the PBX for nobody yet (click to call) · the leg it was dialled for. */
  parent: Leg | null | undefined;
  ringingAt: number | null;
  answeredAt: number | null;
  failedAt: number | null;
  failure: LegFailure | null;
  hangupAt: number | null;
  endedAt: number | null;
  cause: number | null;
  closed: ClosedReason | null;
  /** When this leg pressed hold. */
  holds: Interval[];
  services: Service[];
  stays: QueueStay[];
  offer: QueueOffer | null;
  /** Other end of an internal pair, kept after its end: it tells who dialled whom through the pair. */
  mate: Leg | null;
  bridge: string | null;
  /** Round of the last snapshot that named the leg's bridge. */
  bridgeRound: number;
  /** Conversations going on now, by the other leg. */
  talking: Map<Leg, Conversation>;
  /** Round of the last snapshot that named it. */
  round: number;
}

export interface Service extends Interval {
  service: LegService;
}

export interface QueueStay extends Interval {
  queue: string;
  reason: QueueLeft | null;
  /** Round of the last snapshot that named it. */
  round: number;
}

/** A queue rang this leg for a caller. */
export interface QueueOffer {
  queue: string;
  agent: string;
  connectedAt: number | null;
}

/** Two real legs that heard each other, by whatever bridges and pairs. */
export interface Conversation extends Interval {
  a: Leg;
  b: Leg;
  /** One left the bridge with the other on hold, to talk to a third: the hold goes on. */
  apart: boolean;
}

export interface Transfer {
  at: number;
  kind: TransferKind;
  by: string;
  byOther: string | null;
  leg: string | null;
  toLeg: string | null;
  toNumber: string | null;
}

/** Legs that belong together. */
export interface Group {
  /** Every id the PBX gave it, oldest first. */
  ids: string[];
  legs: Leg[];
  conversations: Conversation[];
  transfers: Transfer[];
  /** Legs that have not ended. */
  open: number;
  startedAt: number;
  /** Time of the last event: what is open is counted up to here. */
  lastAt: number;
  /** A piece of it was not seen. */
  partial: boolean;
  dirty: boolean;
  calls: Map<string, CallRecord>;
}

/** The call a group is to one customer. */
export interface CallRecord {
  callKey: string;
  /** What was given out of it when it had ended: the group may go on for another customer. */
  ended: string | null;
}

export interface NewLeg {
  id: string;
  kind: LegKind;
  device: string;
  party: Party;
  dialled: string | null;
  keys: readonly AccountKey[];
}

export function newGroup(id: string, at: number): Group {
  return {
    ids: [id],
    legs: [],
    conversations: [],
    transfers: [],
    open: 0,
    startedAt: at,
    lastAt: at,
    partial: false,
    dirty: true,
    calls: new Map(),
  };
}

export function newLeg(leg: Omit<NewLeg, 'keys'>, group: Group, order: number, at: number): Leg {
  return {
    id: leg.id,
    order,
    group,
    kind: leg.kind,
    device: leg.device,
    party: leg.party,
    dialled: leg.dialled,
    owner: null,
    keys: [],
    late: false,
    startedAt: at,
    parent: undefined,
    ringingAt: null,
    answeredAt: null,
    failedAt: null,
    failure: null,
    hangupAt: null,
    endedAt: null,
    cause: null,
    closed: null,
    holds: [],
    services: [],
    stays: [],
    offer: null,
    mate: null,
    bridge: null,
    bridgeRound: 0,
    talking: new Map(),
    round: 0,
  };
}

/** Ends the last interval of a list if it is open. @returns whether it was */
export function close(intervals: Interval[], at: number): boolean {
  const last = intervals.at(-1);
  if (last === undefined || last.to !== null) return false;
  last.to = Math.max(at, last.from);
  return true;
}
