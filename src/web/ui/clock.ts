/**
 * The portal's only source of time. Timers tick locally and follow the server's clock: a laptop
 * whose clock is wrong shows the same "time in state" as every other screen.
 */
import { useSyncExternalStore } from 'react';

const window = 16;

/**
 * Learns how far the server's clock is ahead of ours. A message is always older on arrival than
 * it says, never newer, so among the last samples the greatest difference is the truest.
 */
export class ServerClock {
  readonly #local: () => number;
  readonly #samples: number[] = [];

  /** @param local milliseconds since 1970 as this machine sees it */
  constructor(local: () => number) {
    this.#local = local;
  }

  /** @param serverMs the server's time as a message just received states it */
  heard(serverMs: number): void {
    this.#samples.push(serverMs - this.#local());
    if (this.#samples.length > window) this.#samples.shift();
  }

  /** Milliseconds since 1970 by the server's clock, or by ours while nothing was heard. */
  now(): number {
    return this.#local() + (this.#samples.length === 0 ? 0 : Math.max(...this.#samples));
  }
}

export const serverClock = new ServerClock(() => Date.now());

/**
 * The server's time cut to whole steps, so that all timers of a page turn together.
 * @param everyMs 1000 for running timers, 30000 for "5 minutes ago"
 */
export function useNow(everyMs: number): number {
  return useSyncExternalStore(onTick, () => Math.floor(serverClock.now() / everyMs) * everyMs);
}

/** One timer for the whole page, however many components count seconds; none while nobody does. */
const listeners = new Set<() => void>();
let ticker: ReturnType<typeof setInterval> | undefined;

function onTick(listener: () => void): () => void {
  listeners.add(listener);
  ticker ??= setInterval(() => listeners.forEach((listen) => listen()), 250);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(ticker);
    ticker = undefined;
  };
}
