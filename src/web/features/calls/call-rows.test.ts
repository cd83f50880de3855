import { expect, test } from 'vitest';
import type { Call } from '../../../contract/calls.ts';
import { belongs, renewed, withGaps } from './call-rows.ts';
import { callsSearch, callsView } from './calls-view.ts';

const at = (minute: number): string => new Date(Date.UTC(2026, 10, 22, 9, minute)).toISOString();
const party = (number: string, name: string | null = null) => ({ number, name, userId: null, queueId: null });

function callOf(id: string, minute: number, part: Partial<Call> = {}): Call {
  return {
    id,
    direction: 'incoming',
    from: party('+34600111222'),
    to: party('101', 'Ana Muñoz'),
    did: null,
    state: 'ended',
    stateSince: at(minute),
    startedAt: at(minute),
    answeredAt: null,
    endedAt: at(minute),
    ringMs: 0,
    talkMs: 0,
    holdMs: 0,
    waitMs: 0,
    outcome: 'answered',
    endedBy: null,
    quality: 'exact',
    closedReason: null,
    connectionId: 'pbx',
    ...part,
  };
}

const gap = (id: string, from: number) => ({ id, connectionId: 'pbx', from: at(from), to: at(from + 1), cause: 'linkLost' });
const period = { from: at(0), to: at(30) };
const all = callsView({});

test('a gap stands between the calls around its beginning, once, however many pages tell it', () => {
  const rows = withGaps([callOf('c', 20), callOf('a', 5)], [gap('g', 10), gap('g', 10)]);
  expect(rows.map(({ id }) => id)).toEqual(['c', 'g', 'a']);
});

test('a new call comes on top, an open one is renewed in its place, one that joined another goes', () => {
  const listed = [callOf('b', 2, { outcome: null }), callOf('x', 1), callOf('a', 0)];
  const rows = renewed(
    listed,
    new Map([
      ['c', callOf('c', 3)],
      ['b', callOf('b', 2)],
    ]),
    new Set(['x']),
  );
  expect(rows.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  expect(rows[1]?.outcome).toBe('answered');
});

test('a call heard of live obeys the same filters as the list', () => {
  expect(belongs(callOf('a', 5), all, period)).toBe(true);
  expect(belongs(callOf('a', 31), all, period)).toBe(false);
  expect(belongs(callOf('a', 5), { ...all, direction: 'outgoing' }, period)).toBe(false);
  expect(belongs(callOf('a', 5), { ...all, outcome: 'missed' }, period)).toBe(false);
  expect(belongs(callOf('a', 5), { ...all, q: 'munoz' }, period)).toBe(true);
  expect(belongs(callOf('a', 5), { ...all, q: '600111' }, period)).toBe(true);
  expect(belongs(callOf('a', 5), { ...all, q: 'Luis' }, period)).toBe(false);
});

test('an address and its view are the same thing, and nonsense in it is ignored', () => {
  const view = callsView({ range: 'custom', from: '2026-11-01', to: '2026-11-02', direction: 'incoming', outcome: 'missed', q: 600 });
  expect(callsView({ ...callsSearch(view) })).toEqual(view);
  expect(callsSearch(callsView({ range: 'ever', direction: 'up', outcome: 1, from: '2026-02-30' }))).toEqual({});
});
