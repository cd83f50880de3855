/** One customer's live socket: keeps a board, notices silence, comes back by itself. */
import { LIVE_PATH, type LiveFrame } from '../../../contract/live.ts';
import type { Call } from '../../../contract/calls.ts';
import { step, type Board } from './board.ts';

/**
 * opening: nothing seen yet · live: a frame came lately · lost: silence, coming back ·
 * refused: the API says no, and why.
 */
export type Phase = { is: 'opening' } | { is: 'live' } | { is: 'lost'; tries: number } | { is: 'refused'; status: number };

export interface LiveState {
  phase: Phase;
  board: Board | null;
  /** When the last frame came, by the server's clock, in ms; null before the first. */
  heardAt: number | null;
}

export interface Ended {
  calls: readonly Call[];
  removed: readonly string[];
}

/** The part of `WebSocket` that is used. */
export type Socket = Pick<WebSocket, 'close' | 'onopen' | 'onmessage' | 'onclose'>;

export interface Surroundings {
  open: (path: string) => Socket;
  /** The server's time in ms, and a way to tell what a frame said of it. */
  clock: { now(): number; heard(serverMs: number): void };
  /** Why a socket could not be opened: the HTTP status of the same question asked plainly; null when nothing answered. */
  whyRefused: () => Promise<number | null>;
  /** 0 to 1. */
  random: () => number;
  /** Calls `notify` soon, at the next frame of the screen. */
  soon: (notify: () => void) => void;
}

/** Ringside sends a frame each second; three missing ones are silence. */
export const SILENCE_MS = 3000;
/** The API closes with this when one's right to watch ended. */
const NO_LONGER_ALLOWED = 4403;

/** Pause before the n-th try to come back, from 1: doubling up to 10 s, less up to a half so that not all screens come at once. */
export function pauseBefore(tries: number, random: number): number {
  return Math.min(10_000, 500 * 2 ** (tries - 1)) * (1 - random / 2);
}

export class LiveClient {
  readonly #path: string;
  readonly #around: Surroundings;
  readonly #listeners = new Set<() => void>();
  readonly #endListeners = new Set<(ended: Ended) => void>();
  #state: LiveState = { phase: { is: 'opening' }, board: null, heardAt: null };
  #shown = this.#state;
  #announced = false;
  #socket: Socket | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #tries = 0;
  #closed = false;

  constructor(customerId: string, around: Surroundings) {
    this.#path = LIVE_PATH.replace('{customerId}', customerId);
    this.#around = around;
    this.#connect();
  }

  /** Steady between two notifications, as `useSyncExternalStore` needs it. */
  get state(): LiveState {
    return this.#shown;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Hears of each call that leaves the board. */
  onEnded(listener: (ended: Ended) => void): () => void {
    this.#endListeners.add(listener);
    return () => this.#endListeners.delete(listener);
  }

  /** Tries at once instead of at the end of the pause, e.g. when the machine is online again. */
  hurry(): void {
    if (this.#socket !== null || this.#closed || this.#state.phase.is !== 'lost') return;
    this.#tries = 0;
    this.#connect();
  }

  close(): void {
    this.#closed = true;
    this.#drop();
  }

  #connect(): void {
    this.#drop();
    const socket = this.#around.open(this.#path);
    this.#socket = socket;
    let opened = false;
    socket.onopen = () => {
      opened = true;
    };
    socket.onmessage = (message: MessageEvent<string>) => this.#receive(JSON.parse(message.data) as LiveFrame);
    socket.onclose = ({ code }) => {
      if (code === NO_LONGER_ALLOWED) this.#refuse(403);
      else if (opened) this.#lose();
      else void this.#ask();
    };
    this.#watch();
  }

  #receive(frame: LiveFrame): void {
    this.#around.clock.heard(Date.parse(frame.now));
    const { board, ended, removed } = step(this.#state.board, frame);
    if (board === null) {
      this.#lose();
      return;
    }
    this.#tries = 0;
    this.#watch();
    const live = this.#state.phase.is === 'live' ? this.#state.phase : { is: 'live' as const };
    this.#set({ phase: live, board, heardAt: this.#around.clock.now() });
    if (ended.length + removed.length > 0) this.#endListeners.forEach((listener) => listener({ calls: ended, removed }));
  }

  /** Silence from now on for so long means: lost. */
  #watch(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#lose(), SILENCE_MS);
  }

  #lose(): void {
    this.#drop();
    if (this.#closed) return;
    this.#tries += 1;
    this.#set({ ...this.#state, phase: { is: 'lost', tries: this.#tries } });
    this.#timer = setTimeout(() => this.#connect(), pauseBefore(this.#tries, this.#around.random()));
  }

  /** A browser does not tell why a socket was refused. */
  async #ask(): Promise<void> {
    this.#drop();
    const status = await this.#around.whyRefused();
    if (this.#closed || this.#socket !== null) return;
    if (status === 401 || status === 403 || status === 404) this.#refuse(status);
    else this.#lose();
  }

  #refuse(status: number): void {
    this.#drop();
    this.#set({ ...this.#state, phase: { is: 'refused', status } });
  }

  #drop(): void {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #set(state: LiveState): void {
    this.#state = state;
    if (this.#announced) return;
    this.#announced = true;
    this.#around.soon(() => {
      this.#announced = false;
      this.#shown = this.#state;
      this.#listeners.forEach((listener) => listener());
    });
  }
}
