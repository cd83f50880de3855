import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NeutralEvent } from '../../contract/events.ts';
import { createAgentReducer, type AgentSpan } from '../modules/agents/reducer/index.ts';
import { createAttribution, createCallReducer } from '../modules/calls/reducer/index.ts';
import { createMapper } from '../pbx/asterisk/map.ts';
import type { AmiMessage } from '../pbx/asterisk/message.ts';
import { beginning, CAPTURES, DIRECTORY, readCapture, RULES, snapshotOf, store, type Capture, type Stored } from './replay.ts';

const folder = new URL('22/readonly/', CAPTURES);
const captures: Capture[] = readdirSync(folder)
  .filter((file) => file.endsWith('.txt') && file !== 'discovery.txt')
  .map((file) => readCapture(new URL(file, folder)));

/** What a bad line does to messages: each is kept, lost or doubled, and may come up to some places later. */
const damage = fc.record({
  capture: fc.nat(captures.length - 1),
  fates: fc.array(fc.record({ copies: fc.constantFrom(1, 1, 1, 1, 0, 2), late: fc.constantFrom(0, 0, 0, 1, 5, 40) }), {
    minLength: 1,
    maxLength: 60,
  }),
  takeEvery: fc.integer({ min: 1, max: 50 }),
});
type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

