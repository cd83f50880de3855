import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AgentSpan } from '../modules/agents/reducer/index.ts';
import { createMapper } from '../pbx/asterisk/map.ts';
import { parseMessage } from '../pbx/asterisk/message.ts';
import type { AttributionRule, Call, CallParty } from '../modules/calls/reducer/index.ts';
import { beginning, CAPTURES, DIRECTORY, MOVES, mapCapture, readCapture, reduce, RULES, type Stored } from './replay.ts';

/** Phones need a moment to ring and to answer; the PBX tells whole steps. In seconds. */
const TOLERANCE = 0.35;

/** Where captures stand, by version and login, and the expectations for all of them. */
const SETS = [
  { captures: CAPTURES, expected: new URL('../expected/', CAPTURES), sources: ['22/analytics', '22/readonly', '16/readonly'] },
  { captures: MOVES, expected: new URL('expected/', MOVES), sources: ['22/readonly', '16/readonly'] },
];
const cases = SETS.flatMap(({ captures, expected, sources }) =>
  sources.flatMap((source) =>
    readdirSync(expected).map((file) => ({
      name: `${file.replace('.json', '')} (Asterisk ${source})`,
      capture: new URL(`${source}/${file.replace('.json', '.txt')}`, captures),
      expectation: new URL(file, expected),
    })),
  ),
);

interface Who {
  number: string | null;
  name: string | null;
  device: string | null;
}

interface Expected {
  calls: ExpectedCall[];
  /** States in order, by agent; `seconds` null: not looked at. */
  agents: Record<string, { state: string; seconds: number | null; reason: string | null; queue: string | null }[]>;
}

interface ExpectedCall {
  customer: string;
  direction: string;
  from: Who;
  to: Who;
  queue: string | null;
  did: string | null;
  outcome: string;
  endedBy: string;
  duration: number | null;
  ring: number;
  talk: number;
  hold: number;
  wait: number;
  segments: {
    kind: string;
    who: Who | null;
    queue: string | null;
    start: number;
    answer: number | null;
    end: number | null;
    ring: number;
    talk: number;
    hold: number;
    outcome: string;
    transfer: string | null;
    consultation: boolean;
  }[];
  legs: { who: Who; kind: string; side: string; ring: number; talk: number; hold: number; failure: string | null }[];
}

describe('what was dialled is stored as a person would tell it', () => {
  it.each(cases)('$name', ({ capture, expectation: file }) => {
    const expected = JSON.parse(readFileSync(file, 'utf8')) as Expected;
    const stored = reduce(mapCapture(readCapture(capture)));
    expect(callsOf(stored)).toEqual(expected.calls.map(expectation).sort(byIdentity));
    for (const [agent, spans] of Object.entries(expected.agents)) {
      expect(statesOf(stored, agent), agent).toEqual(
        spans.map((span) => ({ ...span, seconds: span.seconds === null ? expect.any(Number) : about(span.seconds) })),
      );
    }
    expect(stored.reducer.counters().unattributed).toBe(0);
  });
});

describe('a session that begins in the middle of things', () => {
  it.each(['22/analytics', '22/readonly', '16/analytics', '16/readonly'])(
    'takes up what is going on and sees it to its end (Asterisk %s)',
    (source) => {
      const events = mapCapture(readCapture(new URL(`${source}/reconnect.txt`, CAPTURES)));
      const completed = events.findIndex((event) => event.type === 'snapshot.completed') + 1;
      const begun = reduce(events.slice(0, completed));
      expect(byCustomer(begun)).toMatchObject({
        acme: {
          direction: 'incoming',
          state: 'queued',
          waitingIn: 'support',
          from: PAULA,
          to: { queue: 'support' },
          quality: 'partial',
          endedAt: null,
        },
        globex: {
          direction: 'internal',
          state: 'talking',
          from: { device: 'PJSIP/globex-101' },
          to: { device: 'PJSIP/globex-102' },
          quality: 'partial',
          endedAt: null,
        },
      });
      expect(byCustomer(begun)['acme']?.waitMs).toBeGreaterThanOrEqual(1_000);
      expect(statesOf(begun, 'PJSIP/acme-101')).toMatchObject([{ state: 'ringing', queue: 'support' }]);
      expect(statesOf(begun, 'PJSIP/acme-102')).toMatchObject([{ state: 'available' }]);
      expect(pausesOf(begun, 'PJSIP/acme-102')).toEqual(['Lunch in support']);
      expect(byCustomer(reduce(events))).toMatchObject({
        acme: { outcome: 'abandoned', endedBy: 'caller', quality: 'partial', closedReason: null, state: 'ended' },
        globex: { outcome: 'answered', endedBy: 'caller', quality: 'partial', closedReason: null, state: 'ended' },
      });
    },
  );
});

it('voicemail is told without any record of applications, by asking what the leg is at', () => {
  const capture = readCapture(new URL('22/readonly/voicemail-no-answer.txt', CAPTURES));
  const mapper = createMapper({ directory: DIRECTORY, firstSeq: 1 });
  for (const message of capture.live) {
    if (message.name === 'CEL') continue;
    mapper.live(message, beginning(capture));
    if (message.name !== 'Newstate' || message.get('ChannelState') !== '6') continue;
    expect(mapper.wantsApplications()).toBe(true);
    const at = Number(message.get('Timestamp')) * 1_000 + 900;
    mapper.applications(
      [parseMessage(`Event: CoreShowChannel\r\nUniqueid: ${message.get('Uniqueid')}\r\nApplication: VoiceMail`)],
      Math.round(at),
    );
  }
  expect(byCustomer(reduce(mapper.take()))['acme']).toMatchObject({
    outcome: 'voicemail',
    segments: [{ kind: 'device', outcome: 'noAnswer' }, { kind: 'voicemail' }],
  });
});

