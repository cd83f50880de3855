import type { CallerId, Channel } from '../core/channel.ts';
import type { Company, Person } from '../core/company.ts';
import { line } from '../core/event.ts';
import type { Queue } from '../core/queues.ts';
import type { Script } from '../core/script.ts';
import type { Switch } from '../core/switch.ts';
import { beginFacts, type CallFacts } from './facts.ts';
import { waitInQueue, type QueueWait } from './queue.ts';
import { ringGroup, ringPerson, type Answer, type CallContext } from './ring.ts';
import { converse, type Act } from './talk.ts';

export interface Talk {
  acts: readonly Act[];
  endedBy: 'inside' | 'outside';
}

/** From outside straight to a person's number; unanswered, to their voicemail unless `voicemailMs` is 0. */
export function* inboundToPerson(
  call: CallContext,
  caller: Channel,
  person: Person,
  answer: Answer,
  talk: Talk,
  voicemailMs: number,
): Script<void> {
  const rung = yield* ringPerson(call, caller, person, answer);
  const { facts } = call;
  switch (rung.status) {
    case 'ANSWER':
      facts.outcome = 'answered';
      return yield* converse(call, { inside: rung.callee, outside: caller, queueCall: null }, talk.acts, talk.endedBy, caller);
    case 'CANCEL':
      facts.outcome = 'cancelled';
      facts.endedBy = 'caller';
      return;
    case 'BUSY':
      facts.outcome = 'busy';
      return yield* unanswered(call, caller, person, 17, voicemailMs);
    case 'NOANSWER':
    case 'CONGESTION':
    case 'UNKNOWN':
      facts.outcome = 'noAnswer';
      return yield* unanswered(call, caller, person, 0, voicemailMs);
  }
}

/** From outside to a queue, with or without a menu before. `menuMs` null: none. */
export function* inboundToQueue(
  call: CallContext,
  caller: Channel,
  queue: Queue,
  menuMs: number | null,
  wait: QueueWait,
  talk: Talk,
): Script<void> {
  const { pbx, facts } = call;
  if (menuMs === null) answerBy(pbx, caller, queue.plan.extension);
  else yield* listenToMenu(call, caller, menuMs);
  pbx.goto(caller, caller.context, menuMs === null ? queue.plan.extension : '1', 2);
  const waited = yield* waitInQueue(call, caller, queue, wait);
  switch (waited.result) {
    case 'answered':
      facts.outcome = 'answered';
      return yield* converse(
        call,
        { inside: waited.callee, outside: caller, queueCall: waited.queueCall },
        talk.acts,
        talk.endedBy,
        caller,
      );
    case 'abandoned':
      facts.outcome = 'abandoned';
      facts.endedBy = 'caller';
      return;
    case 'timeout':
      facts.outcome = 'queueTimeout';
      facts.endedBy = 'pbx';
      pbx.goto(caller, caller.context, caller.exten, 4);
      pbx.execute(caller, 'Playback', 'vm-goodbye');
      yield 1000;
      endAlone(pbx, caller, 16);
  }
}

/** From outside to several phones at once. */
export function* inboundToGroup(
  call: CallContext,
  caller: Channel,
  members: readonly Person[],
  answersAfterMs: readonly (number | null)[],
  timeoutMs: number,
  talk: Talk,
): Script<void> {
  const { pbx, company, facts } = call;
  pbx.goto(caller, company.key, company.ringGroup.extension, 1);
  const rung = yield* ringGroup(call, caller, members, answersAfterMs, timeoutMs);
  if (rung.status === 'ANSWER') {
    facts.outcome = 'answered';
    return yield* converse(call, { inside: rung.callee, outside: caller, queueCall: null }, talk.acts, talk.endedBy, caller);
  }
  facts.outcome = 'noAnswer';
  facts.endedBy = 'pbx';
  endAlone(pbx, caller, 16);
}

/** A call from the carrier appears and is attributed to its company by the dialplan. */
export function arrive(pbx: Switch, company: Company, from: CallerId, did: string): { caller: Channel; facts: CallFacts } {
  const caller = pbx.newChannel({ device: 'PJSIP/trunk', state: 4, callerId: from, context: 'from-trunk', exten: did, dnid: did });
  pbx.execute(caller, 'Set', `CHANNEL(accountcode)=${company.key}`);
  pbx.setAccount(caller, company.key);
  pbx.goto(caller, 'from-trunk', did, 2);
  pbx.execute(caller, 'Set', `CHANNEL(tenantid)=${company.key}`);
  caller.tenant = company.key;
  return { caller, facts: beginFacts(caller, company.key, 'in') };
}

/** An application of the PBX answers the caller. */
function answerBy(pbx: Switch, caller: Channel, extension: string): void {
  pbx.goto(caller, caller.account, extension, 1);
  pbx.execute(caller, 'Answer');
  pbx.setState(caller, 6);
  pbx.devices.refresh(caller.device);
}

function* listenToMenu(call: CallContext, caller: Channel, menuMs: number): Script<void> {
  const { pbx, company } = call;
  answerBy(pbx, caller, company.ivrExtension);
  pbx.goto(caller, `${company.key}-ivr`, 's', 3);
  pbx.execute(caller, 'BackGround', 'welcome');
  yield menuMs;
  pbx.sendChannel('DTMFBegin', caller, line('Digit', '1') + line('Direction', 'Received'), 'dtmf');
  yield 120;
  pbx.sendChannel('DTMFEnd', caller, line('Digit', '1') + line('DurationMs', 120) + line('Direction', 'Received'), 'dtmf');
}

/** @param cause of the failed dial, which the caller's channel keeps */
export function* unanswered(call: CallContext, caller: Channel, person: Person, cause: number, voicemailMs: number): Script<void> {
  const { pbx, facts } = call;
  if (voicemailMs <= 0) {
    facts.endedBy = 'pbx';
    pbx.execute(caller, 'Hangup');
    endAlone(pbx, caller, cause);
    return;
  }
  facts.outcome = 'voicemail';
  facts.endedBy = 'caller';
  pbx.goto(caller, caller.context, caller.exten, 6);
  pbx.execute(caller, 'VoiceMail', `${person.mailbox},${cause === 17 ? 'bs' : 'us'}`);
  pbx.setState(caller, 6);
  pbx.devices.refresh(caller.device);
  yield voicemailMs;
  pbx.hangupRequest(caller, cause === 0 ? null : cause);
  if (voicemailMs > GREETING_MS) leaveMessage(pbx, caller, person);
  endAlone(pbx, caller, cause);
}

/** Who hangs up before the greeting is over leaves no message. */
const GREETING_MS = 3000;

function leaveMessage(pbx: Switch, caller: Channel, person: Person): void {
  const messages = (pbx.mailboxes.get(person.mailbox) ?? 0) + 1;
  pbx.mailboxes.set(person.mailbox, messages);
  const waiting = line('Mailbox', person.mailbox) + line('Waiting', 1) + line('New', messages) + line('Old', 0);
  pbx.sendChannel('MessageWaiting', caller, waiting);
  pbx.devices.set(`MWI:${person.mailbox}`, 'INUSE');
}

/** The dialplan ends the only channel that is left. */
export function endAlone(pbx: Switch, caller: Channel, cause: number): void {
  pbx.softHangup(caller, 16);
  pbx.hangup(caller, cause);
}
