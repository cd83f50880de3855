import { expect, test } from 'vitest';
import type { Agent } from '../../../contract/agents.ts';
import type { Call } from '../../../contract/calls.ts';
import type { LiveDelta, LiveSnapshot } from '../../../contract/live.ts';
import { step, type Board } from './board.ts';

const at = (second: number): string => new Date(Date.UTC(2026, 10, 22, 9, 0, second)).toISOString();
const nobody = { number: null, name: null, userId: null, queueId: null };

function callOf(id: string, second: number, state: Call['state'] = 'ringing'): Call {
  return {
    id,
    direction: 'incoming',
    from: nobody,
    to: nobody,
    did: null,
    state,
    stateSince: at(second),
    startedAt: at(second),
    answeredAt: null,
    endedAt: state === 'ended' ? at(second + 5) : null,
    ringMs: 0,
    talkMs: 0,
    holdMs: 0,
    waitMs: 0,
    outcome: null,
    endedBy: null,
    quality: 'exact',
    closedReason: null,
    connectionId: 'pbx',
  };
}

const agentOf = (id: string, name: string, state: Agent['state'] = 'available'): Agent => ({
  id,
  name,
  userId: null,
  agent: name,
  queueIds: [],
  state,
  reason: null,
  since: at(0),
});

const snapshot = (part: Partial<LiveSnapshot> = {}): LiveSnapshot => ({
  type: 'snapshot',
  seq: 7,
  now: at(0),
  links: [],
  calls: [],
  agents: [],
  queues: [],
  gaps: [],
  ...part,
});

const delta = (after: number, seq: number, part: Partial<LiveDelta> = {}): LiveDelta => ({
  type: 'delta',
  after,
  seq,
  now: at(0),
  links: [],
  calls: [],
  removedCalls: [],
  agents: [],
  queues: [],
  gaps: [],
  ...part,
});

const start = (part: Partial<LiveSnapshot> = {}): Board => step(null, snapshot(part)).board ?? fail();

function fail(): never {
  throw new Error('no board');
}

test('a change that follows a frame never seen asks for a new snapshot', () => {
  expect(step(start(), delta(8, 9)).board).toBeNull();
  expect(step(start(), delta(7, 9)).board?.seq).toBe(9);
});

test('a heartbeat that is ahead reveals a missed change', () => {
  expect(step(start(), { type: 'heartbeat', seq: 8, now: at(1), links: [] }).board).toBeNull();
  expect(step(start(), { type: 'heartbeat', seq: 7, now: at(1), links: [] }).board?.seq).toBe(7);
});

test('nothing is believed before the first snapshot', () => {
  expect(step(null, delta(0, 1)).board).toBeNull();
});

test('a change told again to a newcomer who has it already does no harm', () => {
  const board = start({ calls: [callOf('a', 1, 'talking')] });
  const again = step(board, delta(5, 7, { calls: [callOf('a', 1, 'talking')] })).board;
  expect([...(again?.calls.keys() ?? [])]).toEqual(['a']);
  expect(again?.seq).toBe(7);
});

test('an ended call leaves the board and is told, also one never seen going on', () => {
  const result = step(start({ calls: [callOf('a', 1)] }), delta(7, 8, { calls: [callOf('a', 1, 'ended'), callOf('b', 2, 'ended')] }));
  expect(result.board?.calls.size).toBe(0);
  expect(result.ended.map(({ id }) => id)).toEqual(['a', 'b']);
});

test('a call that became part of another one goes without having ended', () => {
  const result = step(start({ calls: [callOf('a', 1), callOf('b', 2)] }), delta(7, 8, { removedCalls: ['b'] }));
  expect([...(result.board?.calls.keys() ?? [])]).toEqual(['a']);
  expect(result).toMatchObject({ ended: [], removed: ['b'] });
});

test('calls stand in the order they began, whenever they are heard of', () => {
  const board = step(start({ calls: [callOf('c', 3), callOf('a', 1)] }), delta(7, 8, { calls: [callOf('b', 2)] })).board;
  expect([...(board?.calls.keys() ?? [])]).toEqual(['a', 'b', 'c']);
});

test('what a frame does not tell stays the same object', () => {
  const queue = { id: 'q', name: 'Sales', number: null, strategy: null, connectionId: 'pbx', waiting: [] };
  const before = start({ calls: [callOf('a', 1), callOf('b', 2)], agents: [agentOf('x', 'Ana')], queues: [queue] });
  const after = step(before, delta(7, 8, { calls: [callOf('b', 2, 'talking')], queues: [{ ...queue }] })).board ?? fail();
  expect(after.agents).toBe(before.agents);
  expect(after.calls.get('a')).toBe(before.calls.get('a'));
  expect(after.queues[0]).toBe(before.queues[0]);
});

test('gaps and links are told whole by a frame without changes, and not touched by one with changes', () => {
  const gap = { id: 'g', connectionId: 'pbx', from: at(1), to: null, cause: 'linkLost' };
  const board = step(start(), delta(7, 7, { gaps: [gap] })).board ?? fail();
  expect(board.gaps).toEqual([gap]);
  expect(step(board, delta(7, 8)).board?.gaps).toEqual([gap]);
  expect(step(board, delta(7, 7)).board?.gaps).toEqual([]);
});

test('agents stay in the order of their names when their states change', () => {
  const board = start({ agents: [agentOf('1', 'Zoe'), agentOf('2', 'Ana')] });
  const after = step(board, delta(7, 8, { agents: [agentOf('1', 'Zoe', 'onCall'), agentOf('3', 'Mia')] })).board;
  expect([...(after?.agents.values() ?? [])].map(({ name }) => name)).toEqual(['Ana', 'Mia', 'Zoe']);
});
