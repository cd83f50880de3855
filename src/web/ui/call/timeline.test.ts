import { expect, test } from 'vitest';
import type { CallDetail } from '../../../contract/calls.ts';
import { place, ticks, timelineOf } from './timeline.ts';

const start = Date.UTC(2026, 10, 22, 9);
const at = (seconds: number) => new Date(start + seconds * 1000).toISOString();
const nobody = { number: null, name: null, userId: null, queueId: null };

type LegOver = Partial<CallDetail['legs'][number]> & Pick<CallDetail['legs'][number], 'id' | 'spans'>;
function leg(over: LegOver): CallDetail['legs'][number] {
  return {
    segment: 0,
    kind: 'device',
    party: nobody,
    device: null,
    startedAt: at(0),
    ringingAt: null,
    answeredAt: null,
    endedAt: null,
    ringMs: 0,
    talkMs: 0,
    holdMs: 0,
    failure: null,
    ...over,
  };
}

function detail(legs: CallDetail['legs'], endedAt: string | null = at(60)): CallDetail {
  const times = { startedAt: at(0), answeredAt: null, endedAt, ringMs: 0, talkMs: 0, holdMs: 0 };
  const id = '018f0000-0000-7000-8000-000000000001';
  return {
    call: {
      id,
      direction: 'incoming',
      from: nobody,
      to: nobody,
      did: null,
      state: 'ended',
      stateSince: at(0),
      ...times,
      waitMs: 0,
      outcome: null,
      endedBy: null,
      quality: 'exact',
      closedReason: null,
      connectionId: id,
    },
    segments: [],
    legs,
  };
}

const ana = { number: '101', name: 'Ana Ruiz', userId: '018f0000-0000-7000-8000-0000000000aa', queueId: null };

test('a user who was rung twice has one lane with both rings, in time', () => {
  const { lanes } = timelineOf(
    detail([
      leg({
        id: 'b',
        party: ana,
        startedAt: at(20),
        spans: [
          { state: 'talking', from: at(25), to: at(60) },
          { state: 'ringing', from: at(20), to: at(25) },
        ],
      }),
      leg({ id: 'a', party: ana, startedAt: at(0), spans: [{ state: 'ringing', from: at(0), to: at(15) }] }),
    ]),
    start,
  );
  expect(lanes).toHaveLength(1);
  expect(lanes[0]).toMatchObject({ name: 'Ana Ruiz', detail: '101' });
  expect(lanes[0]?.bars.map((bar) => [bar.state, bar.from - start])).toEqual([
    ['ringing', 0],
    ['ringing', 20_000],
    ['talking', 25_000],
  ]);
});

test("a queue's lane bears its own name, though whoever answered is the party of that part", () => {
  const queueId = '018f0000-0000-7000-8000-0000000000bb';
  const part: CallDetail['segments'][number] = {
    index: 0,
    kind: 'queue',
    party: { ...ana, queueId },
    startedAt: at(0),
    answeredAt: at(9),
    endedAt: at(30),
    ringMs: 0,
    talkMs: 0,
    holdMs: 0,
    outcome: 'answered',
    consultation: false,
    transfer: null,
  };
  const { lanes } = timelineOf({ ...detail([]), segments: [part] }, start, new Map([[queueId, 'Sales']]));
  expect(lanes[0]).toMatchObject({ kind: 'queue', name: 'Sales', detail: null });
  expect(lanes[0]?.bars.map((bar) => bar.to - bar.from)).toEqual([9000]);
});

test('what still goes on reaches to now', () => {
  const line = timelineOf(
    detail([leg({ id: 'a', device: 'PJSIP/101', spans: [{ state: 'ringing', from: at(0), to: null }] })], null),
    start + 9_000,
  );
  expect(line.to - line.from).toBe(9_000);
  expect(line.lanes[0]?.bars[0]).toMatchObject({ open: true, to: start + 9_000 });
  expect(line.lanes[0]).toMatchObject({ name: 'PJSIP/101', detail: null });
});

test('a queue has a lane of its own that ends when somebody answers', () => {
  const times = { startedAt: at(5), answeredAt: at(40), endedAt: at(60), ringMs: 0, talkMs: 0, holdMs: 0 };
  const party = { ...nobody, name: 'Sales', number: '600', queueId: '018f0000-0000-7000-8000-0000000000bb' };
  const line = timelineOf(
    { ...detail([]), segments: [{ index: 0, kind: 'queue', party, ...times, outcome: 'answered', consultation: false, transfer: null }] },
    start,
  );
  expect(line.lanes).toMatchObject([
    { kind: 'queue', name: 'Sales', detail: '600', bars: [{ state: 'queue', from: start + 5_000, to: start + 40_000, open: false }] },
  ]);
});

test('a bar is placed by its share of the whole call', () => {
  expect(place({ from: 0, to: 200 }, 50, 150)).toEqual({ left: 25, width: 50 });
});

test('a call of no length at all is drawn without dividing by nothing', () => {
  expect(place({ from: 5, to: 5 }, 5, 5)).toEqual({ left: 0, width: 0 });
});

test('the axis has round steps and never more marks than fit', () => {
  expect(ticks(60_000, 7)).toEqual([0, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000]);
  expect(ticks(47_000, 6)).toEqual([0, 10_000, 20_000, 30_000, 40_000]);
  for (const length of [0, 900, 61_000, 754_000, 40_000_000, 3_000_000_000]) expect(ticks(length, 6).length).toBeLessThanOrEqual(7);
});
