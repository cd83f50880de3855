import type { Clock } from '../../platform/clock/index.ts';

/** A course of events: each yielded number is a wait in milliseconds. Runs without a wait in one go, so that a day is repeatable. */
export type Script<T> = Generator<number, T, undefined>;

export interface Playing<T> {
  /** Resolves with what the script returns; null when it was stopped before. */
  done: Promise<T | null>;
  /** Leaves the script where it waits. */
  stop(): void;
}

/** Plays the script up to its first wait at once, the rest as the clock moves. Errors reject `done`. */
export function play<T>(clock: Clock, script: Script<T>): Playing<T> {
  let settle: (value: T | null) => void = () => {};
  let fail: (error: unknown) => void = () => {};
  const done = new Promise<T | null>((resolve, reject) => {
    settle = resolve;
    fail = reject;
  });
  let cancel = (): void => {};
  const step = (): void => {
    try {
      const next = script.next();
      if (next.done) settle(next.value);
      else cancel = clock.after(next.value, step);
    } catch (error) {
      fail(error);
    }
  };
  step();
  return {
    done,
    stop() {
      cancel();
      settle(null);
    },
  };
}
