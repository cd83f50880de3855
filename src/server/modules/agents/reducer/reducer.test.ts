import { describe, expect, it, test } from 'vitest';
import type { DeviceState, NeutralEvent } from '../../../../contract/events.ts';
import { createAgentReducer, type AgentChange, type AgentReducer, type AgentSpan } from './index.ts';

type Bare<E> = E extends NeutralEvent ? Omit<E, 'at' | 'receivedAt' | 'seq' | 'origin'> : never;

const T0 = 1_800_000_000_000;

/** One agent of one link. Times in seconds. */
class Story {
  readonly agents: AgentReducer = createAgentReducer({ attribute: (keys) => (keys.includes('accountcode:acme') ? 'acme' : null) });
  readonly #rows = new Map<number, AgentSpan>();
  #at = T0;

  at(seconds: number): this {
    this.#at = T0 + Math.round(seconds * 1_000);
    return this;
  }

  say(fact: Bare<NeutralEvent>, origin: 'live' | 'snapshot' = 'live'): this {
    // Both halves are whole: TypeScript cannot follow a union through a spread.
    this.agents.apply({ ...fact, at: this.#at, receivedAt: this.#at, seq: 0, origin } as NeutralEvent);
    return this;
  }

  joins(queue: string, origin: 'live' | 'snapshot' = 'live'): this {
    return this.say(
      { type: 'agent.membership', agent: 'A', name: 'Alice', queue, loggedIn: true, dynamic: true, keys: ['accountcode:acme'] },
      origin,
    );
  }

  leaves(queue: string): this {
    return this.say({
      type: 'agent.membership',
      agent: 'A',
      name: 'Alice',
      queue,
      loggedIn: false,
      dynamic: true,
      keys: ['accountcode:acme'],
    });
  }

  pauses(queue: string, paused: boolean, reason: string | null = null): this {
    return this.say({ type: 'agent.paused', agent: 'A', queue, paused, reason });
  }

  phone(state: DeviceState): this {
    return this.say({ type: 'agent.device', agent: 'A', state });
  }

  take(): AgentChange | undefined {
    const change = this.agents.takeChanges()[0];
    for (const span of change?.spans ?? []) this.#rows.set(span.from, span);
    return change;
  }

  /** The rows as stored: state and seconds from the beginning. */
  rows(): string[] {
    this.take();
    const second = (at: number | null): string => (at === null ? '' : String((at - T0) / 1_000));
    return [...this.#rows.values()]
      .filter((s) => s.to !== s.from)
      .sort((a, b) => a.from - b.from)
      .map(
        (s) =>
          `${s.state} ${second(s.from)}-${second(s.to)}${s.reason === null ? '' : ` ${s.reason}`}${s.queue === null ? '' : ` @${s.queue}`}`,
      );
  }
}

const AT_WORK = (): Story => new Story().at(0).joins('q1').joins('q2').phone('idle');

describe('an agent', () => {
  it('is logged out without a queue and available in any', () => {
    expect(new Story().at(0).joins('q1').at(5).joins('q2').at(9).leaves('q1').at(12).leaves('q2').rows()).toEqual([
      'available 0-12',
      'loggedOut 12-',
    ]);
  });

  it('is paused once, however many queues say so, and only when all do', () => {
    const story = AT_WORK()
      .at(10)
      .pauses('q1', true, 'Lunch')
      .at(20)
      .pauses('q2', true, 'Lunch')
      .at(30)
      .pauses('q1', false)
      .pauses('q2', false);
    expect(story.rows()).toEqual(['available 0-20', 'paused 20-30 Lunch', 'available 30-']);
  });

  it('rings and talks for a queue, then wraps up for as long as the queue gives', () => {
    const story = AT_WORK()
      .at(1)
      .say({ type: 'queue.offered', leg: 'c', queue: 'q1', agent: 'A', targetLeg: 'a' })
      .at(1.01)
      .phone('ringing');
    story.at(5).phone('inUse').at(5.001).say({ type: 'queue.connected', leg: 'c', queue: 'q1', agent: 'A', targetLeg: 'a', waitMs: 4_000 });
    story
      .at(60)
      .say({ type: 'queue.completed', leg: 'c', queue: 'q1', agent: 'A', endedBy: 'caller', wrapUpMs: 15_000 })
      .at(60.002)
      .phone('idle')
      .at(90)
      .phone('idle');
    expect(story.rows()).toEqual(['available 0-1', 'ringing 1-5 @q1', 'onCall 5-60 @q1', 'wrapUp 60-75 @q1', 'available 75-']);
  });

  it('ends its wrap-up in time even if nothing else happens', () => {
    const story = AT_WORK()
      .at(1)
      .say({ type: 'queue.connected', leg: 'c', queue: 'q1', agent: 'A', targetLeg: 'a', waitMs: 0 })
      .at(9)
      .say({ type: 'queue.completed', leg: 'c', queue: 'q1', agent: 'A', endedBy: 'agent', wrapUpMs: 5_000 });
    story.take();
    story.agents.advance(T0 + 60_000);
    expect(story.take()?.current).toMatchObject({ state: 'available', from: T0 + 14_000 });
  });

  it('is on a call also when no queue gave it', () => {
    expect(AT_WORK().at(3).phone('ringing').at(5).phone('inUse').at(9).phone('idle').rows()).toEqual([
      'available 0-3',
      'ringing 3-5',
      'onCall 5-9',
      'available 9-',
    ]);
  });

  it('keeps the pause in mind during a call', () => {
    const story = AT_WORK().at(1).pauses('q1', true, 'Desk').pauses('q2', true, 'Desk').at(5).phone('inUse');
    expect(story.take()?.current).toMatchObject({ state: 'onCall', paused: true, reason: 'Desk' });
  });

  it('is free again when the caller gave up, was served by another, or vanished', () => {
    for (const end of [
      { type: 'queue.left', leg: 'c', queue: 'q1', reason: 'abandoned' },
      { type: 'queue.connected', leg: 'c', queue: 'q1', agent: 'B', targetLeg: 'b', waitMs: null },
      { type: 'leg.ended', leg: 'c', cause: 16, causeText: null },
      { type: 'queue.declined', leg: 'c', queue: 'q1', agent: 'A', ringMs: null },
    ] as const) {
      const story = AT_WORK().at(1).say({ type: 'queue.offered', leg: 'c', queue: 'q1', agent: 'A', targetLeg: 'a' }).at(4).say(end);
      expect(story.rows(), end.type).toEqual(['available 0-1', 'ringing 1-4 @q1', 'available 4-']);
    }
  });

  it('is unavailable while its phone is', () => {
    expect(AT_WORK().at(3).phone('unavailable').at(8).phone('idle').rows()).toEqual(['available 0-3', 'unavailable 3-8', 'available 8-']);
  });

  it('takes back a state of some ms that was given out already', () => {
    const story = AT_WORK().at(3).phone('inUse');
    story.take();
    story.at(3.02).phone('idle');
    expect(story.rows()).toEqual(['available 0-']);
  });

  it('is given out only to whoever it is attributed to', () => {
    const agents = createAgentReducer({ attribute: () => null });
    agents.apply({
      type: 'agent.membership',
      agent: 'A',
      name: null,
      queue: 'q',
      loggedIn: true,
      dynamic: false,
      keys: [],
      at: T0,
      receivedAt: T0,
      seq: 0,
      origin: 'live',
    });
    expect(agents.takeChanges()).toEqual([]);
    expect(agents.unattributed()).toBe(1);
  });
});

describe('a snapshot', () => {
  const stored = (): Story => {
    const story = AT_WORK().at(10).phone('inUse');
    const change = story.take();
    if (change === undefined) throw new Error('no change');
    const next = new Story();
    next.agents.restore([{ customerId: 'acme', agent: 'A', name: 'Alice', queues: change.queues, current: change.current }]);
    return next;
  };

  it('carries on the state that still holds', () => {
    const story = stored()
      .at(60)
      .say({ type: 'snapshot.started', restarted: false, epoch: 'e', gap: true }, 'snapshot')
      .joins('q1', 'snapshot')
      .joins('q2', 'snapshot')
      .phone('inUse')
      .say({ type: 'snapshot.completed' }, 'snapshot');
    expect(story.take()?.current).toMatchObject({ state: 'onCall', from: T0 + 10_000, to: null });
  });

  it('logs out whoever it does not name', () => {
    const story = stored()
      .at(60)
      .say({ type: 'snapshot.started', restarted: false, epoch: 'e', gap: true }, 'snapshot')
      .say({ type: 'snapshot.completed' }, 'snapshot');
    const change = story.take();
    expect(change?.queues).toEqual([]);
    expect(change?.spans).toMatchObject([
      { state: 'onCall', to: T0 + 60_000 },
      { state: 'loggedOut', from: T0 + 60_000, quality: 'partial' },
    ]);
  });

  it('of another run of the PBX closes what was with that reason', () => {
    const story = stored()
      .at(60)
      .say({ type: 'snapshot.started', restarted: true, epoch: 'f', gap: true }, 'snapshot')
      .joins('q1', 'snapshot')
      .phone('idle')
      .say({ type: 'snapshot.completed' }, 'snapshot');
    expect(story.take()?.spans).toMatchObject([
      { state: 'onCall', to: T0 + 60_000, closedReason: 'pbxRestarted' },
      { state: 'available', from: T0 + 60_000, to: null },
    ]);
  });
});

it('closes every span with a reason when the link is not watched any more', () => {
  const story = AT_WORK();
  story.take();
  story.agents.closeAll(T0 + 9_000, 'linkLost');
  expect(story.take()?.spans).toMatchObject([{ state: 'available', to: T0 + 9_000, closedReason: 'linkLost' }]);
});

test('an agent who was nobody’s is told whole as soon as somebody’s share of the link begins', () => {
  let owner: string | null = null;
  const agents = createAgentReducer({ attribute: () => owner });
  const envelope = { at: T0, receivedAt: T0, seq: 0, origin: 'snapshot' as const };
  agents.apply({ ...envelope, type: 'agent.membership', agent: 'A', name: 'Alice', queue: 'q1', loggedIn: true, dynamic: true, keys: [] });
  expect(agents.takeChanges()).toEqual([]);

  owner = 'acme';
  agents.claim();

  expect(agents.takeChanges()).toMatchObject([
    { customerId: 'acme', name: 'Alice', queues: [{ queue: 'q1' }], current: { state: 'available' }, spans: [{ from: T0, to: null }] },
  ]);
  agents.claim();
  expect(agents.takeChanges()).toEqual([]);
});
