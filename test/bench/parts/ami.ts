/** Socket to changes in one process: how many AMI events one core takes. */
import type { Figure } from '../figures.ts';
import { startHelper } from '../processes.ts';
import { median, runs } from '../statistics.ts';
import type { Login, Reading } from '../children/ami-client.ts';

/** About 50 MB: below what a session puts aside before it is given up. */
const EVENTS = 80_000;
const RUNS = 5;

export async function measureAmi(): Promise<Figure[]> {
  const server = startHelper('ami-server');
  const client = startHelper('ami-client');
  try {
    const login = await server.ask<Login>('login');
    const perCore: number[] = [];
    const perSecond: number[] = [];
    const bare: number[] = [];
    // The first warms the compiler up and is not counted.
    for (let run = 0; run <= RUNS; run++) {
      const sent = await server.ask<{ events: number; calls: number; bytes: number }>('render', EVENTS);
      await client.ask('open', login);
      const full = await pour();
      if (full.calls !== sent.calls) throw new Error(`${sent.calls} calls were sent, ${full.calls} came out`);
      await client.ask('drain', login);
      const drained = await pour();
      if (run === 0) continue;
      perCore.push((sent.events / full.cpuMs) * 1000);
      perSecond.push((sent.events / full.wallMs) * 1000);
      bare.push((sent.events / drained.cpuMs) * 1000);
    }
    return [
      {
        name: 'ami.eventsPerSecondPerCore',
        unit: '/CPU s',
        value: median(perCore),
        spread: runs(perCore),
        bare: { what: 'drained without parsing', value: median(bare) },
        note: 'client, mapping, reducers; every call counted at both ends',
      },
      { name: 'ami.eventsPerSecond', unit: '/s', value: median(perSecond), spread: runs(perSecond), note: 'the same by the clock' },
    ];
  } finally {
    await Promise.all([server.end(), client.end()]);
  }

  async function pour(): Promise<Reading> {
    const measured = client.ask<Reading>('measure');
    await server.ask('pour');
    return measured;
  }
}
