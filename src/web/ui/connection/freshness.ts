import type { LinkNow } from '../../../contract/live.ts';

/**
 * How much what a live view shows can be trusted.
 * live: as it is now · waiting: the link comes up · down: the phone system is not watched ·
 * stale: our own connection to Ringside is silent, nothing is known.
 */
export type Freshness = 'live' | 'waiting' | 'down' | 'stale';

/** Ringside sends a frame each second; three missing ones are silence. */
const silenceMs = 3_500;

/**
 * @param heardAt when the last frame came, server's time; null before the first
 * @param now server's time, milliseconds since 1970
 */
export function freshnessOf(state: LinkNow['state'], heardAt: number | null, now: number): Freshness {
  if (heardAt === null) return 'waiting';
  if (now - heardAt > silenceMs) return 'stale';
  switch (state) {
    case 'live':
      return 'live';
    case 'connecting':
    case 'authenticating':
    case 'syncing':
      return 'waiting';
    case 'down':
    case 'authFailed':
    case 'disabled':
      return 'down';
  }
}
