import type { AccountKey, NeutralEvent } from '../../../../contract/events.ts';
import { Agent } from './agent.ts';
import type { AgentChange, AgentSpan, OpenAgent, SpanClosedReason } from './model.ts';

export type * from './model.ts';

export interface AgentReducerOptions {
  /** Whose an agent with these keys is; null: nobody's, or it cannot be told. */
  attribute(keys: readonly AccountKey[]): string | null;
}

export interface AgentReducer {
  /** Takes one event of one link, in the order read. Never throws for what a PBX says. */
  apply(event: NeutralEvent): void;
  /** Ends the wrap-ups that are over by now. To be called from time to time: nothing else may happen. */
  advance(at: number): void;
  /** What changed since the last take: each agent at most once. */
  takeChanges(): AgentChange[];
  /** Loads the agents as stored, before the first event. */
  restore(agents: readonly OpenAgent[]): void;
  /** Closes every open span: the link is not watched any more. */
  closeAll(at: number, reason: SpanClosedReason): void;
  /** Agents that were nobody's may be somebody's now: a customer's share of the link has begun or changed. */
  claim(): void;
  /** Agents that are nobody's. */
  unattributed(): number;
}

/** Turns the neutral events of one link into spans of agent states per customer. Pure: no clock, no I/O. */
export function createAgentReducer(options: AgentReducerOptions): AgentReducer {
  return new Reducer(options);
}

class Reducer implements AgentReducer {
  readonly #attribute: AgentReducerOptions['attribute'];
  readonly #agents = new Map<string, Agent>();
  readonly #dirty = new Set<Agent>();
  readonly #wrappingUp = new Set<Agent>();
  /** When the first of them is over. */
  #nextDue = Infinity;
  /** Agents by the caller's leg that rings them or talks to them. */
  readonly #byLeg = new Map<string, Set<Agent>>();
  /** Spans that were given out. */
  readonly #given = new WeakSet<AgentSpan>();
  #round = 0;
  #inSnapshot = false;
  #gap = false;

  constructor(options: AgentReducerOptions) {
    this.#attribute = options.attribute;
  }

