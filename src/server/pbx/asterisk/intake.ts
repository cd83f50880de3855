import type { Clock } from '../../platform/clock/index.ts';
import { LinkError } from '../connector.ts';

/** Bytes put aside while we are behind. Beyond it the session is given up: a marked gap, never a slowed PBX. */
export const MAX_BEHIND_BYTES = 64 << 20;
/** How long one link may keep the process before the others get their turn. */
const TURN_MS = 8;

interface Chunk {
  bytes: Buffer;
  receivedAt: number;
}

/**
 * Takes bytes off the socket at once and works them off in turns. Asterisk cuts a client off whose
 * socket stays full for 100 ms, so reading must never wait for working; and a flooding PBX must
 * slow only its own link.
 */
export class Intake {
  readonly #clock: Clock;
  readonly #work: (chunk: Buffer, receivedAt: number) => void;
  readonly #fail: (error: unknown) => void;
  #queue: Chunk[] = [];
  #next = 0;
  #behind = 0;
  #turnTaken = false;
  #stopped = false;
  #onEmpty: (() => void) | null = null;

  constructor(clock: Clock, work: (chunk: Buffer, receivedAt: number) => void, fail: (error: unknown) => void) {
    this.#clock = clock;
    this.#work = work;
    this.#fail = fail;
  }

  push(bytes: Buffer): void {
    if (this.#stopped) return;
    this.#behind += bytes.length;
    if (this.#behind > MAX_BEHIND_BYTES) {
      this.stop();
      this.#fail(new LinkError('closed', `more than ${MAX_BEHIND_BYTES} bytes behind: the session is given up`));
      return;
    }
    this.#queue.push({ bytes, receivedAt: this.#clock.now() });
    if (this.#turnTaken) return;
    this.#turn();
  }

  /** Runs `fn` when all that was read has been worked off. */
  whenEmpty(fn: () => void): void {
    if (this.#next === this.#queue.length) fn();
    else this.#onEmpty = fn;
  }

  /** Drops what is left. */
  stop(): void {
    this.#stopped = true;
    this.#queue = [];
    this.#next = 0;
    this.#behind = 0;
  }

  #turn(): void {
    const until = this.#clock.monotonic() + TURN_MS;
    try {
      do this.#workOne();
      while (this.#next < this.#queue.length && this.#clock.monotonic() < until);
    } catch (error) {
      this.stop();
      this.#fail(error);
      return;
    }
    this.#turnTaken = true;
    setImmediate(() => {
      this.#turnTaken = false;
      if (this.#next < this.#queue.length) this.#turn();
    });
  }

  #workOne(): void {
    const chunk = this.#queue[this.#next];
    if (chunk === undefined) return;
    this.#next++;
    this.#behind -= chunk.bytes.length;
    if (this.#next === this.#queue.length) {
      this.#queue = [];
      this.#next = 0;
    }
    this.#work(chunk.bytes, chunk.receivedAt);
    if (this.#queue.length === 0) this.#onEmpty?.();
  }
}
