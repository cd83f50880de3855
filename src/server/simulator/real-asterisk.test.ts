import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ManualClock } from '../platform/clock/index.ts';
import { renderEvent } from './ami/server.ts';
import { actAsAgent } from './calls/agents.ts';
import { beginCall, type CallScript } from './calls/script.ts';
import { createCompany, personAt } from './core/company.ts';
import type { PbxEvent } from './core/event.ts';
import { createRandom } from './core/random.ts';
import { play } from './core/script.ts';
import { Switch } from './core/switch.ts';
import { reduce, type Reduced } from './testing/reduce.ts';

interface Excerpt {
  shapes: Record<string, string[]>;
  scenarios: Record<string, Reduced['legs']>;
}

/** Made by testing/excerpt.ts from traffic of a real Asterisk 22.10.1. */
const real = JSON.parse(readFileSync(new URL('./fixtures/asterisk-22.json', import.meta.url), 'utf8')) as Excerpt;

/** The same call on both: the lab's scenario and ours. `agents` are logged in before, in this order. */
const SCENARIOS: Record<string, { script: CallScript; agents?: string[] }> = {
  'inbound-answered': { script: { kind: 'inboundToPerson', to: '101' } },
  'outbound-answered': { script: { kind: 'outbound', caller: '101', number: '+4989777888' } },
  'internal-answered': { script: { kind: 'internal', caller: '101', to: '102', endedBy: 'inside' } },
  'caller-cancels': { script: { kind: 'internal', caller: '101', to: '102', answer: { does: 'cancelled', afterMs: 1500 } } },
  'outbound-busy': { script: { kind: 'outbound', caller: '101', number: '+4989777888', answer: { does: 'busy' } } },
  'outbound-unknown-number': { script: { kind: 'outbound', caller: '101', number: '+4989000000', answer: { does: 'unknownNumber' } } },
  'outbound-congestion': { script: { kind: 'outbound', caller: '101', number: '+4989777888', answer: { does: 'congestion' } } },
  'noanswer-to-voicemail': {
    script: { kind: 'inboundToPerson', to: '102', answer: { does: 'noAnswer', ringMs: 6000 }, voicemailMs: 9000 },
  },
  'busy-to-voicemail-hangup': { script: { kind: 'inboundToPerson', to: '102', answer: { does: 'busy' }, voicemailMs: 1500 } },
  'hold-unhold': {
    script: {
      kind: 'inboundToPerson',
      to: '101',
      acts: [
        { act: 'talk', ms: 1000 },
        { act: 'hold', ms: 2000 },
        { act: 'talk', ms: 1000 },
      ],
    },
  },
  'blind-transfer-sip': {
    script: {
      kind: 'inboundToPerson',
      to: '101',
      acts: [
        { act: 'blindTransfer', to: '102', answersAfterMs: 700 },
        { act: 'talk', ms: 2000 },
      ],
    },
  },
  'attended-transfer-sip': {
    script: {
      kind: 'inboundToPerson',
      to: '101',
      acts: [
        { act: 'attendedTransfer', to: '103', answersAfterMs: 700, consultMs: 1500 },
        { act: 'talk', ms: 2000 },
      ],
    },
  },
  'ring-group': { script: { kind: 'inboundToGroup', answersAfterMs: [null, 700, null], endedBy: 'inside' } },
  'ivr-to-queue': { script: { kind: 'inboundToQueue', queue: 'acme-sales', menuMs: 1000 }, agents: ['104'] },
  'queue-answered-caller-hangs-up': { script: { kind: 'inboundToQueue', queue: 'acme-sales' }, agents: ['104'] },
  'queue-answered-agent-hangs-up': { script: { kind: 'inboundToQueue', queue: 'acme-sales', endedBy: 'inside' }, agents: ['104'] },
  'queue-ringall': { script: { kind: 'inboundToQueue', queue: 'acme-billing', answersAfterMs: [700, null] }, agents: ['117', '118'] },
  'queue-abandon': {
    script: { kind: 'inboundToQueue', queue: 'acme-sales', answersAfterMs: [null], patienceMs: 2000 },
    agents: ['104'],
  },
  'queue-timeout': {
    script: { kind: 'inboundToQueue', queue: 'acme-sales', answersAfterMs: [null], ringTimeoutMs: 4000, timeoutMs: 6000 },
    agents: ['104', '105'],
  },
  parking: {
    script: {
      kind: 'inboundToPerson',
      to: '101',
      acts: [
        { act: 'park', by: '102', parkedMs: 1200 },
        { act: 'talk', ms: 1200 },
      ],
    },
  },
};

function simulate(scenario: { script: CallScript; agents?: string[] }): string {
  const clock = new ManualClock();
  const company = createCompany(0, 1);
  let events: PbxEvent[] = [];
  const pbx = new Switch({ clock, random: createRandom(1), companies: [company], emit: (event) => void events.push(event) });
  for (const agent of scenario.agents ?? []) actAsAgent(pbx, company, personAt(company, agent), { action: 'login' });
  events = [];
  play(clock, beginCall(pbx, company, scenario.script).course);
  clock.advance(60_000);
  return events.map((event) => renderEvent(event, true)).join('');
}

describe.each(Object.entries(SCENARIOS))('%s on the simulated PBX', (name, scenario) => {
  const simulated = reduce(simulate(scenario));
  const recorded = real.scenarios[name] ?? [];

  test('has the legs of the real one, each with the same events in the same order', () => {
    expect(simulated.legs.map((l) => l.events)).toEqual(recorded.map((l) => l.events));
  });

  test('logs the same channel events', () => {
    expect(simulated.legs.map((l) => l.cel)).toEqual(recorded.map((l) => l.cel));
  });

  test('changes the states of the devices alike', () => {
    expect(simulated.legs.map((l) => l.deviceStates)).toEqual(recorded.map((l) => l.deviceStates));
  });

  test('gives every event the class, headers and header order of the real one', () => {
    for (const [event, shapes] of Object.entries(simulated.shapes)) {
      for (const shape of shapes) expect(real.shapes[event], event).toContain(shape);
    }
  });
});

test('agents log in, pause and log out with the headers of the real events', () => {
  const clock = new ManualClock();
  const company = createCompany(0, 1);
  const events: PbxEvent[] = [];
  const pbx = new Switch({ clock, random: createRandom(1), companies: [company], emit: (event) => void events.push(event) });
  const agent = personAt(company, '104');
  for (const action of ['login', 'pause', 'unpause', 'logout'] as const) {
    actAsAgent(pbx, company, agent, action === 'pause' ? { action, reason: 'Lunch' } : { action });
  }
  const names = events.map((e) => e.name).filter((name) => name.startsWith('Queue'));
  expect(names).toEqual(['QueueMemberAdded', 'QueueMemberPause', 'QueueMemberPause', 'QueueMemberRemoved']);
  const { shapes } = reduce(events.map((event) => renderEvent(event, true)).join(''));
  for (const [event, lists] of Object.entries(shapes)) for (const list of lists) expect(real.shapes[event]).toContain(list);
});
