import type { NeutralEvent } from '../../../contract/events.ts';
import { createAgentReducer } from '../agents/index.ts';
import type { AgentChange, AgentPlace, OpenAgent } from '../agents/index.ts';
import { createAttribution, createCallReducer, type CallChange, type CallPlace, type OpenCall } from '../calls/index.ts';
import type { Lease, Share } from './monitoring.ts';

/** The reducers of one link and who its customers are now. */
export class Monitor implements CallPlace, AgentPlace {
  readonly lease: Lease;
  readonly linkId: string;
  #shares = new Map<string, Share>();
  #attribute: (keys: readonly string[]) => string | null = () => null;
  readonly #calls;
  readonly #agents;
  #dirty = false;

  constructor(lease: Lease, shares: readonly Share[], open: { calls: readonly OpenCall[]; agents: readonly OpenAgent[] }) {
    this.lease = lease;
    this.linkId = lease.linkId;
    this.#share(shares);
    const attribute = (keys: readonly string[]): string | null => this.#attribute(keys);
    this.#calls = createCallReducer({ attribute, resolveUser: (customerId, device, number) => this.#userOf(customerId, device, number) });
    this.#agents = createAgentReducer({ attribute });
    this.#calls.restore(open.calls);
    this.#agents.restore(open.agents);
  }

  events(batch: readonly NeutralEvent[]): void {
    this.#dirty = true;
    for (const event of batch) {
      this.#calls.apply(event);
      this.#agents.apply(event);
    }
  }

  /** Ends what ends by the clock alone (wrap-up), when nothing else happens. */
  advance(now: number): void {
    this.#agents.advance(now);
    this.#dirty = true;
  }

  /** Changes since the last take. */
  take(): { calls: CallChange[]; agents: AgentChange[] } | null {
    if (!this.#dirty) return null;
    this.#dirty = false;
    return { calls: this.#calls.takeChanges(), agents: this.#agents.takeChanges() };
  }

  /** Legs that were nobody's since the last such take, by their account keys. */
  takeStrangers(): Record<string, number> {
    return this.#calls.takeUnattributed();
  }

  /** A share begins after the link's first snapshot: what was nobody's in it may be the customer's. */
  setShares(shares: readonly Share[]): void {
    this.#share(shares);
    this.#calls.claim();
    this.#agents.claim();
    this.#dirty = true;
  }

  #share(shares: readonly Share[]): void {
    this.#shares = new Map(shares.map((share) => [share.customerId, share]));
    const { attribute } = createAttribution(shares.flatMap((share) => share.rules));
    this.#attribute = attribute;
  }

  customerIds(): string[] {
    return [...this.#shares.keys()];
  }

  connectionOf(customerId: string): string | null {
    return this.#shares.get(customerId)?.connectionId ?? null;
  }

  queueIdOf(customerId: string, queue: string): string | null {
    return this.#shares.get(customerId)?.queues.get(queue) ?? null;
  }

  userIdOf(customerId: string, device: string): string | null {
    return this.#shares.get(customerId)?.users.get(device) ?? null;
  }

  counters(): { unattributed: number } {
    return this.#calls.counters();
  }

  #userOf(customerId: string, device: string | null, number: string | null): string | null {
    const users = this.#shares.get(customerId)?.users;
    return (device === null ? undefined : users?.get(device)) ?? (number === null ? undefined : users?.get(number)) ?? null;
  }
}
