import { describe, expect, it } from 'vitest';
import type { AccountKey, LegKind, NeutralEvent } from '../../../../contract/events.ts';
import { createAttribution, createCallReducer, type Call, type CallChange, type CallReducer } from './index.ts';

type Bare<E> = E extends NeutralEvent ? Omit<E, 'at' | 'receivedAt' | 'seq' | 'origin'> : never;

const T0 = 1_800_000_000_000;
const { attribute } = createAttribution([
  { customerId: 'acme', by: 'accountcode', value: 'acme' },
  { customerId: 'globex', by: 'accountcode', value: 'globex' },
]);

/** One link's reducer with the words of a story. Times in seconds. */
class Story {
  readonly calls: CallReducer = createCallReducer({ attribute, resolveUser: (customer, device) => `${customer}:${device}` });
  #at = T0;

  at(seconds: number): this {
    this.#at = T0 + seconds * 1_000;
    return this;
  }

  say(fact: Bare<NeutralEvent>, origin: 'live' | 'snapshot' = 'live'): this {
    // Both halves are whole: TypeScript cannot follow a union through a spread.
    this.calls.apply({ ...fact, at: this.#at, receivedAt: this.#at, seq: 0, origin } as NeutralEvent);
    return this;
  }

  starts(leg: string, call: string, kind: LegKind, keys: AccountKey[], dialled: string | null = null): this {
    return this.say({
      type: 'leg.started',
      leg,
      call,
      kind,
      device: `X/${leg}`,
      party: { number: leg, name: `Name ${leg}` },
      dialled,
      keys,
      up: false,
    });
  }

  rings(leg: string, parent: string | null): this {
    return this.say({ type: 'leg.dialled', leg, parent }).say({ type: 'leg.ringing', leg });
  }

  answers(leg: string): this {
    return this.say({ type: 'leg.answered', leg });
  }

  joins(bridge: string, ...legs: string[]): this {
    for (const leg of legs) this.say({ type: 'leg.bridged', leg, bridge, replaces: null });
    return this;
  }

  ends(...legs: string[]): this {
    for (const leg of legs) this.say({ type: 'leg.ended', leg, cause: 16, causeText: null });
    return this;
  }

  take(): CallChange[] {
    return this.calls.takeChanges();
  }

  /** The calls upserted in this take, by customer. */
  upserts(): Record<string, Call> {
    return Object.fromEntries(this.take().flatMap((change) => (change.kind === 'upsert' ? [[change.customerId, change.call]] : [])));
  }
}

const ACME: AccountKey[] = ['accountcode:acme'];
const GLOBEX: AccountKey[] = ['accountcode:globex'];

/** A line calls acme's phone, who answers after 2 s. */
function talking(): Story {
  return new Story()
    .at(0)
    .starts('in', 'c1', 'trunk', [], '+49')
    .at(1)
    .starts('a1', 'c1', 'device', ACME)
    .rings('a1', 'in')
    .at(3)
    .answers('a1')
    .joins('b1', 'in', 'a1');
}

describe('a call', () => {
  it('that goes on when its customer’s share begins is told from its beginning', () => {
    let begun = false;
    const calls = createCallReducer({ attribute: (keys) => (begun ? attribute(keys) : null) });
    const at = { at: T0, receivedAt: T0, seq: 0, origin: 'live' } as const;
    const party = { number: '101', name: null };
    calls.apply({
      ...at,
      type: 'leg.started',
      leg: '1',
      call: 'c',
      kind: 'device',
      device: 'X/1',
      party,
      dialled: '102',
      keys: ['accountcode:acme'],
      up: false,
    });
    expect(calls.takeChanges()).toEqual([]);
    begun = true;
    calls.claim();
    expect(calls.takeChanges()).toMatchObject([{ kind: 'upsert', customerId: 'acme', call: { startedAt: T0, state: 'ringing' } }]);
  });

  it('that is refused was ended by the PBX, unless the caller listens to the busy tone and hangs up later', () => {
    const endedBy = (afterMs: number): string | undefined => {
      const story = new Story()
        .starts('101', 'c', 'device', ['accountcode:acme'], '102')
        .starts('102', 'c', 'device', ['accountcode:acme']);
      story.rings('102', '101').at(1).say({ type: 'leg.failed', leg: '102', reason: 'busy', forwardedTo: null }).ends('102');
      story
        .at(1 + afterMs / 1000)
        .say({ type: 'leg.hangupRequested', leg: '101' })
        .ends('101');
      return story.upserts()['acme']?.endedBy;
    };
    expect(endedBy(2)).toBe('system');
    expect(endedBy(3000)).toBe('caller');
  });

  it('is told at most once a take, and not again until something changes', () => {
    const story = talking();
    expect(story.take()).toHaveLength(1);
    expect(story.take()).toHaveLength(0);
  });

  it('belongs to nobody until a leg tells whose it is, and is then told from its beginning', () => {
    const story = new Story().at(0).starts('in', 'c1', 'trunk', []);
    expect(story.take()).toEqual([]);
    story.at(2).say({ type: 'leg.updated', leg: 'in', keys: ACME });
    expect(story.upserts()['acme']).toMatchObject({ startedAt: T0, state: 'ringing', direction: 'incoming' });
  });

  it('shows its state and since when', () => {
    const story = talking();
    expect(story.upserts()['acme']).toMatchObject({ state: 'talking', stateSince: T0 + 3_000, endedAt: null, outcome: 'answered' });
    story.at(5).say({ type: 'leg.held', leg: 'a1' });
    expect(story.upserts()['acme']).toMatchObject({ state: 'held', stateSince: T0 + 5_000 });
    story.at(9).say({ type: 'leg.resumed', leg: 'a1' });
    expect(story.upserts()['acme']).toMatchObject({ state: 'talking', stateSince: T0 + 9_000, holdMs: 4_000 });
    story.at(10).ends('in', 'a1');
    expect(story.upserts()['acme']).toMatchObject({ state: 'ended', talkMs: 3_000, holdMs: 4_000, resume: null });
  });

  it('names the user of each of its own phones', () => {
    expect(talking().upserts()['acme']?.to).toMatchObject({ device: 'X/a1', userId: 'acme:X/a1' });
  });

  it('is through internal pairs one talk between the real legs, and the pair is never told', () => {
    const story = new Story()
      .at(0)
      .starts('in', 'c1', 'trunk', ACME, '+49')
      .starts('l1', 'c1', 'internal', ACME)
      .starts('l2', 'c1', 'internal', ACME);
    story.say({ type: 'leg.paired', leg: 'l1', other: 'l2' }).say({ type: 'leg.dialled', leg: 'l1', parent: 'in' });
    story.at(1).starts('a1', 'c1', 'device', ACME).rings('a1', 'l2').at(3).answers('a1').joins('b2', 'a1', 'l2').joins('b1', 'in', 'l1');
    story.at(7).ends('a1', 'l2', 'l1', 'in');
    const call = story.upserts()['acme'];
    expect(call?.legs.map((leg) => leg.legId)).toEqual(['in', 'a1']);
    expect(call).toMatchObject({ talkMs: 4_000, ringMs: 2_000, segments: [{ kind: 'device', device: 'X/a1', talkMs: 4_000 }] });
  });

  it('goes on unbroken when the pair is taken out of the middle', () => {
    const story = new Story()
      .at(0)
      .starts('in', 'c1', 'trunk', ACME)
      .starts('l1', 'c1', 'internal', ACME)
      .starts('l2', 'c1', 'internal', ACME);
    story.say({ type: 'leg.paired', leg: 'l1', other: 'l2' }).say({ type: 'leg.dialled', leg: 'l1', parent: 'in' });
    story.starts('a1', 'c1', 'device', ACME).rings('a1', 'l2').answers('a1').joins('b1', 'in', 'l1').joins('b2', 'l2', 'a1');
    story.at(2).say({ type: 'leg.bridged', leg: 'a1', bridge: 'b1', replaces: 'l1' }).ends('l1', 'l2').at(6).ends('a1', 'in');
    const call = story.upserts()['acme'];
    expect(call?.segments).toHaveLength(1);
    expect(call?.legs[1]?.spans).toEqual([{ state: 'talking', from: T0, to: T0 + 6_000 }]);
  });

  it('is forgotten a minute after its end, and takes what comes late until then', () => {
    const story = talking().at(4).ends('in', 'a1');
    story.take();
    expect(story.calls.counters().held).toBe(1);
    story.at(65).say({ type: 'directory.changed' }).take();
    expect(story.calls.counters().held).toBe(0);
  });

  it('is counted when it ends without a customer', () => {
    const story = new Story().at(0).starts('x', 'c1', 'device', []).ends('x').take();
    expect(story).toEqual([]);
    const counted = new Story()
      .at(0)
      .starts('x', 'c1', 'device', ['name:X/x', 'context:hall'])
      .ends('x')
      .at(100)
      .say({ type: 'directory.changed' });
    counted.take();
    expect(counted.calls.counters().unattributed).toBe(1);
    expect(counted.calls.takeUnattributed()).toEqual({ 'name:X/x context:hall': 1 });
    expect(counted.calls.takeUnattributed()).toEqual({});
  });
});

describe('two calls that turn out to be one', () => {
  it('are one row: the younger is taken back after the older has it all', () => {
    const story = talking()
      .at(5)
      .starts('a2', 'c2', 'device', ACME, 'b')
      .at(6)
      .starts('b1', 'c2', 'device', ACME)
      .rings('b1', 'a2')
      .answers('b1')
      .joins('b9', 'a2', 'b1');
    const keys = story.take().map((change) => (change.kind === 'upsert' ? change.call.callKey : ''));
    expect(keys).toHaveLength(2);
    story.at(8).say({ type: 'call.merged', call: 'c1', merged: 'c2' });
    const changes = story.take();
    expect(changes.map((change) => change.kind)).toEqual(['upsert', 'merged']);
    expect(changes[1]).toMatchObject({ callKey: keys[1], into: keys[0] });
    expect(story.say({ type: 'leg.ringing', leg: 'b1' }).upserts()['acme']?.legs).toHaveLength(4);
  });

  it('are joined by their legs talking to each other, even if nobody says so', () => {
    const story = talking().at(5).starts('b1', 'c2', 'device', ACME);
    story.take();
    story.at(6).say({ type: 'leg.unbridged', leg: 'a1', bridge: 'b1' }).joins('b1', 'b1');
    expect(story.take().map((change) => change.kind)).toEqual(['upsert', 'merged']);
  });

  it('stay each with its customer', () => {
    const story = talking().at(5).starts('g1', 'c2', 'device', GLOBEX);
    story.take();
    story.at(6).say({ type: 'call.merged', call: 'c1', merged: 'c2' }).joins('b1', 'g1');
    const calls = story.upserts();
    expect(calls['acme']?.legs.filter((leg) => leg.kind === 'device').map((leg) => leg.device)).toEqual(['X/a1']);
    expect(calls['globex']?.legs.filter((leg) => leg.kind === 'device').map((leg) => leg.device)).toEqual(['X/g1']);
  });
});

describe('a call between two customers', () => {
  const both = (): Record<string, Call> =>
    new Story()
      .at(0)
      .starts('a1', 'c1', 'device', ACME, '8200')
      .at(1)
      .starts('g1', 'c1', 'device', GLOBEX)
      .rings('g1', 'a1')
      .at(2)
      .answers('g1')
      .joins('b1', 'a1', 'g1')
      .at(4)
      .ends('a1', 'g1')
      .upserts();

  it('is outgoing for the one and incoming for the other', () => {
    expect(both()).toMatchObject({
      acme: { direction: 'outgoing', talkMs: 2_000, to: { number: '8200' } },
      globex: { direction: 'incoming', talkMs: 2_000, from: { number: 'a1' }, did: null },
    });
  });

  it('is not told again to the one while it goes on for the other', () => {
    const story = new Story()
      .at(0)
      .starts('in', 'c1', 'trunk', GLOBEX)
      .starts('a1', 'c1', 'device', ACME)
      .rings('a1', 'in')
      .answers('a1')
      .joins('b1', 'in', 'a1');
    story.at(2).say({ type: 'leg.transferred', kind: 'blind', by: 'a1', byOther: null, leg: 'in', toLeg: null, toNumber: '8' }).ends('a1');
    expect(Object.keys(story.upserts())).toEqual(['globex', 'acme']);
    story.at(3).starts('g1', 'c1', 'device', GLOBEX).rings('g1', 'in');
    expect(Object.keys(story.upserts())).toEqual(['globex']);
  });

  it('tells neither the name, the device nor the user of the other side', () => {
    const { acme, globex } = both();
    expect(JSON.stringify(acme)).not.toMatch(/Name g1|X\/g1|globex/);
    expect(JSON.stringify(globex)).not.toMatch(/Name a1|X\/a1|acme/);
  });

  it('keeps the other side secret in what is stored to go on with', () => {
    const open = new Story()
      .at(0)
      .starts('a1', 'c1', 'device', ACME, '8200')
      .at(1)
      .starts('g1', 'c1', 'device', GLOBEX)
      .rings('g1', 'a1')
      .upserts();
    expect(JSON.stringify(open['acme']?.resume)).not.toMatch(/Name g1|X\/g1|globex/);
    expect(JSON.stringify(open['globex']?.resume)).not.toMatch(/Name a1|X\/a1|acme/);
  });

  it('does not make a phone the caller of its own customer when its keys change in mid-call', () => {
    const story = new Story().at(0).starts('g1', 'c1', 'device', GLOBEX).say({ type: 'leg.updated', leg: 'g1', keys: ACME });
    expect(Object.keys(story.upserts())).toEqual(['globex']);
  });
});

describe('a snapshot', () => {
  const restored = (): { story: Story; callKey: string } => {
    const before = talking();
    const change = before.take()[0];
    if (change?.kind !== 'upsert' || change.call.resume === null) throw new Error('no open call');
    const story = new Story();
    story.calls.restore([{ customerId: 'acme', callKey: change.call.callKey, resume: change.call.resume }]);
    return { story, callKey: change.call.callKey };
  };

  it('closes a stored call that it does not name', () => {
    const { story, callKey } = restored();
    story
      .at(60)
      .say({ type: 'snapshot.started', restarted: false, epoch: 'e', gap: true }, 'snapshot')
      .say({ type: 'snapshot.completed' }, 'snapshot');
    expect(story.upserts()['acme']).toMatchObject({
      callKey,
      endedAt: T0 + 60_000,
      closedReason: 'gone',
      quality: 'partial',
      outcome: 'answered',
      endedBy: 'unknown',
    });
  });

  it('of another run of the PBX closes all that was before with that reason', () => {
    const { story } = restored();
    story
      .at(60)
      .say({ type: 'snapshot.started', restarted: true, epoch: 'f', gap: true }, 'snapshot')
      .say({ type: 'snapshot.completed' }, 'snapshot');
    expect(story.upserts()['acme']).toMatchObject({ closedReason: 'pbxRestarted' });
  });

  it('carries on the call that it names, marked as not wholly seen', () => {
    const { story, callKey } = restored();
    story.at(60).say({ type: 'snapshot.started', restarted: false, epoch: 'e', gap: true }, 'snapshot');
    for (const leg of ['in', 'a1'])
      story.say(
        {
          type: 'leg.started',
          leg,
          call: 'c1',
          kind: leg === 'in' ? 'trunk' : 'device',
          device: `X/${leg}`,
          party: { number: leg, name: null },
          dialled: null,
          keys: [],
          up: true,
        },
        'snapshot',
      );
    story
      .say({ type: 'leg.bridged', leg: 'in', bridge: 'b1', replaces: null }, 'snapshot')
      .say({ type: 'leg.bridged', leg: 'a1', bridge: 'b1', replaces: null }, 'snapshot')
      .say({ type: 'snapshot.completed' }, 'snapshot');
    expect(story.upserts()['acme']).toMatchObject({ callKey, endedAt: null, state: 'talking', stateSince: T0 + 3_000, quality: 'partial' });
    story.at(70).say({ type: 'leg.hangupRequested', leg: 'in' }).ends('in', 'a1');
    expect(story.upserts()['acme']).toMatchObject({ callKey, talkMs: 67_000, endedBy: 'caller', closedReason: null });
  });

  it('tells what was joined unseen', () => {
    const story = talking().at(5).starts('a2', 'c2', 'device', ACME, 'b');
    story.take();
    story.at(60).say({ type: 'snapshot.started', restarted: false, epoch: 'e', gap: true }, 'snapshot');
    for (const leg of ['in', 'a1', 'a2'])
      story.say(
        {
          type: 'leg.started',
          leg,
          call: 'c1',
          kind: 'device',
          device: `X/${leg}`,
          party: { number: leg, name: null },
          dialled: null,
          keys: [],
          up: true,
        },
        'snapshot',
      );
    story.say({ type: 'snapshot.completed' }, 'snapshot');
    expect(story.take().map((change) => change.kind)).toEqual(['upsert', 'merged']);
  });

  it('ends the talk of legs that it names in no bridge', () => {
    const story = talking();
    story.at(9).say({ type: 'snapshot.started', restarted: false, epoch: 'e', gap: true }, 'snapshot');
    story
      .say(
        {
          type: 'leg.started',
          leg: 'in',
          call: 'c1',
          kind: 'trunk',
          device: 'X/in',
          party: { number: 'in', name: null },
          dialled: null,
          keys: [],
          up: true,
        },
        'snapshot',
      )
      .say({ type: 'snapshot.completed' }, 'snapshot');
    expect(story.upserts()['acme']).toMatchObject({ talkMs: 6_000, endedAt: null });
  });

  it('leaves a call alone when nothing was missed', () => {
    const story = talking();
    story.take();
    story.at(9).say({ type: 'snapshot.started', restarted: false, epoch: 'e', gap: false }, 'snapshot');
    for (const leg of ['in', 'a1'])
      story
        .say(
          {
            type: 'leg.started',
            leg,
            call: 'c1',
            kind: 'device',
            device: `X/${leg}`,
            party: { number: leg, name: null },
            dialled: null,
            keys: [],
            up: true,
          },
          'snapshot',
        )
        .say({ type: 'leg.bridged', leg, bridge: 'b1', replaces: null }, 'snapshot');
    story.say({ type: 'snapshot.completed' }, 'snapshot').at(10).ends('in', 'a1');
    expect(story.upserts()['acme']).toMatchObject({ quality: 'exact', talkMs: 7_000 });
  });
});

it('closes everything with a reason when the link is not watched any more', () => {
  const story = talking();
  story.calls.closeAll(T0 + 20_000, 'linkLost');
  expect(story.upserts()['acme']).toMatchObject({ endedAt: T0 + 20_000, closedReason: 'linkLost', quality: 'partial' });
});
