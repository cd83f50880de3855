/** What the agent reducer gives out. All times are milliseconds since 1970 (UTC). */

export type AgentState = 'loggedOut' | 'available' | 'ringing' | 'onCall' | 'wrapUp' | 'paused' | 'unavailable';

/** As for calls: the end of the span was not told by the PBX. */
export type SpanClosedReason = 'gone' | 'pbxRestarted' | 'linkLost';

/**
 * An agent's state from when to when. Upsert by (customer, agent, from). A span with `to` = `from`
 * takes back what was given out before (a state of some ms that turned out to be none).
 */
export interface AgentSpan {
  state: AgentState;
  from: number;
  /** null: still so. */
  to: number | null;
  /** Paused in all queues, also while `state` is a stronger one (onCall, ringing, wrapUp). */
  paused: boolean;
  /** Reason of the pause as the PBX told it. */
  reason: string | null;
  /** The queue whose call rings, is talked or wrapped up. */
  queue: string | null;
  /** inferred: wrap-up is computed from the queue's wrap-up time, no PBX event says it. */
  quality: 'exact' | 'inferred' | 'partial';
  closedReason: SpanClosedReason | null;
}

export interface AgentMembership {
  queue: string;
  dynamic: boolean;
  paused: boolean;
  reason: string | null;
  /** Since when the agent is in the queue, as far as seen. */
  since: number;
}

/** Current state of one agent plus the spans that changed. */
export interface AgentChange {
  customerId: string;
  /** As in the neutral events (Asterisk: the member's interface). */
  agent: string;
  name: string | null;
  /** The phone behind the agent, when it can be told: what finds the user. */
  device: string | null;
  /** Queues the agent is logged in to; empty: logged out. */
  queues: AgentMembership[];
  /** The open span. */
  current: AgentSpan;
  /** Spans that ended, began or changed since the last take, in order of `from`. */
  spans: AgentSpan[];
}

/** An agent's open span and memberships as stored. */
export interface OpenAgent {
  customerId: string;
  agent: string;
  name: string | null;
  queues: AgentMembership[];
  current: AgentSpan;
}
