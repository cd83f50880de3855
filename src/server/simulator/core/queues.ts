import { channelBlock, type Channel } from './channel.ts';
import type { Company, Person, QueuePlan, QueueStrategy } from './company.ts';
import { line } from './event.ts';
import type { Switch } from './switch.ts';

export interface QueueMember {
  person: Person;
  /** Asterisk's Interface: the agent's key. */
  interface: string;
  penalty: number;
  callsTaken: number;
  /** Epoch seconds, 0: never. */
  lastCall: number;
  lastPause: number;
  loginTime: number;
  inCall: boolean;
  paused: boolean;
  pausedReason: string;
}

export interface QueueEntry {
  channel: Channel;
  joinedAt: number;
  originalPosition: number;
}

export interface Queue {
  plan: QueuePlan;
  company: Company;
  strategy: QueueStrategy;
  members: QueueMember[];
  entries: QueueEntry[];
  completed: number;
  abandoned: number;
  /** Running means, whole seconds, as app_queue keeps them. */
  holdtime: number;
  talktime: number;
  withinServiceLevel: number;
  /** Where round robin goes on. */
  cursor: number;
}

export const WRAPUP_SECONDS = 5;
export const SERVICE_LEVEL_SECONDS = 20;

/** Queues, who is logged in, who waits. */
export class Queues {
  readonly list: readonly Queue[];
  #byName = new Map<string, Queue>();
  #pbx: Switch;

  constructor(pbx: Switch) {
    this.#pbx = pbx;
    this.list = pbx.companies.flatMap((company) =>
      company.queues.map((plan) => ({
        plan,
        company,
        strategy: plan.strategy,
        members: [],
        entries: [],
        completed: 0,
        abandoned: 0,
        holdtime: 0,
        talktime: 0,
        withinServiceLevel: 0,
        cursor: 0,
      })),
    );
    for (const queue of this.list) this.#byName.set(queue.plan.name, queue);
  }

