/** A call as lanes and bars. Pure: the component only draws what this says. */
import type { CallDetail } from '../../../contract/calls.ts';

type Leg = CallDetail['legs'][number];
type Segment = CallDetail['segments'][number];
export type BarState = Leg['spans'][number]['state'];

export interface Bar {
  state: BarState;
  /** Milliseconds since 1970. */
  from: number;
  to: number;
  /** Still going on: `to` is now. */
  open: boolean;
}

export interface Lane {
  key: string;
  kind: Leg['kind'] | 'queue';
  name: string;
  /** Number or device beside the name; null when the name says it all. */
  detail: string | null;
  bars: Bar[];
}

export interface Timeline {
  from: number;
  to: number;
  lanes: Lane[];
}

/**
 * One lane per user, device or queue in the order they came in; legs of the same one share it.
 * @param now end of what still goes on
 * @param queueNames by id: who answered stands in a queue's part as its party
 */
export function timelineOf(
  { call, legs, segments }: CallDetail,
  now: number,
  queueNames: ReadonlyMap<string, string> = new Map(),
): Timeline {
  const lanes = new Map<string, Lane>();
  const parts = [
    ...legs.map((leg) => legLane(leg, now)),
    ...segments.filter(({ kind }) => kind === 'queue').map((queue) => queueLane(queue, now, queueNames)),
  ];
  for (const part of parts.toSorted((a, b) => a.startedAt - b.startedAt)) {
    const lane = lanes.get(part.lane.key);
    if (lane === undefined) lanes.set(part.lane.key, part.lane);
    else lane.bars.push(...part.lane.bars);
  }
  const all = [...lanes.values()];
  const end = call.endedAt === null ? now : Date.parse(call.endedAt);
  return {
    from: Math.min(Date.parse(call.startedAt), ...all.flatMap((lane) => lane.bars.map((bar) => bar.from))),
    to: Math.max(end, ...all.flatMap((lane) => lane.bars.map((bar) => bar.to))),
    lanes: all.map((lane) => ({ ...lane, bars: lane.bars.toSorted((a, b) => a.from - b.from) })),
  };
}

/** Where a stretch of time lies in the drawing, in per cent of its width. */
export function place(timeline: Pick<Timeline, 'from' | 'to'>, from: number, to: number): { left: number; width: number } {
  const length = Math.max(1, timeline.to - timeline.from);
  return { left: ((from - timeline.from) / length) * 100, width: ((to - from) / length) * 100 };
}

const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400].map((s) => s * 1000);

/** Round distances from the start, at most `most` of them, the start itself first. @returns milliseconds from the start */
export function ticks(lengthMs: number, most: number): number[] {
  const step = steps.find((size) => lengthMs / size <= most - 1) ?? Math.ceil(lengthMs / most);
  return Array.from({ length: Math.floor(lengthMs / step) + 1 }, (_, at) => at * step);
}

interface Part {
  startedAt: number;
  lane: Lane;
}

function legLane(leg: Leg, now: number): Part {
  const { party, device, id, kind } = leg;
  const second = party.number ?? device;
  const name = party.name ?? second ?? id;
  const key = `${kind}:${party.userId ?? device ?? party.number ?? id}`;
  const bars = leg.spans.map((span) => barOf(span.state, span.from, span.to, now));
  return { startedAt: Date.parse(leg.startedAt), lane: { key, kind, name, detail: second === name ? null : second, bars } };
}

/** A queue's lane shows how long the caller waited in it. */
function queueLane({ party, startedAt, answeredAt, endedAt, index }: Segment, now: number, queueNames: ReadonlyMap<string, string>): Part {
  const known = queueNames.get(party.queueId ?? '');
  const name = known ?? party.name ?? party.number ?? String(index);
  const detail = known !== undefined || party.number === name ? null : party.number;
  const bars = [barOf('queue', startedAt, answeredAt ?? endedAt, now)];
  return { startedAt: Date.parse(startedAt), lane: { key: `queue:${party.queueId ?? name}`, kind: 'queue', name, detail, bars } };
}

function barOf(state: BarState, start: string, end: string | null, now: number): Bar {
  const from = Date.parse(start);
  return { state, from, to: Math.max(from, end === null ? now : Date.parse(end)), open: end === null };
}
