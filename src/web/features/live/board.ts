/** What is known of a customer now, kept from the live socket's frames. Pure. */
import type { Agent } from '../../../contract/agents.ts';
import type { Call } from '../../../contract/calls.ts';
import type { LinkNow, LiveDelta, LiveFrame, LiveSnapshot, QueueNow } from '../../../contract/live.ts';

export type Gap = LiveSnapshot['gaps'][number];

export interface Board {
  seq: number;
  links: readonly LinkNow[];
  /** Calls going on, the oldest first. */
  calls: ReadonlyMap<string, Call>;
  agents: ReadonlyMap<string, Agent>;
  queues: readonly QueueNow[];
  gaps: readonly Gap[];
}

/** What one frame made of the board. */
export interface Step {
  /** Null: a frame was missed, only a new snapshot helps. */
  board: Board | null;
  /** Calls that ended with this frame. */
  ended: readonly Call[];
  /** Calls that turned out to be part of another one. */
  removed: readonly string[];
}

/** @param board null before the first snapshot. Whatever did not change keeps its identity, so that only changed rows are drawn anew. */
export function step(board: Board | null, frame: LiveFrame): Step {
  switch (frame.type) {
    case 'snapshot':
      return quiet(boardOf(frame));
    case 'heartbeat':
      if (board === null || frame.seq > board.seq) return quiet(null);
      return quiet({ ...board, links: same(board.links, frame.links) });
    case 'delta':
      if (board === null || frame.after > board.seq) return quiet(null);
      return frame.after === frame.seq ? quiet(health(board, frame)) : change(board, frame);
  }
}

function quiet(board: Board | null): Step {
  return { board, ended: [], removed: [] };
}

function boardOf({ seq, links, calls, agents, queues, gaps }: LiveSnapshot): Board {
  const open = calls.filter(({ state }) => state !== 'ended').toSorted(byStart);
  return { seq, links, calls: keyed(open), agents: keyed(agents.toSorted(byName)), queues, gaps };
}

function health(board: Board, frame: LiveDelta): Board {
  return { ...board, links: same(board.links, frame.links), gaps: same(board.gaps, frame.gaps) };
}

function change(board: Board, frame: LiveDelta): Step {
  const ended = frame.calls.filter(({ state }) => state === 'ended');
  const next: Board = {
    ...board,
    seq: Math.max(board.seq, frame.seq),
    calls: frame.calls.length + frame.removedCalls.length === 0 ? board.calls : changedCalls(board.calls, frame),
    agents: frame.agents.length === 0 ? board.agents : changedAgents(board.agents, frame.agents),
    queues:
      frame.queues.length === 0
        ? board.queues
        : frame.queues.map((queue) =>
            same(
              board.queues.find(({ id }) => id === queue.id),
              queue,
            ),
          ),
  };
  return { board: next, ended, removed: frame.removedCalls };
}

function changedCalls(calls: Board['calls'], frame: LiveDelta): Board['calls'] {
  const next = new Map(calls);
  let earlier = false;
  const newest = [...calls.values()].at(-1);
  for (const call of frame.calls) {
    if (call.state === 'ended') next.delete(call.id);
    else {
      earlier ||= !next.has(call.id) && newest !== undefined && byStart(call, newest) < 0;
      next.set(call.id, call);
    }
  }
  for (const id of frame.removedCalls) next.delete(id);
  return earlier ? keyed([...next.values()].toSorted(byStart)) : next;
}

function changedAgents(agents: Board['agents'], changed: readonly Agent[]): Board['agents'] {
  const next = new Map(agents);
  for (const agent of changed) next.set(agent.id, agent);
  const added = next.size > agents.size || changed.some(({ id, name }) => agents.get(id)?.name !== name);
  return added ? keyed([...next.values()].toSorted(byName)) : next;
}

/** The old value where the new one says the same. */
function same<T>(old: T | undefined, now: T): T {
  return old !== undefined && JSON.stringify(old) === JSON.stringify(now) ? old : now;
}

function keyed<T extends { id: string }>(list: readonly T[]): ReadonlyMap<string, T> {
  return new Map(list.map((entry) => [entry.id, entry]));
}

function byStart(a: Call, b: Call): number {
  return Date.parse(a.startedAt) - Date.parse(b.startedAt) || (a.id < b.id ? -1 : 1);
}

function byName(a: Agent, b: Agent): number {
  return a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1);
}