  /** @throws Error for an unknown name */
  get(name: string): Queue {
    const queue = this.#byName.get(name);
    if (!queue) throw new Error(`the simulated PBX has no queue ${name}`);
    return queue;
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  login(queue: Queue, person: Person): void {
    if (this.member(queue, person)) return;
    const member: QueueMember = {
      person,
      interface: person.device,
      penalty: 0,
      callsTaken: 0,
      lastCall: 0,
      lastPause: 0,
      loginTime: this.#pbx.nowSeconds(),
      inCall: false,
      paused: false,
      pausedReason: '',
    };
    queue.members.push(member);
    this.#pbx.devices.set(pauseDevice(queue, member), 'NOT_INUSE');
    this.#sendMember('QueueMemberAdded', queue, member);
    this.#availability(queue);
  }

  logout(queue: Queue, person: Person): void {
    const member = this.member(queue, person);
    if (!member) return;
    queue.members.splice(queue.members.indexOf(member), 1);
    this.#sendMember('QueueMemberRemoved', queue, member);
    this.#availability(queue);
  }

  setPaused(queue: Queue, person: Person, paused: boolean, reason: string): void {
    const member = this.member(queue, person);
    if (!member || member.paused === paused) return;
    member.paused = paused;
    member.pausedReason = paused ? reason : '';
    if (paused) member.lastPause = this.#pbx.nowSeconds();
    this.#pbx.devices.set(pauseDevice(queue, member), paused ? 'INUSE' : 'NOT_INUSE');
    this.#sendMember('QueueMemberPause', queue, member);
    this.#availability(queue);
  }

  member(queue: Queue, person: Person): QueueMember | undefined {
    return queue.members.find((m) => m.person === person);
  }

  /** May be offered a call now. */
  isAvailable(member: QueueMember): boolean {
    return !member.paused && !member.inCall && this.#pbx.devices.isFree(member.person.device) && !this.#wrapsUp(member);
  }

  join(queue: Queue, channel: Channel): QueueEntry {
    const entry: QueueEntry = { channel, joinedAt: this.#pbx.now(), originalPosition: queue.entries.length + 1 };
    queue.entries.push(entry);
    this.#pbx.devices.set(`Queue:${queue.plan.name}`, 'RINGING');
    const position = line('Position', queue.entries.length) + line('Count', queue.entries.length);
    this.#pbx.sendChannel('QueueCallerJoin', channel, line('Queue', queue.plan.name) + position, 'agent');
    return entry;
  }

  abandon(queue: Queue, entry: QueueEntry): void {
    queue.abandoned++;
    const fields =
      line('Queue', queue.plan.name) +
      line('Position', queue.entries.indexOf(entry) + 1) +
      line('OriginalPosition', entry.originalPosition) +
      line('HoldTime', this.waitSeconds(entry));
    this.#pbx.sendChannel('QueueCallerAbandon', entry.channel, fields, 'agent');
  }

  leave(queue: Queue, entry: QueueEntry): void {
    const position = queue.entries.indexOf(entry) + 1;
    queue.entries.splice(position - 1, 1);
    if (queue.entries.length === 0) this.#pbx.devices.set(`Queue:${queue.plan.name}`, 'NOT_INUSE');
    const fields = line('Queue', queue.plan.name) + line('Position', position) + line('Count', queue.entries.length);
    this.#pbx.sendChannel('QueueCallerLeave', entry.channel, fields, 'agent');
  }

  /** Whole seconds by the clock's second hand, as app_queue counts. */
  waitSeconds(entry: QueueEntry): number {
    return this.#pbx.nowSeconds() - Math.floor(entry.joinedAt / 1000);
  }

  /** AgentCalled, AgentConnect and the like. */
  sendAgent(name: string, queue: Queue, member: QueueMember, caller: Channel, callee: Channel, more = ''): void {
    const who = line('Queue', queue.plan.name) + line('Interface', member.interface) + line('MemberName', member.person.name);
    this.#pbx.send(name, 'agent', channelBlock(caller) + channelBlock(callee, 'Dest') + who + more);
  }

  /** The statistics of a finished queue call. */
  completed(queue: Queue, member: QueueMember, holdSeconds: number, talkSeconds: number): void {
    queue.completed++;
    queue.holdtime = Math.floor((queue.holdtime * 3 + holdSeconds) / 4);
    queue.talktime = Math.floor((queue.talktime * 3 + talkSeconds) / 4);
    if (holdSeconds <= SERVICE_LEVEL_SECONDS) queue.withinServiceLevel++;
    member.callsTaken++;
    member.lastCall = this.#pbx.nowSeconds();
    member.inCall = false;
  }

  /** A phone's state changed: its memberships tell it. */
  deviceChanged(device: string): void {
    for (const queue of this.list) {
      const member = queue.members.find((m) => m.interface === device);
      if (!member) continue;
      this.#sendMember('QueueMemberStatus', queue, member);
      this.#availability(queue);
    }
  }

  memberStatus(member: QueueMember): number {
    return this.#pbx.devices.statusNumber(member.person.device);
  }

  #wrapsUp(member: QueueMember): boolean {
    return member.lastCall > 0 && this.#pbx.nowSeconds() < member.lastCall + WRAPUP_SECONDS;
  }

  #availability(queue: Queue): void {
    const anyone = queue.members.some((m) => !m.paused && this.#pbx.devices.state(m.person.device) === 'NOT_INUSE');
    this.#pbx.devices.set(`Queue:${queue.plan.name}_avail`, anyone ? 'NOT_INUSE' : 'INUSE');
  }

  #sendMember(name: string, queue: Queue, member: QueueMember): void {
    this.#pbx.send(
      name,
      'agent',
      line('Queue', queue.plan.name) +
        line('MemberName', member.person.name) +
        line('Interface', member.interface) +
        line('StateInterface', member.interface) +
        memberFields(member, this.memberStatus(member)) +
        line('Ringinuse', 0) +
        line('Wrapuptime', WRAPUP_SECONDS),
    );
  }
}

/** From Membership to PausedReason, alike in events and in QueueStatus. */
export function memberFields(member: QueueMember, status: number): string {
  return (
    line('Membership', 'dynamic') +
    line('Penalty', member.penalty) +
    line('CallsTaken', member.callsTaken) +
    line('LastCall', member.lastCall) +
    line('LastPause', member.lastPause) +
    line('LoginTime', member.loginTime) +
    line('InCall', member.inCall ? 1 : 0) +
    line('Status', status) +
    line('Paused', member.paused ? 1 : 0) +
    line('PausedReason', member.pausedReason)
  );
}

const pauseDevice = (queue: Queue, member: QueueMember): string => `Queue:${queue.plan.name}_pause_${member.interface}`;
