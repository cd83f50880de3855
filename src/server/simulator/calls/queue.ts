import { createBridge, enterBridge } from '../core/bridging.ts';
import { NOBODY, type Channel } from '../core/channel.ts';
import { line } from '../core/event.ts';
import type { Queue, QueueEntry, QueueMember } from '../core/queues.ts';
import type { Script } from '../core/script.ts';
import { newPhoneChannel, type CallContext } from './ring.ts';

export interface QueueWait {
  /** When the caller hangs up, counted from joining. */
  patienceMs: number;
  /** When the dialplan takes the caller back. */
  timeoutMs: number;
  /** How long one phone is rung before the next. */
  ringTimeoutMs: number;
  /** When the member that is rung answers, null: not at all. Asked once per rung phone, counted from 0. */
  answersAfterMs: (offer: number) => number | null;
}

/** A conversation that came through a queue. */
export interface QueueCall {
  queue: Queue;
  member: QueueMember;
  holdSeconds: number;
  connectedAt: number;
}

type QueueResult = { result: 'answered'; callee: Channel; queueCall: QueueCall } | { result: 'abandoned' | 'timeout' };

interface Offer {
  member: QueueMember;
  leg: Channel;
  answersAfterMs: number | null;
}

/** app_queue looks again this often while nobody is free, and waits this long between two attempts. */
const RETRY_MS = 1000;
const RINGING_AFTER_MS = 50;

/** Asterisk's Queue application from joining to the bridge, the hang-up or the timeout. */
export function* waitInQueue(call: CallContext, caller: Channel, queue: Queue, wait: QueueWait): Script<QueueResult> {
  const { pbx, facts } = call;
  pbx.execute(caller, 'Queue', `${queue.plan.name},tT,,,${Math.round(wait.timeoutMs / 1000)}`);
  const entry = pbx.queues.join(queue, caller);
  pbx.sendChannel('MusicOnHoldStart', caller, line('Class', 'default'));
  facts.queue = { name: queue.plan.name, waitedMs: 0, agent: null, offers: [] };
  const gaveUpAt = entry.joinedAt + wait.patienceMs;
  const timeoutAt = entry.joinedAt + wait.timeoutMs;
  for (let offers = 0; ;) {
    const left = Math.min(gaveUpAt, timeoutAt) - pbx.now();
    if (left <= 0) return leaveUnanswered(call, queue, entry, gaveUpAt <= timeoutAt);
    const members = choose(call, queue, entry);
    if (members.length === 0) {
      yield Math.min(RETRY_MS, left);
      continue;
    }
    const rung = members.map((member) => ({
      member,
      leg: newOffer(call, queue, caller, member),
      answersAfterMs: wait.answersAfterMs(offers++),
    }));
    const single = rung[0];
    if (single && rung.length === 1) pbx.setConnected(caller, single.leg.callerId);
    const answered = yield* ringMembers(call, caller, rung, wait.ringTimeoutMs, left);
    if (answered) return connect(call, queue, entry, answered, rung);
    if (pbx.now() >= gaveUpAt && gaveUpAt <= timeoutAt) return abandonWhileRinging(call, queue, entry, rung);
    noAnswer(call, queue, caller, rung);
    if (pbx.now() < Math.min(gaveUpAt, timeoutAt)) yield Math.min(RETRY_MS, Math.min(gaveUpAt, timeoutAt) - pbx.now());
  }
}

/** Sent when a queue's conversation ends, for whatever reason. */
export function completeQueueCall(
  call: CallContext,
  queueCall: QueueCall,
  caller: Channel,
  callee: Channel,
  reason: 'caller' | 'agent' | 'transfer',
): void {
  const { pbx } = call;
  const talkSeconds = pbx.nowSeconds() - Math.floor(queueCall.connectedAt / 1000);
  pbx.queues.completed(queueCall.queue, queueCall.member, queueCall.holdSeconds, talkSeconds);
  const fields = line('HoldTime', queueCall.holdSeconds) + line('TalkTime', talkSeconds) + line('Reason', reason);
  pbx.queues.sendAgent('AgentComplete', queueCall.queue, queueCall.member, caller, callee, fields);
}

/** Whom to ring now: nobody while as many callers stand before as members are free. */
function choose(call: CallContext, queue: Queue, entry: QueueEntry): QueueMember[] {
  const { pbx } = call;
  const free = queue.members.filter((m) => pbx.queues.isAvailable(m));
  if (queue.entries.indexOf(entry) >= free.length) return [];
  if (queue.strategy === 'ringall') return free;
  const order = (m: QueueMember): number => (queue.members.indexOf(m) - queue.cursor + queue.members.length) % queue.members.length;
  const next = free.reduce((a, b) => (order(b) < order(a) ? b : a));
  queue.cursor = (queue.members.indexOf(next) + 1) % queue.members.length;
  return [next];
}

function newOffer(call: CallContext, queue: Queue, caller: Channel, member: QueueMember): Channel {
  const { pbx } = call;
  const leg = newPhoneChannel(call, caller, member.person);
  leg.exten = caller.exten;
  leg.connected = caller.callerId;
  pbx.queues.sendAgent('AgentCalled', queue, member, caller, leg);
  // Asterisk's DialBegin still carries the channel as it was made.
  leg.exten = 's';
  leg.connected = NOBODY;
  pbx.dialBegin(caller, leg, member.interface);
  leg.exten = caller.exten;
  leg.connected = caller.callerId;
  return leg;
}

