import { expect, test } from 'vitest';
import { ServerClock } from './clock.ts';

test('time follows the server however wrong the local clock is', () => {
  let local = 1_000;
  const clock = new ServerClock(() => local);
  clock.heard(61_000);
  local = 2_500;
  expect(clock.now()).toBe(62_500);
});

test('a message that was held up does not set the clock back', () => {
  let local = 1_000;
  const clock = new ServerClock(() => local);
  clock.heard(61_000);
  local = 5_000;
  clock.heard(61_200);
  expect(clock.now()).toBe(65_000);
});

test('an old sample is forgotten, so the clock follows a change of the local one', () => {
  let local = 1_000;
  const clock = new ServerClock(() => local);
  clock.heard(61_000);
  local = 100_000;
  for (let i = 0; i < 16; i += 1) clock.heard(100_000);
  expect(clock.now()).toBe(100_000);
});

test('before anything was heard the local clock counts', () => {
  expect(new ServerClock(() => 7).now()).toBe(7);
});
