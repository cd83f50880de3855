import { expect, test } from 'vitest';
import type { LinkNow } from '../../../contract/live.ts';
import { frozenAt } from './frozen.ts';
import type { LiveState, Phase } from './live-client.ts';

const at = 1_795_000_000_000;
const link = (connectionId: string, state: LinkNow['state']): LinkNow => ({
  connectionId,
  name: connectionId,
  state,
  since: new Date(at - 5000).toISOString(),
  failure: null,
  lastEventAt: new Date(at - 9000).toISOString(),
});
const live = (phase: Phase, ...links: LinkNow[]): LiveState => ({
  phase,
  heardAt: at,
  board: { seq: 1, links, calls: new Map(), agents: new Map(), queues: [], gaps: [] },
});

test('timers run while the link is live', () => {
  expect(frozenAt(live({ is: 'live' }, link('a', 'live')), 'a')).toBeUndefined();
});

test('timers of a link that is down stand where its last event left them, the others run', () => {
  const state = live({ is: 'live' }, link('a', 'down'), link('b', 'live'));
  expect(frozenAt(state, 'a')).toBe(at - 9000);
  expect(frozenAt(state, 'b')).toBeUndefined();
  expect(frozenAt(state)).toBeUndefined();
});

test('everything stands when Ringside itself is silent', () => {
  expect(frozenAt(live({ is: 'lost', tries: 1 }, link('a', 'live')), 'a')).toBe(at);
});
