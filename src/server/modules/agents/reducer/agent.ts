import type { AccountKey, DeviceState } from '../../../../contract/events.ts';
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

type Shown = Pick<AgentSpan, 'state' | 'paused' | 'reason' | 'queue'>;

/** What is known of one agent, and the state that follows from it. */
export class Agent {
  readonly id: string;
  name: string | null = null;
  phone: string | null = null;
  /** What it can be attributed by, as last told. */
  keys: readonly AccountKey[] = [];
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
  #previous: AgentSpan | null = null;
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
    if (span !== null && span.to === null && sameState(span, next)) return;
    this.dirty = true;
    const begun = { ...next, quality: next.state === 'wrapUp' ? ('inferred' as const) : quality, closedReason: null };
    if (span !== null && span.to === null && at - span.from < SEAM_MS && span.quality !== 'partial') {
      this.#revise(span, begun);
      return;
    }
    this.#previous = span;
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

  /** The span was none: it becomes what followed, or goes back into what was before. */
  #revise(span: AgentSpan, begun: Omit<AgentSpan, 'from' | 'to'>): void {
    this.changed.add(span);
    const previous = this.#previous;
    if (previous === null || previous.to !== span.from || previous.closedReason !== null || !sameState(previous, begun)) {
      Object.assign(span, begun);
      return;
    }
    span.to = span.from;
    previous.to = null;
    this.changed.add(previous);
    this.span = previous;
    this.#previous = null;
  }

  #state(): Shown {
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

function sameState(a: Shown, b: Shown): boolean {
  return a.state === b.state && a.paused === b.paused && a.reason === b.reason && a.queue === b.queue;
}
