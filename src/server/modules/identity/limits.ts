import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Fault } from '../../platform/http/fault.ts';

const MINUTE = 60;
const HOUR = 3600;

/** Tries of this process; a second process has its own. */
export interface Limits {
  /** One address guessing at one account. */
  loginOfAccount: Limit;
  /** One address guessing at many accounts. */
  loginOfAddress: Limit;
  resetOfAddress: Limit;
  resetOfAccount: Limit;
  renewalOfAddress: Limit;
  renewalOfInvitation: Limit;
}

export function createLimits(): Limits {
  return {
    loginOfAccount: new Limit(10, 15 * MINUTE),
    loginOfAddress: new Limit(100, 15 * MINUTE),
    resetOfAddress: new Limit(20, HOUR),
    resetOfAccount: new Limit(5, HOUR),
    renewalOfAddress: new Limit(20, HOUR),
    renewalOfInvitation: new Limit(3, HOUR),
  };
}

export class Limit {
  readonly #limiter: RateLimiterMemory;

  /** @param points tries within `seconds` of the first */
  constructor(points: number, seconds: number) {
    this.#limiter = new RateLimiterMemory({ points, duration: seconds });
  }

  /** Counts a try before it is made, so that tries at once cannot slip by. @throws Fault tooMany */
  async take(key: string): Promise<void> {
    const seconds = await this.#consume(key);
    if (seconds === null) return;
    const minutes = Math.max(1, Math.ceil(seconds / MINUTE));
    throw new Fault('tooMany', {
      detail: { en: `Try again in ${minutes} min.`, es: `Vuelva a intentarlo en ${minutes} min.` },
    });
  }

  /** Like `take`, but says false instead of failing. */
  async allows(key: string): Promise<boolean> {
    return (await this.#consume(key)) === null;
  }

  /** Gives a try back: it was not a guess. */
  async giveBack(key: string): Promise<void> {
    await this.#limiter.reward(key);
  }

  /** @returns null, or the seconds until the next try */
  async #consume(key: string): Promise<number | null> {
    try {
      await this.#limiter.consume(key);
      return null;
    } catch (error) {
      if (error instanceof RateLimiterRes) return error.msBeforeNext / 1000;
      throw error;
    }
  }
}

/**
 * Whom tries are counted for: an IPv4 address, or an IPv6 network, of which one customer line has 2^64 addresses.
 * @param address as the socket tells it
 */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  return [...left, ...zeros, ...right].slice(0, 4).join(':');
}
