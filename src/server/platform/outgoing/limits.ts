import type { Clock } from '../clock/index.ts';
import { OutgoingError } from './port.ts';

export interface Limits {
  clock: Clock;
  timeoutMs?: number;
  signal?: AbortSignal | undefined;
  /** What is being done, for the error's detail. */
  what: string;
}

/**
 * Runs `work` until the time is over or the caller's signal aborts; then `stop` aborts, and the error is ours
 * even if the work, like a DNS look-up, cannot be stopped. A socket that comes too late is destroyed by the work.
 */
export async function withLimits<T>(limits: Limits, work: (stop: AbortSignal) => Promise<T>): Promise<T> {
  const { clock, timeoutMs, signal, what } = limits;
  const stop = new AbortController();
  let cancel = (): void => {};
  let onAbort = (): void => {};
  const limit = new Promise<never>((_, reject) => {
    const end = (error: OutgoingError): void => {
      reject(error);
      stop.abort();
    };
    onAbort = () => end(new OutgoingError('stopped', what));
    if (timeoutMs !== undefined) cancel = clock.after(timeoutMs, () => end(new OutgoingError('timeout', `${what}: over ${timeoutMs} ms`)));
    signal?.addEventListener('abort', onAbort, { once: true });
    if (signal?.aborted) onAbort();
  });
  try {
    return await Promise.race([limit, work(stop.signal)]);
  } finally {
    cancel();
    signal?.removeEventListener('abort', onAbort);
  }
}
