/** Where a timer must stand still because nobody knows any more. Pure. */
import type { LinkNow } from '../../../contract/live.ts';
import { freshnessOf } from '../../ui/connection/freshness.ts';
import type { LiveState } from './live-client.ts';

/**
 * @returns milliseconds at which what comes over the connection was last known; undefined while it is live.
 * Without `connectionId`: of what no connection is told for, it stands when none is live.
 */
export function frozenAt(state: LiveState, connectionId?: string): number | undefined {
  if (state.board === null) return undefined;
  if (state.phase.is === 'lost') return state.heardAt ?? undefined;
  const links = connectionId === undefined ? state.board.links : state.board.links.filter((link) => link.connectionId === connectionId);
  const since = links.map(downSince);
  if (since.length === 0 || since.includes(undefined)) return undefined;
  return Math.max(...since.map((at) => at ?? 0));
}

function downSince({ state, since, lastEventAt }: LinkNow): number | undefined {
  if (freshnessOf(state, 0, 0) === 'live') return undefined;
  return Date.parse(lastEventAt ?? since);
}
