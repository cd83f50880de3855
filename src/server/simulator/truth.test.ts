import { expect, test } from 'vitest';
import { createAttribution, createCallReducer, type CallChange } from '../modules/calls/index.ts';
import { ManualClock } from '../platform/clock/index.ts';
import { createMapper } from '../pbx/asterisk/map.ts';
import { parseMessage } from '../pbx/asterisk/message.ts';
import { renderEvent } from './ami/server.ts';
import { BusinessDay } from './calls/day.ts';
import type { CallFacts, CallOutcome } from './calls/facts.ts';
import { beginCall, type CallScript } from './calls/script.ts';
import { createCompany } from './core/company.ts';
import { createRandom } from './core/random.ts';
import { play } from './core/script.ts';
import { Switch } from './core/switch.ts';

type Call = Extract<CallChange, { kind: 'upsert' }>['call'];

const HOUR = 3_600_000;

/** What Ringside calls it. Who gives up on us was missed by us; our own who gives up cancelled. */
const OUTCOMES: Record<CallOutcome, (facts: CallFacts) => Call['outcome']> = {
  answered: () => 'answered',
  noAnswer: () => 'missed',
  busy: () => 'busy',
  congestion: () => 'failed',
  unknownNumber: () => 'failed',
  cancelled: (facts) => (facts.direction === 'in' ? 'missed' : 'cancelled'),
  voicemail: () => 'voicemail',
  abandoned: () => 'abandoned',
  queueTimeout: () => 'missed',
};

const DIRECTIONS = { in: 'incoming', out: 'outgoing', internal: 'internal' } as const;
const ENDED_BY = { caller: 'caller', callee: 'callee', pbx: 'system' } as const;

/** Two companies on one PBX live some hours of a day, read by the connector's mapper and the reducer. */
function observe(
  seed: number,
  callsPerHour: number,
  hours: number,
): { truth: CallFacts[]; stored: Map<string, Call & { customer: string }> } {
  const clock = new ManualClock(Date.UTC(2026, 10, 23, 8));
  const companies = [createCompany(0, seed), createCompany(1, seed)];
  const random = createRandom(seed);
  const truth: CallFacts[] = [];
  const stored = new Map<string, Call & { customer: string }>();
  const mapper = createMapper({ directory: null, firstSeq: 1 });
  const rules = companies.map((c) => ({ customerId: c.key, by: 'accountcode' as const, value: c.key }));
  const reducer = createCallReducer({ attribute: createAttribution(rules).attribute });
  mapper.snapshot({ channels: [], bridges: [], queueStatus: [], deviceStates: [] }, clock.now(), false, 'run');
  const emit = (text: string): void => {
    mapper.live(parseMessage(text), clock.now());
    for (const event of mapper.take()) reducer.apply(event);
    for (const change of reducer.takeChanges()) {
      if (change.kind === 'merged') stored.delete(change.callKey);
      else stored.set(change.call.callKey, { ...change.call, customer: change.customerId });
    }
  };
  const pbx = new Switch({ clock, random, companies, emit: (event) => emit(renderEvent(event, true).trimEnd()) });
  const days = companies.map((company) => {
    const place = (script: CallScript): void => {
      const call = beginCall(pbx, company, script);
      truth.push(call.facts);
      play(clock, call.course);
    };
    return new BusinessDay({ pbx, clock, random: random.fork(), company, callsPerHour, speed: 1, startHour: 8, place });
  });
  for (const day of days) day.start();
  clock.advance(hours * HOUR);
  for (const day of days) day.stop();
  clock.advance(2 * HOUR);
  return { truth, stored };
}

/** @returns what is stored otherwise than it was, in words */
function differences(facts: CallFacts, call: (Call & { customer: string }) | undefined): string[] {
  if (!call) return ['not stored'];
  const found: string[] = [];
  const same = (what: string, was: unknown, is: unknown): void => {
    if (was !== is) found.push(`${what} was ${String(was)}, is ${String(is)}`);
  };
  const near = (what: string, was: number | null, is: number | null): void => {
    if ((was === null) !== (is === null) || Math.abs((was ?? 0) - (is ?? 0)) > 1000) found.push(`${what} was ${was}, is ${is}`);
  };
  same('customer', facts.company, call.customer);
  same('direction', DIRECTIONS[facts.direction], call.direction);
  same('outcome', facts.outcome && OUTCOMES[facts.outcome](facts), call.outcome);
  same('end by', facts.endedBy && ENDED_BY[facts.endedBy], call.endedBy);
  same('legs', facts.legs.length, call.legs.length);
  same('quality', 'exact', call.quality);
  near('answer', facts.answeredAt, call.answeredAt);
  near('end', facts.endedAt, call.endedAt);
  near('talk', facts.talkMs, call.talkMs);
  near('hold', facts.holdMs, call.holdMs);
  near('wait', facts.queue?.waitedMs ?? 0, call.waitMs);
  return found;
}

test.each([
  ['a quiet day', 7, 60, 10],
  ['a morning in which queues overflow', 1, 300, 2],
])('every call of %s is stored as it was, and no other', (_what, seed, callsPerHour, hours) => {
  const { truth, stored } = observe(seed, callsPerHour, hours);
  const byId = new Map([...stored.values()].map((call) => [/\d+\.\d+$/.exec(call.callKey)?.[0] ?? '', call]));
  expect(truth.length).toBeGreaterThan(callsPerHour * hours);
  expect(byId.size).toBe(truth.length);
  const wrong = truth.flatMap((facts) => differences(facts, byId.get(facts.id)).map((what) => `${facts.id}: ${what}`));
  expect(wrong).toEqual([]);
});
