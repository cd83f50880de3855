import type { Channel } from '../core/channel.ts';

export type CallOutcome =
  | 'answered'
  | 'noAnswer'
  | 'busy'
  | 'congestion'
  | 'unknownNumber'
  | 'cancelled'
  | 'voicemail'
  | 'abandoned'
  | 'queueTimeout';

/** What truly happened in one placed call, for tests to compare with. Times are milliseconds since 1970 by the PBX's clock. */
export interface CallFacts {
  /** Linkedid the call began with. */
  id: string;
  company: string;
  direction: 'in' | 'out' | 'internal';
  /** Number and name of the caller. */
  from: { number: string; name: string };
  dialled: string;
  startedAt: number;
  /** When a person (not an application) answered first. */
  answeredAt: number | null;
  endedAt: number | null;
  outcome: CallOutcome | null;
  endedBy: 'caller' | 'callee' | 'pbx' | null;
  /** Time between first answer and end without holds and consultations. */
  talkMs: number;
  /** How long the outside party was held, consultations included. */
  holdMs: number;
  parkedMs: number;
  legs: { uniqueid: string; channel: string; device: string }[];
  queue: QueueFacts | null;
  /** Devices the call was handed to, in order. */
  transfers: { kind: 'blind' | 'attended' | 'park'; to: string }[];
}

interface QueueFacts {
  name: string;
  waitedMs: number;
  /** Interface of who took it. */
  agent: string | null;
  /** Every phone that was rung. */
  offers: { agent: string; outcome: 'answered' | 'noAnswer' | 'lost' | 'cancelled'; ringMs: number }[];
}

export function beginFacts(caller: Channel, company: string, direction: CallFacts['direction']): CallFacts {
  const facts: CallFacts = {
    id: caller.linkedid,
    company,
    direction,
    from: { ...caller.callerId },
    dialled: caller.dnid,
    startedAt: caller.createdAt,
    answeredAt: null,
    endedAt: null,
    outcome: null,
    endedBy: null,
    talkMs: 0,
    holdMs: 0,
    parkedMs: 0,
    legs: [],
    queue: null,
    transfers: [],
  };
  addLeg(facts, caller);
  return facts;
}

export function addLeg(facts: CallFacts, leg: Channel): void {
  facts.legs.push({ uniqueid: leg.uniqueid, channel: leg.name, device: leg.device });
}
