import { expect, test } from 'vitest';
import { addDays, dayFrom, periodOf, startOfDay } from './ranges.ts';

/** 00:30 of 22 November in Madrid, still the 21st in UTC. */
const now = Date.parse('2026-11-21T23:30:00Z');
const madrid = 'Europe/Madrid';

test('days are the customer’s, not those of UTC', () => {
  expect(periodOf('today', {}, now, madrid)).toEqual({ from: '2026-11-21T23:00:00.000Z' });
  expect(periodOf('today', {}, now, 'UTC')).toEqual({ from: '2026-11-21T00:00:00.000Z' });
});

test('yesterday ends where today begins; the last seven days hold today', () => {
  expect(periodOf('yesterday', {}, now, madrid)).toEqual({ from: '2026-11-20T23:00:00.000Z', to: '2026-11-21T23:00:00.000Z' });
  expect(periodOf('7d', {}, now, madrid)).toEqual({ from: '2026-11-15T23:00:00.000Z' });
});

test('a custom range holds its last day, and stays open when that is today', () => {
  expect(periodOf('custom', { from: '2026-11-01', to: '2026-11-02' }, now, 'UTC')).toEqual({
    from: '2026-11-01T00:00:00.000Z',
    to: '2026-11-03T00:00:00.000Z',
  });
  expect(periodOf('custom', { from: '2026-11-01', to: '2026-11-30' }, now, 'UTC')).toEqual({ from: '2026-11-01T00:00:00.000Z' });
});

test('a range that ends before it begins is its first day', () => {
  expect(periodOf('custom', { from: '2026-11-05', to: '2026-11-02' }, now, 'UTC')).toEqual({
    from: '2026-11-05T00:00:00.000Z',
    to: '2026-11-06T00:00:00.000Z',
  });
});

test('a day on which clocks change begins at its own midnight', () => {
  expect(new Date(startOfDay('2026-03-29', madrid)).toISOString()).toBe('2026-03-28T23:00:00.000Z');
  expect(new Date(startOfDay('2026-03-30', madrid)).toISOString()).toBe('2026-03-29T22:00:00.000Z');
  expect(new Date(startOfDay('2026-10-25', madrid)).toISOString()).toBe('2026-10-24T22:00:00.000Z');
  expect(new Date(startOfDay('2026-10-26', madrid)).toISOString()).toBe('2026-10-25T23:00:00.000Z');
});

test('a day whose midnight does not exist begins at its first instant', () => {
  expect(new Date(startOfDay('2026-09-06', 'America/Santiago')).toISOString()).toBe('2026-09-06T04:00:00.000Z');
});

test('only a real day counts as one', () => {
  expect(dayFrom('2026-02-28')).toBe('2026-02-28');
  expect([dayFrom('2026-02-30'), dayFrom('yesterday'), dayFrom(20_260_228), dayFrom(undefined)]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
});
