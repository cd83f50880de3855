import { expect, test } from 'vitest';
import { freshnessOf } from './freshness.ts';

test('a board whose frames stopped is stale, however well the link stood', () => {
  expect(freshnessOf('live', 10_000, 13_000)).toBe('live');
  expect(freshnessOf('live', 10_000, 13_501)).toBe('stale');
});

test('a link that is down is never shown as live', () => {
  for (const state of ['down', 'authFailed', 'disabled'] as const) expect(freshnessOf(state, 10_000, 10_000)).toBe('down');
});

test('before the first frame nothing is claimed', () => {
  expect(freshnessOf('live', null, 10_000)).toBe('waiting');
});
