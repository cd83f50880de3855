import { createBridge, enterBridge } from '../core/bridging.ts';
import type { Channel } from '../core/channel.ts';
import type { Company, Person } from '../core/company.ts';
import type { Script } from '../core/script.ts';
import type { Switch } from '../core/switch.ts';
import { addLeg, type CallFacts } from './facts.ts';

/** What the world needs from a running script. */
export interface CallContext {
  pbx: Switch;
  company: Company;
  facts: CallFacts;
}

/** What somebody who is rung does. Times in milliseconds from the dial. */
export type Answer =
  | { does: 'answers'; afterMs: number }
  | { does: 'noAnswer'; ringMs: number }
  | { does: 'busy' }
  | { does: 'congestion' }
  | { does: 'unknownNumber' }
  /** The caller gives up first. */
  | { does: 'cancelled'; afterMs: number };

type RingResult = { status: 'ANSWER'; callee: Channel } | { status: 'NOANSWER' | 'BUSY' | 'CONGESTION' | 'CANCEL' | 'UNKNOWN' };

/** A phone shows its ringing about this long after the dial. */
const RINGING_AFTER_MS = 50;
/** A carrier or phone refuses about this long after the dial. */
const REFUSED_AFTER_MS = 300;

const REFUSALS = {
  busy: { status: 'BUSY', dialStatus: 'BUSY', cause: 17, techCause: 486 },
  congestion: { status: 'CONGESTION', dialStatus: 'CONGESTION', cause: 34, techCause: 503 },
  unknownNumber: { status: 'UNKNOWN', dialStatus: 'NOANSWER', cause: 1, techCause: 404 },
} as const;

/** Asterisk's Dial of one person's phone. After an answer both stand in a bridge. */
export function* ringPerson(call: CallContext, caller: Channel, person: Person, answer: Answer): Script<RingResult> {
  const { pbx, company } = call;
  pbx.goto(caller, company.key, person.extension, 2);
  pbx.execute(caller, 'Dial', `${person.device},20,tT`);
  const callee = createLeg(call, caller, person);
  pbx.dialBegin(caller, callee, person.device.slice('PJSIP/'.length));
  pbx.setConnected(caller, callee.callerId);
  return yield* awaitAnswer(call, caller, callee, answer);
}

/** Asterisk's Dial through the trunk. */
export function* ringOutside(call: CallContext, caller: Channel, number: string, answer: Answer): Script<RingResult> {
  const { pbx } = call;
  pbx.goto(caller, caller.context, caller.exten, 3);
  pbx.execute(caller, 'Dial', `PJSIP/${number}@trunk,30,tT`);
  const callee = pbx.newChannel({ device: 'PJSIP/trunk', state: 0, context: 'from-trunk', exten: 's', linkedid: caller.linkedid });
  addLeg(call.facts, callee);
  callee.exten = caller.exten;
  callee.connected = caller.callerId;
  pbx.setCallerId(callee, { number: caller.exten, name: '' });
  pbx.setAccount(callee, caller.account);
  pbx.execute(callee, 'AppDial', '(Outgoing Line)');
  pbx.setConnected(callee, caller.callerId);
  pbx.dialBegin(caller, callee, `${number}@trunk`);
  pbx.setConnected(caller, callee.callerId);
  return yield* awaitAnswer(call, caller, callee, answer);
}

/** Asterisk's Dial of several phones at once: the first to answer wins. @param answersAfterMs per member, null: never */
export function* ringGroup(
  call: CallContext,
  caller: Channel,
  members: readonly Person[],
  answersAfterMs: readonly (number | null)[],
  timeoutMs: number,
): Script<RingResult> {
  const { pbx } = call;
  pbx.execute(caller, 'Dial', `${members.map((m) => m.device).join('&')},20,tT`);
  const legs = members.map((member) => createLeg(call, caller, member));
  for (const leg of legs) pbx.dialBegin(caller, leg, leg.device.slice('PJSIP/'.length));
  yield RINGING_AFTER_MS;
  for (const leg of legs) startRinging(pbx, caller, leg);
  const first = answersAfterMs.reduce<number>((best, ms, i) => (ms !== null && ms < (answersAfterMs[best] ?? Infinity) ? i : best), -1);
  const winner = legs[first];
  const afterMs = answersAfterMs[first] ?? Infinity;
  if (!winner || afterMs > timeoutMs) {
    yield timeoutMs - RINGING_AFTER_MS;
    for (const leg of legs) {
      pbx.dialEnd(caller, leg, 'NOANSWER');
      pbx.hangup(leg, 0);
    }
    return { status: 'NOANSWER' };
  }
  yield Math.max(1, afterMs - RINGING_AFTER_MS);
  const losers = legs.filter((leg) => leg !== winner);
  pbx.setState(winner, 6);
  pbx.setConnected(caller, winner.callerId);
  for (const loser of losers) pbx.dialEnd(caller, loser, 'CANCEL');
  connect(call, caller, winner);
  for (const loser of losers) pbx.hangup(loser, 26);
  return { status: 'ANSWER', callee: winner };
}

