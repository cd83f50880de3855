import { expect, test } from 'vitest';
import { hoursOf, stretchesOf, totalsOf, type AgentSpan } from './day-spans.ts';

const hour = (h: number): number => Date.UTC(2026, 10, 22, h);
const iso = (h: number): string => new Date(hour(h)).toISOString();
const day = { from: hour(0), to: hour(24) };
const span = (state: AgentSpan['state'], from: number, to: number | null, quality: AgentSpan['quality'] = 'exact'): AgentSpan => ({
  agentId: 'a',
  state,
  reason: null,
  from: iso(from),
  to: to === null ? null : iso(to),
  quality,
});

test('a state that began the day before or still goes on is cut to what was lived of the day', () => {
  const stretches = stretchesOf([span('available', 9, null), span('loggedOut', -5, 9)], day, hour(12));
  expect(stretches.map(({ state, from, to }) => [state, from, to])).toEqual([
    ['loggedOut', hour(0), hour(9)],
    ['available', hour(9), hour(12)],
  ]);
});

test('what lies outside the day is left out', () => {
  expect(stretchesOf([span('paused', -3, -1), span('paused', 25, 26)], day, hour(30))).toEqual([]);
});

test('times in one state add up over the day', () => {
  const totals = totalsOf(stretchesOf([span('onCall', 9, 10), span('available', 10, 11), span('onCall', 11, 13)], day, hour(20)));
  expect(totals.get('onCall')).toBe(3 * 3_600_000);
  expect(totals.get('available')).toBe(3_600_000);
});

test('the drawing spans the working hours, at least four', () => {
  expect(hoursOf([stretchesOf([span('available', 9, 17)], day, hour(20))], day)).toEqual({ from: hour(9), to: hour(17) });
  expect(hoursOf([stretchesOf([span('available', 9, null)], day, hour(10))], day)).toEqual({ from: hour(9), to: hour(13) });
  expect(hoursOf([stretchesOf([span('loggedOut', 0, 24)], day, hour(24))], day)).toEqual(day);
});
