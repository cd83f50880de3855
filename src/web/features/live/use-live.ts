import { useEffect, useState, useSyncExternalStore } from 'react';
import { contract } from '../../../contract/index.ts';
import { call } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { serverClock } from '../../ui/clock.ts';
import { LiveClient, type Ended, type LiveState } from './live-client.ts';

/** How long a socket outlives the page that opened it: going from the board to a call and back keeps it. */
const LINGER_MS = 5000;

interface Kept {
  client: LiveClient;
  users: number;
  leaving: ReturnType<typeof setTimeout> | undefined;
}

const kept = new Map<string, Kept>();

/** The customer's live socket, shared by all parts of a page; closed when nobody looks any more. */
export function useLiveClient(customerId: string): LiveClient {
  const [{ client }, setEntry] = useState(() => entryOf(customerId));
  useEffect(() => {
    const entry = entryOf(customerId);
    setEntry(entry);
    return hold(customerId, entry);
  }, [customerId]);
  return client;
}

/** A part of the live state; the component is drawn anew when that part is another one. */
export function useLive<T>(client: LiveClient, part: (state: LiveState) => T): T {
  return useSyncExternalStore(
    (listener) => client.subscribe(listener),
    () => part(client.state),
  );
}

/** Hears of each call that ends or joins another one. */
export function useEnded(client: LiveClient, onEnded: (ended: Ended) => void): void {
  useEffect(() => client.onEnded(onEnded), [client, onEnded]);
}

function entryOf(customerId: string): Kept {
  const entry = kept.get(customerId) ?? { client: connect(customerId), users: 0, leaving: undefined };
  kept.set(customerId, entry);
  if (entry.users === 0) leave(customerId, entry);
  return entry;
}

function hold(customerId: string, entry: Kept): () => void {
  entry.users += 1;
  clearTimeout(entry.leaving);
  const hurry = (): void => entry.client.hurry();
  const onSight = (): void => {
    if (document.visibilityState === 'visible') hurry();
  };
  window.addEventListener('online', hurry);
  document.addEventListener('visibilitychange', onSight);
  return () => {
    window.removeEventListener('online', hurry);
    document.removeEventListener('visibilitychange', onSight);
    entry.users -= 1;
    if (entry.users === 0) leave(customerId, entry);
  };
}

function leave(customerId: string, entry: Kept): void {
  clearTimeout(entry.leaving);
  entry.leaving = setTimeout(() => {
    entry.client.close();
    if (kept.get(customerId) === entry) kept.delete(customerId);
  }, LINGER_MS);
}

function connect(customerId: string): LiveClient {
  return new LiveClient(customerId, {
    open: (path) => new WebSocket(new URL(path, window.location.href.replace(/^http/, 'ws'))),
    clock: serverClock,
    whyRefused: () => statusOf(customerId),
    random: Math.random,
    soon: (notify) => void requestAnimationFrame(notify),
  });
}

/** @returns the status with which the API answers the same person asking for the same customer; null when it does not */
async function statusOf(customerId: string): Promise<number | null> {
  try {
    await call(contract.agents.list, { params: { customerId } });
    return 200;
  } catch (error) {
    return error instanceof ApiProblem && error.status > 0 ? error.status : null;
  }
}
