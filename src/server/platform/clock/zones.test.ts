import { expect, test } from 'vitest';
import { dayIn, daysBetween, nextDay, startOfDay } from './zones.ts';

test('a day begins at the local midnight, also on the days the clocks change', () => {
  expect(new Date(startOfDay('Europe/Madrid', '2026-11-22')).toISOString()).toBe('2026-11-21T23:00:00.000Z');
  expect(new Date(startOfDay('Europe/Madrid', '2026-03-30')).toISOString()).toBe('2026-03-29T22:00:00.000Z');
  expect(new Date(startOfDay('America/Sao_Paulo', '2026-01-01')).toISOString()).toBe('2026-01-01T03:00:00.000Z');
  expect(new Date(startOfDay('Pacific/Kiritimati', '2026-06-01')).toISOString()).toBe('2026-05-31T10:00:00.000Z');
  expect(new Date(startOfDay('Asia/Kathmandu', '2026-06-01')).toISOString()).toBe('2026-05-31T18:15:00.000Z');
});

test('a day whose midnight is skipped begins at the first instant there is', () => {
  // Beirut moves its clocks from 00:00 to 01:00.
  expect(new Date(startOfDay('Asia/Beirut', '2026-03-29')).toISOString()).toBe('2026-03-28T22:00:00.000Z');
});

test('the day of an instant is the local one', () => {
  expect(dayIn('America/New_York', Date.parse('2026-11-22T03:00:00Z'))).toBe('2026-11-21');
});

test('both ends of a span of days count', () => {
  expect(daysBetween('2026-02-27', '2026-03-01')).toBe(3);
  expect(nextDay('2026-12-31')).toBe('2027-01-01');
});