/** @returns who answered within the ring time and the caller's time, else null */
function* ringMembers(call: CallContext, caller: Channel, rung: Offer[], ringTimeoutMs: number, leftMs: number): Script<Offer | null> {
  const { pbx } = call;
  yield Math.min(RINGING_AFTER_MS, leftMs);
  for (const { leg } of rung) {
    pbx.setState(leg, 5);
    pbx.execute(leg, 'AppQueue', '(Outgoing Line)');
    pbx.setConnected(leg, caller.callerId);
    pbx.devices.refresh(leg.device);
    pbx.dialRinging(caller, leg);
  }
  const soonest = rung.reduce((a, b) => ((b.answersAfterMs ?? Infinity) < (a.answersAfterMs ?? Infinity) ? b : a));
  const answersAfter = Math.max(RINGING_AFTER_MS + 1, soonest.answersAfterMs ?? Infinity);
  const limit = Math.min(ringTimeoutMs, leftMs);
  yield Math.max(0, Math.min(answersAfter, limit) - RINGING_AFTER_MS);
  return answersAfter < limit ? soonest : null;
}

function connect(call: CallContext, queue: Queue, entry: QueueEntry, winner: Offer, rung: Offer[]): QueueResult {
  const { pbx, facts } = call;
  const caller = entry.channel;
  const losers = rung.filter((o) => o !== winner);
  pbx.setState(winner.leg, 6);
  pbx.dialEnd(caller, winner.leg, 'ANSWER');
  for (const { leg } of losers) pbx.dialEnd(caller, leg, 'CANCEL');
  if (losers.length > 0) pbx.setConnected(caller, winner.leg.callerId);
  pbx.devices.refresh(winner.leg.device);
  for (const { leg } of losers) pbx.dialEnd(caller, leg, 'CANCEL');
  pbx.sendChannel('MusicOnHoldStop', caller);
  pbx.queues.leave(queue, entry);
  const holdSeconds = pbx.queues.waitSeconds(entry);
  const ringSeconds = pbx.nowSeconds() - Math.floor(winner.leg.createdAt / 1000);
  pbx.queues.sendAgent(
    'AgentConnect',
    queue,
    winner.member,
    caller,
    winner.leg,
    line('HoldTime', holdSeconds) + line('RingTime', ringSeconds),
  );
  winner.member.inCall = true;
  for (const { leg } of losers) pbx.hangup(leg, 26);
  const bridge = createBridge(pbx);
  enterBridge(pbx, bridge, winner.leg);
  enterBridge(pbx, bridge, caller);
  facts.answeredAt ??= pbx.now();
  if (facts.queue) {
    facts.queue.waitedMs = pbx.now() - entry.joinedAt;
    facts.queue.agent = winner.member.interface;
  }
  for (const offer of rung) recordOffer(call, offer, offer === winner ? 'answered' : 'lost');
  return { result: 'answered', callee: winner.leg, queueCall: { queue, member: winner.member, holdSeconds, connectedAt: pbx.now() } };
}

function noAnswer(call: CallContext, queue: Queue, caller: Channel, rung: Offer[]): void {
  const { pbx } = call;
  for (const offer of rung) {
    const ringMs = Math.round((pbx.now() - offer.leg.createdAt) / 1000) * 1000;
    pbx.queues.sendAgent('AgentRingNoAnswer', queue, offer.member, caller, offer.leg, line('RingTime', ringMs));
    pbx.dialEnd(caller, offer.leg, 'NOANSWER');
    pbx.dialEnd(caller, offer.leg, 'CANCEL');
    pbx.hangup(offer.leg, 0);
    recordOffer(call, offer, 'noAnswer');
  }
}

/** The caller hangs up while a phone rings: Asterisk says nothing of the agent but the cancelled dial. */
function abandonWhileRinging(call: CallContext, queue: Queue, entry: QueueEntry, rung: Offer[]): QueueResult {
  const { pbx } = call;
  pbx.hangupRequest(entry.channel, null);
  pbx.sendChannel('MusicOnHoldStop', entry.channel);
  for (const { leg } of rung) pbx.dialEnd(entry.channel, leg, 'CANCEL');
  for (const { leg } of rung) pbx.dialEnd(entry.channel, leg, 'CANCEL');
  pbx.queues.abandon(queue, entry);
  leave(call, queue, entry);
  pbx.softHangup(entry.channel, 16);
  pbx.hangup(entry.channel, 0);
  for (const offer of rung) {
    recordOffer(call, offer, 'cancelled');
    pbx.hangup(offer.leg, 0);
  }
  return { result: 'abandoned' };
}

function leaveUnanswered(call: CallContext, queue: Queue, entry: QueueEntry, hangsUp: boolean): QueueResult {
  const { pbx } = call;
  if (hangsUp) pbx.hangupRequest(entry.channel, null);
  pbx.queues.abandon(queue, entry);
  pbx.sendChannel('MusicOnHoldStop', entry.channel);
  leave(call, queue, entry);
  if (!hangsUp) return { result: 'timeout' };
  pbx.softHangup(entry.channel, 16);
  pbx.hangup(entry.channel, 0);
  return { result: 'abandoned' };
}

function leave(call: CallContext, queue: Queue, entry: QueueEntry): void {
  call.pbx.queues.leave(queue, entry);
  if (call.facts.queue) call.facts.queue.waitedMs = call.pbx.now() - entry.joinedAt;
}

function recordOffer(call: CallContext, offer: Offer, outcome: 'answered' | 'noAnswer' | 'lost' | 'cancelled'): void {
  call.facts.queue?.offers.push({ agent: offer.member.interface, outcome, ringMs: call.pbx.now() - offer.leg.createdAt });
}
