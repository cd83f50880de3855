import type { DeviceState } from '../../../../contract/events.ts';
import type { AgentMembership, AgentSpan, AgentState, SpanClosedReason } from './model.ts';

/**
 * The PBX tells the end of a queue's call and the phone's state by different ways, in any order and
 * some ms apart. A state shorter than this was never one: what follows takes its place.
 */
const SEAM_MS = 100;

interface Membership extends AgentMembership {
  /** Round of the last snapshot that named it. */
  round: number;
}

/** What is known of one agent, and the state that follows from it. */
export class Agent {
  readonly id: string;
  name: string | null = null;
  /** Whose it is; once known it stays. */
  owner: string | null = null;
  readonly queues = new Map<string, Membership>();
  device: DeviceState = 'unknown';
  /** Queues that ring the agent, by the caller's leg. */
  readonly offers = new Map<string, string>();
  /** Queues whose caller the agent talks to, by the caller's leg. */
  readonly calls = new Map<string, string>();
  wrapUp: { queue: string; until: number } | null = null;
  span: AgentSpan | null = null;
  /** Spans changed since the last take. */
  readonly changed = new Set<AgentSpan>();
  /** Anything at all changed. */
  dirty = false;

  constructor(id: string) {
    this.id = id;
  }

  /** Brings the span in line with what is known. @param quality partial: what led to the state was not seen */
  settle(at: number, quality: 'exact' | 'partial'): void {
    const next = this.#state();
    const { span } = this;
    if (span !== null && span.to === null && span.state === next.state && span.paused === next.paused && span.reason === next.reason && span.queue === next.queue) return;
    this.dirty = true;
    const begun = { ...next, quality: next.state === 'wrapUp' ? ('inferred' as const) : quality, closedReason: null };
    if (span !== null && span.to === null && at - span.from < SEAM_MS && span.quality !== 'partial') {
      Object.assign(span, begun);
      this.changed.add(span);
      return;
    }
    if (span !== null && span.to === null) this.close(Math.max(at, span.from), null);
    this.span = { ...begun, from: Math.max(at, span?.from ?? at), to: null };
    this.changed.add(this.span);
  }

  close(at: number, reason: SpanClosedReason | null): void {
    if (this.span === null || this.span.to !== null) return;
    this.span.to = Math.max(at, this.span.from);
    this.span.closedReason = reason;
    this.changed.add(this.span);
    this.dirty = true;
  }

  #state(): Pick<AgentSpan, 'state' | 'paused' | 'reason' | 'queue'> {
    const memberships = [...this.queues.values()];
    const paused = memberships.length > 0 && memberships.every((membership) => membership.paused);
    const reason = paused ? (memberships.find((membership) => membership.reason !== null)?.reason ?? null) : null;
    const [state, queue] = this.#activity(memberships.length > 0, paused);
    return { state, paused, reason, queue };
  }

  #activity(loggedIn: boolean, paused: boolean): [AgentState, string | null] {
    if (!loggedIn) return ['loggedOut', null];
    const [call] = this.calls.values();
    if (call !== undefined) return ['onCall', call];
    const [offer] = this.offers.values();
    switch (this.device) {
      case 'inUse':
      case 'ringInUse':
      case 'onHold':
        return ['onCall', offer ?? null];
      case 'busy':
        // A phone set to be busy at one call is so while it rings.
        return offer === undefined ? ['onCall', null] : ['ringing', offer];
      case 'ringing':
        return ['ringing', offer ?? null];
      case 'idle':
      case 'unavailable':
      case 'unknown':
        if (offer !== undefined) return ['ringing', offer];
        if (this.wrapUp !== null) return ['wrapUp', this.wrapUp.queue];
        if (paused) return ['paused', null];
        return [this.device === 'unavailable' ? 'unavailable' : 'available', null];
      default:
        return this.device satisfies never;
    }
  }
}