/** A phone's channel, made for `caller`'s call. */
function createLeg(call: CallContext, caller: Channel, person: Person): Channel {
  const leg = newPhoneChannel(call, caller, person);
  call.pbx.goto(leg, call.company.key, caller.exten, 1);
  leg.connected = caller.callerId;
  call.pbx.execute(leg, 'AppDial', '(Outgoing Line)');
  call.pbx.setConnected(leg, caller.callerId);
  return leg;
}

/** The bare channel of a phone that the PBX calls. */
export function newPhoneChannel(call: CallContext, caller: Channel, person: Person): Channel {
  const { pbx, company } = call;
  const leg = pbx.newChannel({
    device: person.device,
    state: 0,
    callerId: { number: person.extension, name: person.name },
    account: company.key,
    tenant: company.key,
    context: company.key,
    exten: 's',
    linkedid: caller.linkedid,
  });
  addLeg(call.facts, leg);
  return leg;
}

function* awaitAnswer(call: CallContext, caller: Channel, callee: Channel, answer: Answer): Script<RingResult> {
  const { pbx } = call;
  if (answer.does === 'busy' || answer.does === 'congestion' || answer.does === 'unknownNumber') {
    const refusal = REFUSALS[answer.does];
    yield REFUSED_AFTER_MS;
    callee.techCause = refusal.techCause;
    pbx.hangupRequest(callee, refusal.cause);
    pbx.dialEnd(caller, callee, refusal.dialStatus);
    pbx.hangup(callee, refusal.cause);
    caller.techCause = refusal.techCause;
    return { status: refusal.status };
  }
  yield RINGING_AFTER_MS;
  startRinging(pbx, caller, callee);
  switch (answer.does) {
    case 'answers':
      yield Math.max(1, answer.afterMs - RINGING_AFTER_MS);
      pbx.setState(callee, 6);
      connect(call, caller, callee);
      return { status: 'ANSWER', callee };
    case 'noAnswer':
      yield Math.max(1, answer.ringMs - RINGING_AFTER_MS);
      pbx.dialEnd(caller, callee, 'NOANSWER');
      pbx.hangup(callee, 0);
      return { status: 'NOANSWER' };
    case 'cancelled':
      yield Math.max(1, answer.afterMs - RINGING_AFTER_MS);
      caller.techCause = 487;
      callee.techCause = 500;
      pbx.hangupRequest(caller, 127);
      pbx.dialEnd(caller, callee, 'CANCEL');
      pbx.softHangup(caller, 16);
      pbx.hangup(callee, 127);
      pbx.hangup(caller, 127);
      return { status: 'CANCEL' };
  }
}

function startRinging(pbx: Switch, caller: Channel, callee: Channel): void {
  pbx.setState(callee, 5);
  pbx.devices.refresh(callee.device);
  pbx.dialRinging(caller, callee);
  pbx.devices.refresh(caller.device);
}

/** The callee is up: the dial ends, both meet in a bridge. */
function connect(call: CallContext, caller: Channel, callee: Channel): void {
  const { pbx, facts } = call;
  callee.exten = '';
  pbx.dialEnd(caller, callee, 'ANSWER');
  if (caller.state !== 6) pbx.setState(caller, 6);
  pbx.devices.refresh(callee.device);
  pbx.devices.refresh(caller.device);
  facts.answeredAt ??= pbx.now();
  const bridge = createBridge(pbx);
  pbx.execute(callee, 'AppDial', '(Outgoing Line)');
  enterBridge(pbx, bridge, callee);
  enterBridge(pbx, bridge, caller);
}
