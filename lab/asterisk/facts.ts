/**
 * What really happened in a scenario, told by the phones and by whoever wrote the scenario. It owes
 * nothing to AMI, so a connector can be held against it. All moments are ms since 1970.
 */
export interface ScenarioFacts {
  scenario: string;
  /** Asterisk's version. */
  version: string;
  began: number;
  /** No channel was left at that moment. */
  ended: number;
  /** One per SIP dialog of a phone or the carrier, in order of start. */
  legs: LegFacts[];
  /** The calls as a person would tell them. */
  calls: CallFacts[];
  /** Agents' doings in order. */
  agents: AgentFacts[];
}

export type Tenant = 'acme' | 'globex';

export interface LegFacts {
  /** As Asterisk names it: `PJSIP/acme-101`, `PJSIP/trunk`. */
  device: string;
  /** caller: this phone dialled; callee: it was rung. */
  role: 'caller' | 'callee';
  /** What a caller dialled; null for a callee. */
  dialled: string | null;
  /** Number of the caller as it gave it, or as it was shown to the callee. */
  callerNumber: string;
  /** INVITE sent (caller) or received (callee). */
  started: number;
  ringing: number | null;
  answered: number | null;
  /** For whoever transferred: the moment it let go. */
  ended: number;
  /** Times this phone had the other on hold; `to` is null when the call ended on hold. */
  holds: { from: number; to: number | null }[];
  /** self: this phone hung up, cancelled or refused. */
  endedBy: 'self' | 'other';
  /** Final SIP status when it was never answered. */
  failure: number | null;
}

export type CallOutcome = 'answered' | 'noAnswer' | 'callerGaveUp' | 'busy' | 'failed' | 'voicemail' | 'queueAbandoned' | 'queueTimeout';

export interface CallFacts {
  /** Whose call it is. A call between two tenants stands here twice, once as each sees it. */
  tenant: Tenant;
  direction: 'inbound' | 'outbound' | 'internal';
  outcome: CallOutcome;
  /** Indexes into `legs`. */
  legs: number[];
  /** Devices that answered, in order of answering, the caller's not counted. */
  answeredBy: string[];
  endedBy: 'caller' | 'callee' | 'pbx';
  queue: QueueFacts | null;
  transfers: TransferFacts[];
}

export interface QueueFacts {
  queue: string;
  left: 'answered' | 'abandoned' | 'timeout';
  /** Members rung, in order. */
  offers: { agent: string; answered: boolean }[];
}

export interface TransferFacts {
  kind: 'blind' | 'attended' | 'park' | 'unpark';
  /** Device of whoever handed the call on (unpark: fetched it). */
  by: string;
  /** Number it went to. */
  to: string;
  at: number;
}

export interface AgentFacts {
  agent: string;
  queue: string;
  change: 'paused' | 'unpaused' | 'loggedIn' | 'loggedOut';
  reason: string | null;
  at: number;
}
