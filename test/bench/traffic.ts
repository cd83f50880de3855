/** A flood of the simulated PBX rendered into memory instead of onto a socket. */
import { ManualClock } from '../../src/server/platform/clock/index.ts';
import type { Company } from '../../src/server/simulator/index.ts';
import { runFlood } from '../../src/server/simulator/flood/run.ts';

export interface Traffic {
  events: number;
  calls: number;
  bytes: Buffer;
}

/** @param startAt ms since 1970: other uniqueids than those of a flood that began in another second */
export async function renderTraffic(companies: readonly Company[], events: number, startAt: number): Promise<Traffic> {
  const clock = new ManualClock(startAt);
  const texts: string[] = [];
  let done = false;
  const seconds = 5;
  const flood = runFlood(
    { eventsPerSecond: events / seconds, seconds },
    { companies, clock, seed: 1, timestamps: true, send: (_class, text) => texts.push(text), delivered: () => {}, stopped: () => false },
  ).finally(() => (done = true));
  while (!done) {
    clock.advance(10);
    await Promise.resolve();
  }
  const result = await flood;
  return { events: result.events, calls: result.calls, bytes: Buffer.from(texts.join('')) };
}