const WAYS: Record<string, readonly AttributionRule[]> = {
  'tenant id': ['acme', 'globex'].map((customerId) => ({ customerId, by: 'tenantid', value: customerId })),
  'dial plan context': ['acme', 'globex'].map((customerId) => ({ customerId, by: 'context', value: customerId })),
  'name pattern': [
    { customerId: 'acme', by: 'name', value: 'PJSIP/acme-*, support, acme-*' },
    { customerId: 'globex', by: 'name', value: 'PJSIP/globex-*, globex-*' },
  ],
};

it.each(Object.keys(WAYS))('customers told apart by %s get the same calls as by account code', (way) => {
  const folder = new URL('22/readonly/', CAPTURES);
  // Of a phone that rang before we came, nothing tells the account but the directory, which is left out here.
  const files = readdirSync(folder).filter((name) => name.endsWith('.txt') && name !== 'reconnect.txt');
  for (const file of files) {
    const events = mapCapture(readCapture(new URL(file, folder)), null);
    const calls = (rules: readonly AttributionRule[]): unknown =>
      [...reduce(events, rules).calls.values()].map(({ customerId, call }) => told(customerId, call)).sort(byIdentity);
    expect(calls(WAYS[way] ?? []), file).toEqual(calls(RULES));
  }
});

const PAULA = { number: '+4930123456', name: 'Paula Public', device: null };

function byCustomer({ calls }: Stored): Record<string, Call> {
  return Object.fromEntries([...calls.values()].map(({ customerId, call }) => [customerId, call]));
}

function pausesOf({ agents }: Stored, agent: string): string[] {
  return (agents.get(agent)?.queues ?? []).flatMap(({ paused, reason, queue }) => (paused ? [`${reason} in ${queue}`] : []));
}

/** In the words of the expectation, times in seconds from the call's start. */
function callsOf({ calls }: Stored): unknown[] {
  return [...calls.values()].map(({ customerId, call }) => told(customerId, call)).sort(byIdentity);
}

function told(customer: string, call: Call): ExpectedCall & { quality: string; closedReason: string | null; state: string } {
  const since = (at: number | null): number | null => (at === null ? null : seconds(at - call.startedAt));
  return {
    customer,
    direction: call.direction,
    from: who(call.from),
    to: who(call.to),
    queue: call.to.queue,
    did: call.did,
    outcome: call.outcome,
    endedBy: call.endedBy,
    duration: since(call.endedAt),
    ring: seconds(call.ringMs),
    talk: seconds(call.talkMs),
    hold: seconds(call.holdMs),
    wait: seconds(call.waitMs),
    segments: call.segments.map((s) => ({
      kind: s.kind,
      who: s.number === null && s.device === null ? null : who(s),
      queue: s.queue,
      start: since(s.startedAt) ?? 0,
      answer: since(s.answeredAt),
      end: since(s.endedAt),
      ring: seconds(s.ringMs),
      talk: seconds(s.talkMs),
      hold: seconds(s.holdMs),
      outcome: s.outcome ?? 'open',
      transfer: s.transferKind,
      consultation: s.consultation,
    })),
    legs: call.legs.map((l) => ({
      who: who(l),
      kind: l.kind,
      side: l.side,
      ring: seconds(l.ringMs),
      talk: seconds(l.talkMs),
      hold: seconds(l.holdMs),
      failure: l.failure,
    })),
    quality: call.quality,
    closedReason: call.closedReason,
    state: call.state,
  };
}

function expectation(call: ExpectedCall): unknown {
  return {
    ...call,
    duration: aboutOrAny(call.duration),
    ring: about(call.ring),
    talk: about(call.talk),
    hold: about(call.hold),
    wait: about(call.wait),
    segments: call.segments.map((s) => ({
      ...s,
      start: about(s.start),
      answer: s.answer === null ? null : about(s.answer),
      end: aboutOrAny(s.end),
      ring: about(s.ring),
      talk: about(s.talk),
      hold: about(s.hold),
    })),
    legs: call.legs.map((l) => ({ ...l, ring: about(l.ring), talk: about(l.talk), hold: about(l.hold) })),
    quality: 'exact',
    closedReason: null,
    state: 'ended',
  };
}

function statesOf({ agents }: Stored, agent: string): unknown[] {
  const spans = [...(agents.get(agent)?.spans.values() ?? [])].filter((s) => s.to !== s.from).sort((a, b) => a.from - b.from);
  return spans
    .filter((s, i) => i > 0 || (s.to ?? Infinity) - s.from > 0)
    .map(({ state, reason, queue, from, to }: AgentSpan) => ({ state, seconds: seconds((to ?? from) - from), reason, queue }));
}

function who({ number, name, device }: Who | CallParty): Who {
  return { number, name, device };
}

function seconds(ms: number): number {
  return ms / 1_000;
}

function about(value: number): unknown {
  return expect.toSatisfy((actual: unknown) => typeof actual === 'number' && Math.abs(actual - value) <= TOLERANCE, `about ${value}`);
}

function aboutOrAny(value: number | null): unknown {
  return value === null ? expect.any(Number) : about(value);
}

function byIdentity(a: unknown, b: unknown): number {
  const key = (x: unknown): string => {
    const { customer, direction, to } = x as ExpectedCall;
    return `${customer} ${direction} ${to.number}`;
  };
  return key(a).localeCompare(key(b));
}
