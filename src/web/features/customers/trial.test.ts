import { expect, test } from 'vitest';
import { dayIn, longestTrial, trialDaysLeft } from './trial.ts';

test('the longest trial counts its first and last day, across the end of a month and a leap day', () => {
  expect(longestTrial('2026-11-22', 30)).toEqual({ startDate: '2026-11-22', endDate: '2026-12-21' });
  expect(longestTrial('2028-02-28', 2)).toEqual({ startDate: '2028-02-28', endDate: '2028-02-29' });
});

test('a trial is over the day after its last', () => {
  const trial = { startDate: '2026-11-01', endDate: '2026-11-22' };
  expect(trialDaysLeft(trial, '2026-11-20')).toBe(2);
  expect(trialDaysLeft(trial, '2026-11-22')).toBe(0);
  expect(trialDaysLeft(trial, '2026-11-23')).toBeNull();
  expect(trialDaysLeft(null, '2026-11-23')).toBeNull();
});

test('the day is the reseller’s, not Greenwich’s', () => {
  expect(dayIn(Date.UTC(2026, 10, 22, 23, 30), 'Europe/Madrid')).toBe('2026-11-23');
});
