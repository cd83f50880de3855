/** What the flush does to the database, without links, HTTP and live frames: how fast the rows alone go in. */
import { storeAgents, type AgentChange } from '../../../src/server/modules/agents/index.ts';
import { storeCalls, type CallChange } from '../../../src/server/modules/calls/index.ts';
import { createMapper } from '../../../src/server/pbx/asterisk/map.ts';
import { Framing } from '../../../src/server/pbx/asterisk/framing.ts';
import { systemClock } from '../../../src/server/platform/clock/index.ts';
import { Database } from '../../../src/server/platform/db/index.ts';
import { createCompany } from '../../../src/server/simulator/core/company.ts';
import { answerQuestions } from '../processes.ts';
import { createMonitor } from '../shares.ts';
import { renderTraffic } from '../traffic.ts';

export interface Stored {
  eventsPerSecond: number;
  batches: number;
}

const SECONDS = 5;
const FLUSHES_PER_SECOND = 20;

answerQuestions({
  async run({ rate, databaseUrl }: { rate: number; databaseUrl: string }): Promise<Stored> {
    const company = createCompany(0, 3);
    const traffic = await renderTraffic([company], rate * SECONDS, systemClock.now());
    const monitor = createMonitor([company.key]);
    const batches: { calls: CallChange[]; agents: AgentChange[] }[] = [];
    const mapper = createMapper({ directory: null, firstSeq: 0 });
    const framing = new Framing({ banner: () => {}, message: (message) => mapper.live(message, systemClock.now()), wants: () => true });
    framing.push(Buffer.from('Asterisk Call Manager/11.0.0\r\n'));
    const step = Math.ceil(traffic.bytes.length / (SECONDS * FLUSHES_PER_SECOND));
    for (let at = 0; at < traffic.bytes.length; at += step) {
      framing.push(traffic.bytes.subarray(at, at + step));
      monitor.events(mapper.take());
      const changes = monitor.take();
      if (changes) batches.push(changes);
    }
    const database = new Database({ url: databaseUrl, max: 1 });
    const began = performance.now();
    for (const { calls, agents } of batches) {
      await database.system(monitor.customerIds(), async (db) => {
        await storeCalls(
          db,
          calls.map((change) => ({ place: monitor, change })),
        );
        await storeAgents(
          db,
          agents.map((change) => ({ place: monitor, change })),
        );
      });
    }
    const seconds = (performance.now() - began) / 1000;
    await database.close();
    return { eventsPerSecond: traffic.events / seconds, batches: batches.length };
  },
});
