import { expect, test } from 'vitest';
import { ManualClock } from '../platform/clock/index.ts';
import { renderEvent } from './ami/server.ts';
import { BusinessDay } from './calls/day.ts';
import type { CallFacts } from './calls/facts.ts';
import { beginCall } from './calls/script.ts';
import { createCompany } from './core/company.ts';
import { createRandom } from './core/random.ts';
import { play } from './core/script.ts';
import { Switch } from './core/switch.ts';
import { breaches, parseEvents, type EventRecord } from './testing/rules.ts';

const HOUR = 3_600_000;

/** Two companies live `hours` of a day on one PBX; then no more calls begin and all end. */
function live(seed: number, hours: number, speed = 1): { text: string; events: EventRecord[]; facts: CallFacts[] } {
  const clock = new ManualClock(Date.UTC(2026, 10, 23, 8));
  const companies = [createCompany(0, seed), createCompany(1, seed)];
  const random = createRandom(seed);
  const facts: CallFacts[] = [];
  let text = '';
  const pbx = new Switch({ clock, random, companies, emit: (event) => void (text += renderEvent(event, true)) });
  const days = companies.map((company) => {
    const place = (script: Parameters<typeof beginCall>[2]): void => {
      const call = beginCall(pbx, company, script);
      facts.push(call.facts);
      play(clock, call.course);
    };
    return new BusinessDay({ pbx, clock, random: random.fork(), company, callsPerHour: 120, speed, startHour: 8, place });
  });
  for (const day of days) day.start();
  clock.advance((hours * HOUR) / speed);
  for (const day of days) day.stop();
  clock.advance(2 * HOUR);
  return { text, events: parseEvents(text), facts };
}

const day = live(7, 10);

test('a whole day keeps the order rules of Asterisk', () => {
  expect(breaches(day.events)).toEqual([]);
});

test('a day at sixty times the speed keeps them too', () => {
  expect(breaches(live(3, 10, 60).events)).toEqual([]);
});

test('the same seed gives the same bytes, another seed others', () => {
  const short = live(11, 1).text;
  expect(live(11, 1).text).toBe(short);
  expect(live(12, 1).text).not.toBe(short);
});

test('calls come as often as asked, with two peaks and a dip at lunch', () => {
  expect(day.facts.length).toBeGreaterThan(2 * 120 * 10 * 0.85);
  expect(day.facts.length).toBeLessThan(2 * 120 * 10 * 1.1);
  const inHour = (hour: number): number => day.facts.filter((f) => new Date(f.startedAt).getUTCHours() === hour).length;
  expect(inHour(10)).toBeGreaterThan(1.5 * inHour(13));
  expect(inHour(15)).toBeGreaterThan(1.5 * inHour(13));
});

test('every kind of outcome and move happens in a day', () => {
  const outcomes = new Set(day.facts.map((f) => f.outcome));
  for (const outcome of ['answered', 'noAnswer', 'busy', 'unknownNumber', 'cancelled', 'voicemail', 'abandoned', 'queueTimeout']) {
    expect([...outcomes]).toContain(outcome);
  }
  const moves = new Set(day.facts.flatMap((f) => f.transfers.map((t) => t.kind)));
  expect([...moves].toSorted()).toEqual(['attended', 'blind', 'park']);
});

test('every leg that the facts name begins and ends once in the events', () => {
  const count = (name: string): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const event of day.events) if (event.Event === name) counts.set(event.Uniqueid ?? '', (counts.get(event.Uniqueid ?? '') ?? 0) + 1);
    return counts;
  };
  const begun = count('Newchannel');
  const ended = count('Hangup');
  const legs = day.facts.flatMap((f) => f.legs.map((l) => l.uniqueid));
  expect(begun.size).toBe(legs.length);
  for (const leg of legs) expect([leg, begun.get(leg), ended.get(leg)]).toEqual([leg, 1, 1]);
});

test('a queue connects or loses everyone who joined, and nobody waits while an agent is free', () => {
  const of = (name: string): EventRecord[] => day.events.filter((e) => e.Event === name);
  expect(of('QueueCallerJoin').length).toBe(of('AgentConnect').length + of('QueueCallerAbandon').length);
  expect(of('AgentComplete').length).toBe(of('AgentConnect').length);
  const waits = of('AgentConnect')
    .map((e) => Number(e.HoldTime))
    .toSorted((a, b) => a - b);
  expect(waits[Math.floor(waits.length / 2)]).toBeLessThan(30);
});

test('agents come in the morning, take their breaks with a reason and go home', () => {
  const reasons = new Set(day.events.filter((e) => e.Event === 'QueueMemberPause' && e.Paused === '1').map((e) => e.PausedReason));
  expect([...reasons].toSorted()).toEqual(['Break', 'Lunch', 'Meeting', 'Training']);
  const logins = day.events.filter((e) => e.Event === 'QueueMemberAdded').length;
  expect(logins).toBe(2 * (6 + 7 + 4));
  // Who is still in a call when the recording ends goes home later.
  expect(day.events.filter((e) => e.Event === 'QueueMemberRemoved').length).toBeGreaterThanOrEqual(logins - 3);
});

test('both companies use the same extensions and every call carries its own account', () => {
  const accounts = new Set(day.events.filter((e) => e.Event === 'Hangup').map((e) => e.AccountCode));
  expect([...accounts].toSorted()).toEqual(['acme', 'globex']);
  const devices = new Set(day.events.filter((e) => e.Event === 'DeviceStateChange').map((e) => e.Device));
  for (const device of ['PJSIP/acme-101', 'PJSIP/globex-101']) expect([...devices]).toContain(device);
});