describe('whatever is lost, doubled or out of order', () => {
  it('no leg stands in two open calls of a customer, and the end of all legs ends all calls', () => {
    fc.assert(
      fc.property(damage, (how) => {
        const { events, at } = damaged(how);
        const { stored, calls } = play(events, how.takeEvery);
        noLegTwice(stored);
        const legs = new Set(events.flatMap((event) => (event.type === 'leg.started' ? [event.leg] : [])));
        for (const leg of legs) calls.apply(live({ type: 'leg.ended', leg, cause: 16, causeText: null }, at + 60_000));
        store(stored, calls.takeChanges());
        for (const { call } of stored.calls.values()) expect(call.endedAt, call.callKey).not.toBeNull();
      }),
      { numRuns: 300 },
    );
  });

  it('a snapshot closes what it does not name, and says why', () => {
    fc.assert(
      fc.property(damage, fc.boolean(), (how, restarted) => {
        const { events, at } = damaged({ ...how, fates: [...how.fates, { copies: 0, late: 0 }] });
        const { stored, calls } = play(events, how.takeEvery);
        const open = [...stored.calls].filter(([, { call }]) => call.endedAt === null).map(([key]) => key);
        calls.apply(live({ type: 'snapshot.started', restarted, epoch: 'run2', gap: true }, at + 5_000));
        calls.apply(live({ type: 'snapshot.completed' }, at + 5_000));
        store(stored, calls.takeChanges());
        for (const key of open) {
          const call = stored.calls.get(key)?.call;
          if (call === undefined) continue;
          expect(call).toMatchObject({ state: 'ended', closedReason: restarted ? 'pbxRestarted' : 'gone', quality: 'partial' });
        }
        for (const { call } of stored.calls.values()) expect(call.endedAt).not.toBeNull();
      }),
      { numRuns: 200 },
    );
  });

  it('neither customer ever learns a name, phone or queue of the other', () => {
    fc.assert(
      fc.property(damage, (how) => {
        const given: string[] = [];
        play(damaged(how).events, how.takeEvery, (customerId, change) => given.push(`${customerId} ${JSON.stringify(change)}`));
        for (const change of given)
          expect(change).not.toMatch(
            change.startsWith('acme') ? /globex|Dan Dorn|Erin Ek|Frank Öst/ : /acme|Alice Anders|Bob Brown|Carol Clark/,
          );
      }),
      { numRuns: 400 },
    );
  });

  it('every duration fits into its call and no span of a leg overlaps another', () => {
    fc.assert(
      fc.property(damage, (how) => {
        const { stored } = play(damaged(how).events, how.takeEvery);
        for (const { call } of stored.calls.values()) {
          for (const ms of [
            call.ringMs,
            call.talkMs,
            call.holdMs,
            call.waitMs,
            ...call.segments.flatMap((s) => [s.ringMs, s.talkMs, s.holdMs]),
          ])
            expect(ms).toBeGreaterThanOrEqual(0);
          if (call.endedAt !== null) expect(call.endedAt).toBeGreaterThanOrEqual(call.startedAt);
          for (const { spans } of call.legs)
            for (const [i, span] of spans.entries()) expect(spans[i + 1]?.from ?? Infinity).toBeGreaterThanOrEqual(span.to ?? 0);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('the spans of an agent follow each other without a hole and only the last is open', () => {
    fc.assert(
      fc.property(damage, (how) => {
        const { stored } = play(damaged(how).events, how.takeEvery);
        for (const { spans } of stored.agents.values()) {
          const inOrder = [...spans.values()].filter((s) => s.to !== s.from).sort((a, b) => a.from - b.from);
          for (const [i, span] of inOrder.entries()) expect(span.to).toBe(inOrder[i + 1]?.from ?? null);
        }
      }),
      { numRuns: 200 },
    );
  });
});

it('what is stored does not depend on how often it is flushed', () => {
  for (const capture of captures) {
    const events = mapped(capture.live, capture);
    const often = play(events, 1).stored;
    const once = play(events, 1_000_000).stored;
    const final = (stored: Stored): unknown => [...stored.calls].sort(([a], [b]) => a.localeCompare(b));
    // A call that was merged before the first flush never had a row.
    expect(final(once)).toEqual(final(often));
  }
});

it('a call goes on after a restart of our process as if nothing had been', () => {
  for (const capture of captures) {
    const events = mapped(capture.live, capture);
    const whole = play(events, 1).stored;
    for (let cut = 1; cut < events.length; cut += 3) {
      const stored = play(events.slice(0, cut), 1).stored;
      const open = [...stored.calls.values()].flatMap(({ customerId, call }) =>
        call.resume === null
          ? []
          : [{ customerId, callKey: call.callKey, resume: JSON.parse(JSON.stringify(call.resume)) as typeof call.resume }],
      );
      // A leg that is nobody's yet is in no row: the snapshot of the next session would name it.
      if (!living(events.slice(0, cut)).every((leg) => open.some(({ resume }) => JSON.stringify(resume).includes(`"${leg}"`)))) continue;
      const calls = createCallReducer({ attribute: createAttribution(RULES).attribute });
      calls.restore(open);
      // So it does with who stands in which bridge.
      for (const event of events.slice(0, cut)) if (event.type === 'leg.bridged' || event.type === 'leg.unbridged') calls.apply(event);
      for (const event of events.slice(cut)) calls.apply(event);
      store(stored, calls.takeChanges());
      const ends = (s: Stored): string[] =>
        [...s.calls].map(([key, { call }]) => [key.split('/')[1], call.outcome, call.endedAt, call.segments.length].join(' ')).sort();
      if (capture.lists.some((m) => m.name === 'CoreShowChannel')) continue;
      expect(ends(stored)).toEqual(ends(whole));
    }
  }
});

function living(events: readonly NeutralEvent[]): string[] {
  const legs = new Set<string>();
  for (const event of events) {
    if (event.type === 'leg.started') legs.add(event.leg);
    if (event.type === 'leg.ended') legs.delete(event.leg);
  }
  return [...legs];
}

function damaged({ capture: index, fates }: Damage): { events: NeutralEvent[]; at: number } {
  const capture = captures[index];
  if (capture === undefined) throw new Error('no such capture');
  const places = capture.live.flatMap((message, i) => {
    const fate = fates[i % fates.length];
    return Array.from({ length: fate?.copies ?? 1 }, (_, copy) => ({ message, place: i + (fate?.late ?? 0) + copy * 3 }));
  });
  const messages = places.sort((a, b) => a.place - b.place).map(({ message }) => message);
  return { events: mapped(messages, capture), at: beginning(capture) + 60_000 };
}

function mapped(messages: readonly AmiMessage[], capture: Capture): NeutralEvent[] {
  const mapper = createMapper({ directory: DIRECTORY, firstSeq: 1 });
  const at = beginning(capture);
  mapper.snapshot(snapshotOf(capture), at, false, 'run1');
  for (const message of messages) mapper.live(message, at);
  return mapper.take();
}

function play(
  events: readonly NeutralEvent[],
  takeEvery: number,
  seen: (customerId: string, change: unknown) => void = () => {},
): { stored: Stored; calls: ReturnType<typeof createCallReducer> } {
  const { attribute } = createAttribution(RULES);
  const calls = createCallReducer({ attribute });
  const agents = createAgentReducer({ attribute });
  const stored: Stored = { calls: new Map(), agents: new Map(), reducer: calls };
  events.forEach((event, i) => {
    calls.apply(event);
    agents.apply(event);
    if (i % takeEvery !== 0 && i !== events.length - 1) return;
    const changes = calls.takeChanges();
    store(stored, changes);
    for (const change of changes) seen(change.customerId, change);
    for (const change of agents.takeChanges()) {
      seen(change.customerId, change);
      const rows = stored.agents.get(change.agent)?.spans ?? new Map<number, AgentSpan>();
      for (const span of change.spans) rows.set(span.from, span);
      stored.agents.set(change.agent, { customerId: change.customerId, spans: rows, queues: change.queues });
    }
  });
  return { stored, calls };
}

function noLegTwice({ calls }: Stored): void {
  const seen = new Set<string>();
  for (const { customerId, call } of calls.values()) {
    if (call.endedAt !== null) continue;
    for (const { legId } of call.legs) {
      const key = `${customerId} ${legId}`;
      expect(seen.has(key), key).toBe(false);
      seen.add(key);
    }
  }
}

type Bare<E> = E extends NeutralEvent ? Omit<E, 'at' | 'receivedAt' | 'seq' | 'origin'> : never;

function live(fact: Bare<NeutralEvent>, at: number): NeutralEvent {
  return { ...fact, at, receivedAt: at, seq: 0, origin: 'live' } as NeutralEvent;
}
