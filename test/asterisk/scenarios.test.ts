/** Real calls on a real Asterisk, as Ringside stores them, against what was written down by hand. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { AgentSpan } from '../../src/contract/agents.ts';
import type { CallDetail } from '../../src/contract/calls.ts';
import { play } from '../../lab/asterisk/bench.ts';
import { SCENARIO_NAMES, SCENARIOS } from '../../lab/asterisk/scenarios.ts';
import { until } from '../harness/ringside.ts';
import { startWorld, type AsteriskWorld, type TenantName } from './world.ts';

const EXPECTED = new URL('../../src/server/pbx/asterisk/fixtures/expected/', import.meta.url);
/** Seconds. */
const TOLERANCE = 1;
const TENANTS: readonly TenantName[] = ['acme', 'globex'];

type Span = z.infer<typeof AgentSpan>;

interface Who {
  number: string | null;
  name: string | null;
  device: string | null;
}
interface Durations {
  ring: number;
  talk: number;
  hold: number;
}
interface ExpectedCall extends Durations {
  customer: TenantName;
  direction: string;
  from: Who;
  to: Who;
  queue: string | null;
  did: string | null;
  outcome: string;
  endedBy: string;
  wait: number;
  segments: (Durations & { kind: string; outcome: string; transfer: string | null; consultation: boolean })[];
  legs: (Durations & { who: Who; kind: string; failure: string | null })[];
}
interface Expected {
  calls: ExpectedCall[];
  agents: Record<string, { state: string; seconds: number | null; reason: string | null }[]>;
}

describe.each([
  { version: 'newest', user: 'analytics' },
  { version: 'newest', user: 'readonly' },
  { version: '16', user: 'readonly' },
] as const)('Asterisk $version, login $user', ({ version, user }) => {
  let world: AsteriskWorld;
  beforeAll(async () => {
    world = await startWorld(version, user);
  }, 180_000);
  afterAll(() => world.stop());

  test.each(SCENARIO_NAMES)('%s is stored as it happened', async (name) => {
    const expected = JSON.parse(readFileSync(new URL(`${name}.json`, EXPECTED), 'utf8')) as Expected;
    const { began } = await play(world.bench, name, SCENARIOS[name]);
    for (const tenant of TENANTS) {
      const wanted = expected.calls.filter((call) => call.customer === tenant);
      const stored = await world.callsSince(tenant, began, wanted.length);
      expect(stored.map(told).sort(byIdentity), tenant).toEqual(wanted.map(expectation).sort(byIdentity));
    }
    await expectAgents(world, expected, began);
  });
});

async function expectAgents(world: AsteriskWorld, expected: Expected, began: number): Promise<void> {
  for (const tenant of TENANTS) {
    const agents = await world.agentsOf(tenant);
    for (const [device, states] of Object.entries(expected.agents)) {
      const agent = agents.find((candidate) => candidate.agent === device);
      if (!agent) continue;
      // The PBX's clock, corrected by a measured skew, may be some milliseconds off ours.
      const from = new Date(began - 50).toISOString();
      const path = `/v1/customers/${world.customers[tenant]}/agents/${agent.id}/spans?from=${from}`;
      const read = async (): Promise<Span[]> =>
        (await world.reseller.ok<{ items: Span[] }>('GET', path)).items.toReversed().filter((span) => span.to !== span.from);
      // The phone is idle a moment after the call is over; nothing else happens before the next scenario.
      await until(async () => (await read()).length >= states.length, 3000).catch(() => {});
      const spans = await read();
      expect(
        spans.map(({ state, reason }) => ({ state, reason })),
        device,
      ).toEqual(states.map(({ state, reason }) => ({ state, reason })));
      for (const [index, state] of states.entries()) {
        const span = spans[index];
        if (state.seconds === null || !span) continue;
        const seconds = (Date.parse(span.to ?? '') - Date.parse(span.from)) / 1000;
        expect(Math.abs(seconds - state.seconds), `${device} ${state.state}`).toBeLessThanOrEqual(TOLERANCE);
      }
    }
  }
}

/** A stored call in the words of the expectation; devices stand on the legs. */
function told({ call, segments, legs }: CallDetail) {
  return {
    direction: call.direction,
    from: { number: call.from.number, name: call.from.name },
    to: { number: call.to.number, name: call.to.name },
    inQueue: call.to.queueId !== null,
    did: call.did,
    outcome: call.outcome,
    endedBy: call.endedBy,
    wait: call.waitMs / 1000,
    ...durations(call),
    segments: segments.map((segment) => ({
      kind: segment.kind,
      outcome: segment.outcome,
      transfer: segment.transfer,
      consultation: segment.consultation,
      ...durations(segment),
    })),
    legs: legs
      .map((leg) => ({
        device: leg.device,
        number: leg.party.number,
        name: leg.party.name,
        kind: leg.kind,
        failure: leg.failure,
        ...durations(leg),
      }))
      .sort(byLeg),
    quality: call.quality,
    closedReason: call.closedReason,
  };
}

function durations({ ringMs, talkMs, holdMs }: { ringMs: number; talkMs: number; holdMs: number }): Durations {
  return { ring: ringMs / 1000, talk: talkMs / 1000, hold: holdMs / 1000 };
}

function expectation(call: ExpectedCall) {
  const about = ({ ring, talk, hold }: Durations) => ({ ring: near(ring), talk: near(talk), hold: near(hold) });
  return {
    direction: call.direction,
    from: { number: call.from.number, name: call.from.name },
    to: { number: call.to.number, name: call.to.name },
    inQueue: call.queue !== null,
    did: call.did,
    outcome: call.outcome,
    endedBy: call.endedBy,
    wait: near(call.wait),
    ...about(call),
    segments: call.segments.map((segment) => ({
      kind: segment.kind,
      outcome: segment.outcome,
      transfer: segment.transfer,
      consultation: segment.consultation,
      ...about(segment),
    })),
    legs: call.legs
      .map((leg) => ({
        device: leg.who.device,
        number: leg.who.number,
        name: leg.who.name,
        kind: leg.kind,
        failure: leg.failure,
        ...about(leg),
      }))
      .sort(byLeg),
    quality: 'exact',
    closedReason: null,
  };
}

function near(value: number): unknown {
  return expect.toSatisfy(
    (actual: unknown) => typeof actual === 'number' && Math.abs(actual - value) <= TOLERANCE,
    `within ${TOLERANCE} s of ${value}`,
  );
}

function byIdentity(
  a: { direction: string; to: { number: string | null } },
  b: { direction: string; to: { number: string | null } },
): number {
  return `${a.direction} ${a.to.number}`.localeCompare(`${b.direction} ${b.to.number}`);
}

function byLeg(a: { device: string | null; number: string | null }, b: { device: string | null; number: string | null }): number {
  return `${a.device} ${a.number}`.localeCompare(`${b.device} ${b.number}`);
}
