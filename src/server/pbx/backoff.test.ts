import { expect, test } from 'vitest';
import { Backoff } from './backoff.ts';

/** The longest waits of a PBX that stays away. */
function waits(count: number): number[] {
  const backoff = new Backoff(() => 1);
  return Array.from({ length: count }, () => backoff.next('tcp', 0));
}

test('a PBX that was away for a minute or two is found again within 10 s of its return', () => {
  expect(waits(30).every((ms) => ms <= 8000)).toBe(true);
  // Even if every wait came out at half its longest.
  expect(waits(30).reduce((sum, ms) => sum + ms / 2, 0)).toBeGreaterThan(100_000);
});

test('a PBX that stays away is asked once a minute at most', () => {
  expect(waits(40).slice(30)).toEqual(Array.from({ length: 10 }, () => 60_000));
});

test('a refused login is tried again after five minutes, without jitter', () => {
  expect(new Backoff(() => 0).next('badCredentials', 0)).toBe(300_000);
});

test('a line that has lived for a minute begins anew', () => {
  const backoff = new Backoff(() => 1);
  for (let n = 0; n < 5; n++) backoff.next('tcp', 0);
  expect(backoff.next('closed', 60_000)).toBe(1000);
});
