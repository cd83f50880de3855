import type { Channel } from '../core/channel.ts';
import type { Company, Person } from '../core/company.ts';
import type { Script } from '../core/script.ts';
import type { Switch } from '../core/switch.ts';
import { beginFacts, type CallFacts, type CallOutcome } from './facts.ts';
import { endAlone, unanswered, type Talk } from './inbound.ts';
import { ringOutside, ringPerson, type Answer, type CallContext } from './ring.ts';
import { converse } from './talk.ts';

/** A phone of ours dials. @param dialled extension, or 0 and the outside number */
export function pickUp(pbx: Switch, company: Company, person: Person, dialled: string): { caller: Channel; facts: CallFacts } {
  const caller = pbx.newChannel({
    device: person.device,
    state: 4,
    callerId: { number: person.extension, name: person.name },
    account: company.key,
    tenant: company.key,
    context: company.key,
    exten: dialled,
    dnid: dialled,
  });
  return { caller, facts: beginFacts(caller, company.key, dialled.startsWith('0') ? 'out' : 'internal') };
}

/** From one phone of ours to another. */
export function* internalCall(
  call: CallContext,
  caller: Channel,
  to: Person,
  answer: Answer,
  talk: Talk,
  voicemailMs: number,
): Script<void> {
  const { facts } = call;
  const rung = yield* ringPerson(call, caller, to, answer);
  if (rung.status === 'ANSWER') {
    facts.outcome = 'answered';
    return yield* converse(call, { inside: caller, outside: rung.callee, queueCall: null }, talk.acts, talk.endedBy, caller);
  }
  if (rung.status === 'CANCEL') {
    facts.outcome = 'cancelled';
    facts.endedBy = 'caller';
    return;
  }
  facts.outcome = rung.status === 'BUSY' ? 'busy' : 'noAnswer';
  yield* unanswered(call, caller, to, rung.status === 'BUSY' ? 17 : 0, voicemailMs);
}

/** From a phone of ours to the outside. */
export function* outboundCall(call: CallContext, caller: Channel, number: string, answer: Answer, talk: Talk): Script<void> {
  const { pbx, company, facts } = call;
  pbx.execute(caller, 'Set', `CALLERID(num)=${company.didPrefix}00`);
  pbx.goto(caller, caller.context, caller.exten, 2);
  pbx.setCallerId(caller, { number: `${company.didPrefix}00`, name: caller.callerId.name });
  const rung = yield* ringOutside(call, caller, number, answer);
  if (rung.status === 'ANSWER') {
    facts.outcome = 'answered';
    return yield* converse(call, { inside: caller, outside: rung.callee, queueCall: null }, talk.acts, talk.endedBy, caller);
  }
  facts.outcome = FAILED_OUTCOME[rung.status];
  facts.endedBy = rung.status === 'CANCEL' ? 'caller' : 'pbx';
  if (rung.status === 'CANCEL') return;
  pbx.goto(caller, caller.context, caller.exten, 4);
  pbx.execute(caller, 'Hangup');
  endAlone(pbx, caller, FAILED_CAUSE[rung.status]);
}

const FAILED_OUTCOME: Record<'NOANSWER' | 'BUSY' | 'CONGESTION' | 'CANCEL' | 'UNKNOWN', CallOutcome> = {
  NOANSWER: 'noAnswer',
  BUSY: 'busy',
  CONGESTION: 'congestion',
  CANCEL: 'cancelled',
  UNKNOWN: 'unknownNumber',
};

const FAILED_CAUSE = { NOANSWER: 0, BUSY: 17, CONGESTION: 34, UNKNOWN: 1 } as const;
