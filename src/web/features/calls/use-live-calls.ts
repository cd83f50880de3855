import { useCallback, useEffect, useRef, useState } from 'react';
import type { Call } from '../../../contract/calls.ts';
import type { Ended } from '../live/live-client.ts';
import { useEnded, useLiveClient } from '../live/use-live.ts';
import { belongs } from './call-rows.ts';
import type { CallsView } from './calls-view.ts';
import type { Period } from './ranges.ts';

export interface LiveCalls {
  /** What is newer than the list as it was read, by the call's id. */
  news: ReadonlyMap<string, Call>;
  removed: ReadonlySet<string>;
  /** Calls that wait to be shown because somebody points at the list or has scrolled down. */
  waiting: number;
  showWaiting: () => void;
}

interface Kept {
  news: ReadonlyMap<string, Call>;
  removed: ReadonlySet<string>;
}

const nothing: Kept = { news: new Map(), removed: new Set() };
/** Busy customers end several calls a second; the list is drawn anew at most this often. */
const EVERY_MS = 1000;

/**
 * Picks up calls as they begin, change and end, without moving the list under the pointer.
 * @param listKey another list, another start
 * @param held nothing may move now
 */
export function useLiveCalls(
  customerId: string,
  listKey: string,
  view: CallsView,
  period: Period,
  listed: ReadonlySet<string>,
  held: boolean,
): LiveCalls {
  const client = useLiveClient(customerId);
  const [shown, setShown] = useState(nothing);
  const [heard, setHeard] = useState(nothing);
  const queue = useRef(nothing);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  useEffect(() => {
    queue.current = nothing;
    setShown(nothing);
    setHeard(nothing);
    return () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    };
  }, [listKey]);

  const soon = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      const open = [...(client.state.board?.calls.values() ?? [])].filter((call) => listed.has(call.id) || belongs(call, view, period));
      const { news, removed } = queue.current;
      // What ended is told last: the board's own picture of it may be older.
      setHeard({ news: new Map([...open.map((call) => [call.id, call] as const), ...news]), removed });
    }, EVERY_MS);
  }, [client, listed, view, period]);
  useEffect(() => client.subscribe(soon), [client, soon]);

  const onEnded = useCallback(
    ({ calls, removed }: Ended) => {
      const mine = calls.filter((call) => listed.has(call.id) || belongs(call, view, period));
      queue.current = {
        news: new Map([...queue.current.news, ...mine.map((call) => [call.id, call] as const)]),
        removed: new Set([...queue.current.removed, ...removed]),
      };
    },
    [listed, view, period],
  );
  useEnded(client, onEnded);

  const showWaiting = useCallback(() => setShown(heard), [heard]);
  useEffect(() => {
    if (!held) setShown(heard);
  }, [held, heard]);

  // What changes in its place moves nothing: it need not wait.
  const inPlace = new Map([...heard.news].filter(([id]) => listed.has(id) || shown.news.has(id)));
  const waiting = [...heard.news.keys()].filter((id) => !listed.has(id) && !shown.news.has(id)).length;
  return { news: new Map([...shown.news, ...inPlace]), removed: shown.removed, waiting, showWaiting };
}
