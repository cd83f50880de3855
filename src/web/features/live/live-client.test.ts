import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LiveClient, pauseBefore, SILENCE_MS, type Socket } from './live-client.ts';

interface Line extends Socket {
  say(frame: object): void;
  closed: boolean;
}

let lines: Line[];
let refusal: number | null;

beforeEach(() => {
  vi.useFakeTimers();
  lines = [];
  refusal = null;
});
afterEach(() => vi.useRealTimers());

function open(): Line {
  const line: Line = {
    closed: false,
    onopen: null,
    onmessage: null,
    onclose: null,
    close: () => {
      line.closed = true;
    },
    say: (frame) => line.onmessage?.call({} as WebSocket, { data: JSON.stringify(frame) } as MessageEvent),
  };
  lines.push(line);
  return line;
}

function client(): LiveClient {
  return new LiveClient('c1', {
    open,
    clock: { now: () => Date.now(), heard: () => {} },
    whyRefused: () => Promise.resolve(refusal),
    random: () => 0,
    soon: (notify) => notify(),
  });
}

const now = '2026-11-22T09:00:00.000Z';
const snapshot = (seq: number) => ({ type: 'snapshot', seq, now, links: [], calls: [], agents: [], queues: [], gaps: [] });
const opened = (line: Line | undefined) => line?.onopen?.call({} as WebSocket, {} as Event);
const closed = (line: Line | undefined, code: number) => line?.onclose?.call({} as WebSocket, { code } as CloseEvent);

test('three seconds without a frame count as lost; what was known stays', () => {
  const live = client();
  lines[0]?.say(snapshot(1));
  vi.advanceTimersByTime(SILENCE_MS - 1);
  expect(live.state.phase.is).toBe('live');
  vi.advanceTimersByTime(1);
  expect(live.state.phase.is).toBe('lost');
  expect(live.state.board?.seq).toBe(1);
  expect(lines[0]?.closed).toBe(true);
  live.close();
});

test('each frame puts the silence off', () => {
  const live = client();
  lines[0]?.say(snapshot(1));
  for (let second = 0; second < 10; second += 1) {
    vi.advanceTimersByTime(1000);
    lines[0]?.say({ type: 'heartbeat', seq: 1, now, links: [] });
  }
  expect(live.state.phase.is).toBe('live');
  expect(lines).toHaveLength(1);
  live.close();
});

test('a missed change leads to a new snapshot over a new socket', () => {
  const live = client();
  lines[0]?.say(snapshot(1));
  lines[0]?.say({ type: 'heartbeat', seq: 2, now, links: [] });
  vi.advanceTimersByTime(500);
  lines[1]?.say(snapshot(2));
  expect(live.state).toMatchObject({ phase: { is: 'live' }, board: { seq: 2 } });
  live.close();
});

test('pauses double up to ten seconds and are never more', () => {
  expect([1, 2, 3, 4, 5, 6, 40].map((tries) => pauseBefore(tries, 0))).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
  expect(pauseBefore(40, 1)).toBe(5000);
});

test('whoever may not watch is told and does not try again', async () => {
  refusal = 404;
  const live = client();
  closed(lines[0], 1006);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(live.state.phase).toEqual({ is: 'refused', status: 404 });
  expect(lines).toHaveLength(1);
});

test('a right that ends while watching ends the watching', () => {
  const live = client();
  opened(lines[0]);
  lines[0]?.say(snapshot(1));
  closed(lines[0], 4403);
  expect(live.state.phase).toEqual({ is: 'refused', status: 403 });
});

test('a server that is away is tried again until it is back', async () => {
  const live = client();
  closed(lines[0], 1006);
  await vi.advanceTimersByTimeAsync(500);
  expect(lines).toHaveLength(2);
  lines[1]?.say(snapshot(1));
  expect(live.state.phase.is).toBe('live');
  live.close();
});
