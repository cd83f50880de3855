import type { LinkFailure } from './connector.ts';

const FIRST_MS = 1_000;
/** While a PBX may be restarting it is looked for often enough to be seen within 10 s of its return … */
const SOON_MS = 8_000;
const SOON_TRIES = 30;
/** … and after some minutes now and then. */
const LONGEST_MS = 60_000;
/** Login failures are counted by fail2ban and its like: knock rarely. */
const REFUSED_MS = 300_000;
/** A line must live this long before the next loss counts as the first. */
const PROVEN_AFTER_MS = 60_000;

/** How long to wait before the next try: 1, 2, 4, 8 s, 8 s for some minutes, then 60 s, each with full jitter, so that many links do not come back at once. */
export class Backoff {
  readonly #random: () => number;
  #failures = 0;

  /** @param random 0 ≤ x < 1 */
  constructor(random: () => number) {
    this.#random = random;
  }

  /** @param liveMs how long the session was live, 0 if it never was. @returns ms */
  next(failure: LinkFailure, liveMs: number): number {
    if (liveMs >= PROVEN_AFTER_MS) this.#failures = 0;
    const longest = this.#failures < SOON_TRIES ? Math.min(SOON_MS, FIRST_MS * 2 ** this.#failures) : LONGEST_MS;
    this.#failures++;
    return failure === 'badCredentials' ? REFUSED_MS : this.#random() * longest;
  }
}
