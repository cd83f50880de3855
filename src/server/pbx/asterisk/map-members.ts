import type { AccountKey, DeviceState } from '../../../contract/events.ts';
import { memberState, told, type Names } from './map-names.ts';
import type { Output } from './map-output.ts';
import type { AmiMessage } from './message.ts';

interface Member {
  name: string | null;
  device: string;
  queues: Map<string, Membership>;
  state: DeviceState | null;
}

interface Membership {
  dynamic: boolean;
  paused: boolean;
  reason: string | null;
  wrapUpMs: number;
}

/** Phones whose keys were learned from calls; more than any one PBX has. */
const LEARNED = 50_000;

/** Keeps the members of the queues and tells their logins, pauses and device states, each once. */
export class Members {
  names: Names;
  readonly #out: Output;
  readonly #members = new Map<string, Member>();
  readonly #devices = new Set<string>();
  readonly #learned = new Map<string, readonly AccountKey[]>();

  constructor(out: Output, names: Names) {
    this.#out = out;
    this.names = names;
  }

  isMember(device: string): boolean {
    return this.#devices.has(device);
  }

  wrapUpMs(agent: string, queue: string): number {
    return this.#members.get(agent)?.queues.get(queue)?.wrapUpMs ?? 0;
  }

  /** A member block, in an event or a list. */
  joined(message: AmiMessage): void {
    const agent = agentIn(message);
    const queue = message.get('Queue');
    if (agent === undefined || queue === undefined) return;
    const member = this.#memberOf(agent, message);
    const dynamic = message.get('Membership') === 'dynamic';
    const known = member.queues.get(queue);
    if (known === undefined || this.#out.origin === 'snapshot') {
      member.queues.set(queue, { dynamic, paused: known?.paused ?? false, reason: known?.reason ?? null, wrapUpMs: 0 });
      this.#tellMembership(agent, member, queue);
    }
    this.paused(message);
    this.state(message);
  }

  left(message: AmiMessage): void {
    const agent = agentIn(message);
    const queue = message.get('Queue');
    if (agent === undefined || queue === undefined) return;
    const member = this.#members.get(agent);
    const dynamic = message.get('Membership') === 'dynamic';
    this.#out.emit({
      type: 'agent.membership',
      agent,
      name: nameIn(message),
      ...phone(member),
      queue,
      loggedIn: false,
      dynamic,
      keys: this.#keysOf(agent, member, queue),
    });
    member?.queues.delete(queue);
    if (member?.queues.size === 0) this.#members.delete(agent);
  }

  paused(message: AmiMessage): void {
    const agent = agentIn(message);
    const queue = message.get('Queue');
    if (agent === undefined || queue === undefined) return;
    const membership = this.#membership(agent, queue, message);
    const paused = message.get('Paused') === '1';
    const reason = paused ? (told(message.get('PausedReason')) ?? told(message.get('Reason'))) : null;
    if (membership.paused === paused && membership.reason === reason && this.#out.origin === 'live') return;
    membership.paused = paused;
    membership.reason = reason;
    this.#out.emit({ type: 'agent.paused', agent, queue, paused, reason });
  }

  state(message: AmiMessage): void {
    const agent = agentIn(message);
    const queue = message.get('Queue');
    if (agent === undefined || queue === undefined) return;
    const membership = this.#membership(agent, queue, message);
    membership.wrapUpMs = Number(message.get('Wrapuptime') ?? 0) * 1_000 || 0;
    const member = this.#memberOf(agent, message);
    const state = memberState(message.get('Status'), message.get('InCall'));
    if (member.state === state && this.#out.origin === 'live') return;
    member.state = state;
    this.#out.emit({ type: 'agent.device', agent, state });
  }

  /** A call told more of a phone than the directory does: its memberships are told again with that. */
  learn(device: string, keys: readonly AccountKey[]): void {
    if (this.#learned.has(device) || this.#learned.size >= LEARNED) return;
    const known = this.names.user(device)?.keys ?? [];
    const more = keys.filter((key) => !key.startsWith('context:') && !key.startsWith('name:') && !known.includes(key));
    if (more.length === 0) return;
    this.#learned.set(device, more);
    if (!this.#devices.has(device)) return;
    for (const [agent, member] of this.#members) {
      if (member.device === device) for (const queue of member.queues.keys()) this.#tellMembership(agent, member, queue);
    }
  }

  /** A snapshot begins: it names every member there is. */
  forget(): void {
    this.#members.clear();
  }

  #membership(agent: string, queue: string, message: AmiMessage): Membership {
    const member = this.#memberOf(agent, message);
    let membership = member.queues.get(queue);
    if (membership === undefined) {
      // Its login was missed.
      membership = { dynamic: message.get('Membership') === 'dynamic', paused: false, reason: null, wrapUpMs: 0 };
      member.queues.set(queue, membership);
      this.#tellMembership(agent, member, queue);
    }
    return membership;
  }

  #memberOf(agent: string, message: AmiMessage): Member {
    let member = this.#members.get(agent);
    if (member === undefined) {
      member = {
        name: nameIn(message),
        device: this.names.deviceOfAgent(agent, message.get('StateInterface')),
        queues: new Map(),
        state: null,
      };
      this.#members.set(agent, member);
      this.#devices.add(member.device);
    }
    return member;
  }

  #tellMembership(agent: string, member: Member, queue: string): void {
    this.#out.emit({
      type: 'agent.membership',
      agent,
      name: member.name,
      ...phone(member),
      queue,
      loggedIn: true,
      dynamic: member.queues.get(queue)?.dynamic ?? false,
      keys: this.#keysOf(agent, member, queue),
    });
  }

  /** The phone's own keys; only where it has none those of the queue: a queue may be shared. */
  #keysOf(agent: string, member: Member | undefined, queue: string): AccountKey[] {
    const device = member?.device ?? agent;
    const known = [...(this.names.user(device)?.keys ?? []), ...(this.#learned.get(device) ?? [])];
    return [...new Set<AccountKey>([`name:${agent}`, `name:${device}`, ...(known.length > 0 ? known : this.names.queueKeys(queue))])];
  }
}

function agentIn(message: AmiMessage): string | undefined {
  return message.get('Interface') ?? message.get('Location');
}

function nameIn(message: AmiMessage): string | null {
  return told(message.get('MemberName') ?? message.get('Name'));
}

function phone(member: Member | undefined): { device?: string } {
  return member === undefined || member.device.startsWith('Local/') ? {} : { device: member.device };
}
