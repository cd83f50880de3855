/** Random numbers from a seed: the same seed gives the same day. */
export interface Random {
  /** 0 up to but not 1. */
  next(): number;
  /** Whole number from `min` to `max`, both included. */
  int(min: number, max: number): number;
  /** @throws RangeError on an empty list */
  pick<T>(list: readonly T[]): T;
  chance(probability: number): boolean;
  exponential(mean: number): number;
  /** Long-tailed, as durations of calls are; half of the values lie below `median`. */
  logNormal(median: number, sigma: number): number;
  uuid(): string;
  /** A stream of its own, so that one part's draws do not shift another's. */
  fork(): Random;
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const hex = (digits: number): string => {
    let text = '';
    for (let i = 0; i < digits; i++) text += Math.floor(next() * 16).toString(16);
    return text;
  };
  return {
    next,
    int: (min, max) => min + Math.floor(next() * (max - min + 1)),
    pick(list) {
      if (list.length === 0) throw new RangeError('nothing to pick from');
      // In range: next() is below 1 and the list is not empty.
      return list[Math.floor(next() * list.length)] as (typeof list)[number];
    },
    chance: (probability) => next() < probability,
    exponential: (mean) => -Math.log(1 - next()) * mean,
    logNormal: (median, sigma) => median * Math.exp(sigma * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())),
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
    fork: () => createRandom(Math.floor(next() * 4294967296)),
  };
}