  apply(event: NeutralEvent): void {
    if (event.at >= this.#nextDue) this.advance(event.at);
    switch (event.type) {
      case 'agent.membership':
        this.#membership(event);
        return;
      case 'agent.paused': {
        const agent = this.#agents.get(event.agent);
        const membership = agent?.queues.get(event.queue);
        if (agent === undefined || membership === undefined) return;
        membership.paused = event.paused;
        membership.reason = event.reason;
        agent.dirty = true;
        this.#settle(agent, event.at);
        return;
      }
      case 'agent.device': {
        const agent = this.#agents.get(event.agent);
        if (agent === undefined) return;
        agent.device = event.state;
        this.#settle(agent, event.at);
        return;
      }
      case 'queue.offered':
        this.#busy(event.agent, 'offers', event.leg, event.queue, event.at);
        return;
      case 'queue.connected':
        this.#busy(event.agent, 'calls', event.leg, event.queue, event.at);
        this.#free('offers', event.leg, event.at);
        return;
      case 'queue.declined': {
        const agent = this.#agents.get(event.agent);
        if (agent?.offers.delete(event.leg) === true) this.#settle(agent, event.at);
        return;
      }
      case 'queue.completed':
        this.#completed(event.agent, event.leg, event.queue, event.wrapUpMs, event.at);
        return;
      case 'queue.left':
        if (event.reason === 'abandoned' || event.reason === 'timeout') this.#free('offers', event.leg, event.at);
        return;
      case 'leg.ended':
        this.#free('offers', event.leg, event.at);
        this.#free('calls', event.leg, event.at);
        this.#byLeg.delete(event.leg);
        return;
      case 'snapshot.started':
        this.#snapshotStarted(event.at, event.restarted, event.gap);
        return;
      case 'snapshot.completed':
        this.#snapshotCompleted(event.at);
        return;
      default:
    }
  }

  advance(at: number): void {
    this.#nextDue = Infinity;
    for (const agent of this.#wrappingUp) {
      const due = agent.wrapUp?.until ?? 0;
      if (due > at) {
        this.#nextDue = Math.min(this.#nextDue, due);
        continue;
      }
      this.#wrappingUp.delete(agent);
      agent.wrapUp = null;
      this.#settle(agent, due);
    }
  }

  takeChanges(): AgentChange[] {
    const changes: AgentChange[] = [];
    for (const agent of this.#dirty) {
      const { owner, span } = agent;
      if (!agent.dirty || owner === null || span === null) continue;
      agent.dirty = false;
      // A span of no length is told only to take back what was given out before.
      const spans = [...agent.changed].filter((s) => s.to !== s.from || this.#given.has(s)).sort((a, b) => a.from - b.from);
      agent.changed.clear();
      for (const given of spans) this.#given.add(given);
      const queues = [...agent.queues.values()].map(({ round: _, ...membership }) => membership);
      changes.push({
        customerId: owner,
        agent: agent.id,
        name: agent.name,
        device: agent.phone,
        queues,
        current: { ...span },
        spans: spans.map((s) => ({ ...s })),
      });
    }
    this.#dirty.clear();
    return changes;
  }

  restore(agents: readonly OpenAgent[]): void {
    for (const { customerId, agent: id, name, queues, current } of agents) {
      const agent = new Agent(id);
      agent.owner = customerId;
      agent.name = name;
      agent.span = { ...current };
      for (const membership of queues) agent.queues.set(membership.queue, { ...membership, round: 0 });
      this.#agents.set(id, agent);
    }
  }

  closeAll(at: number, reason: SpanClosedReason): void {
    for (const agent of this.#agents.values()) {
      agent.close(at, reason);
      if (agent.dirty) this.#dirty.add(agent);
    }
  }

  claim(): void {
    for (const agent of this.#agents.values()) {
      if (agent.owner !== null) continue;
      agent.owner = this.#attribute(agent.keys);
      // All that is known of it has yet to be told.
      if (agent.owner === null) continue;
      agent.dirty = true;
      this.#dirty.add(agent);
    }
  }

  unattributed(): number {
    let count = 0;
    for (const { owner } of this.#agents.values()) if (owner === null) count++;
    return count;
  }

  #membership(event: NeutralEvent & { type: 'agent.membership' }): void {
    let agent = this.#agents.get(event.agent);
    if (agent === undefined) this.#agents.set(event.agent, (agent = new Agent(event.agent)));
    agent.keys = event.keys;
    agent.owner ??= this.#attribute(event.keys);
    agent.name = event.name ?? agent.name;
    agent.phone = event.device ?? agent.phone;
    agent.dirty = true;
    const known = agent.queues.get(event.queue);
    if (!event.loggedIn) agent.queues.delete(event.queue);
    else if (known === undefined)
      agent.queues.set(event.queue, {
        queue: event.queue,
        dynamic: event.dynamic,
        paused: false,
        reason: null,
        since: event.at,
        round: this.#round,
      });
    else known.round = this.#round;
    this.#settle(agent, event.at);
  }

  #busy(id: string, how: 'offers' | 'calls', leg: string, queue: string, at: number): void {
    const agent = this.#agents.get(id);
    if (agent === undefined) return;
    agent[how].set(leg, queue);
    let agents = this.#byLeg.get(leg);
    if (agents === undefined) this.#byLeg.set(leg, (agents = new Set()));
    agents.add(agent);
    this.#settle(agent, at);
  }

  /** The caller at `leg` is served, or gone: nobody is rung for it any more. */
  #free(how: 'offers' | 'calls', leg: string, at: number): void {
    for (const agent of this.#byLeg.get(leg) ?? []) if (agent[how].delete(leg)) this.#settle(agent, at);
  }

  #completed(id: string, leg: string, queue: string, wrapUpMs: number, at: number): void {
    const agent = this.#agents.get(id);
    if (agent === undefined) return;
    agent.calls.delete(leg);
    if (wrapUpMs > 0) {
      agent.wrapUp = { queue, until: at + wrapUpMs };
      this.#wrappingUp.add(agent);
      this.#nextDue = Math.min(this.#nextDue, at + wrapUpMs);
    }
    this.#settle(agent, at);
  }

  #snapshotStarted(at: number, restarted: boolean, gap: boolean): void {
    this.#round++;
    this.#inSnapshot = true;
    this.#gap = gap;
    if (!gap) return;
    for (const agent of this.#agents.values()) {
      agent.offers.clear();
      agent.calls.clear();
      if (restarted) {
        agent.wrapUp = null;
        agent.close(at, 'pbxRestarted');
      }
    }
    this.#byLeg.clear();
  }

  #snapshotCompleted(at: number): void {
    this.#inSnapshot = false;
    for (const agent of this.#agents.values()) {
      for (const { queue, round } of agent.queues.values()) {
        if (round === this.#round) continue;
        agent.queues.delete(queue);
        agent.dirty = true;
      }
      this.#settle(agent, at);
    }
    this.#gap = false;
  }

  #settle(agent: Agent, at: number): void {
    if (!this.#inSnapshot) agent.settle(at, this.#gap ? 'partial' : 'exact');
    if (agent.dirty) this.#dirty.add(agent);
  }
}
