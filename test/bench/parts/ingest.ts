/** Simulator to committed rows over the real links: the highest rate that holds, counted at both ends. */
import type { FloodResult } from '../../../src/server/simulator/index.ts';
import { watchCommits } from '../commits.ts';
import type { Figure } from '../figures.ts';
import { until, type House } from '../house.ts';
import { cpuSeconds, startHelper, type Helper } from '../processes.ts';
import { distribution } from '../statistics.ts';
import type { Stored } from '../children/batches.ts';

const STEPS = [2000, 5000, 10_000, 20_000];
const PROBE_SECONDS = 5;
const SUSTAINED_SECONDS = Number(process.env['BENCH_INGEST_SECONDS'] ?? 20);
const MOST_LAG_MS = 1000;

interface Trial {
  rate: number;
  lags: number[];
  /** CPU seconds per second of the trial. */
  cpu: { simulator: number; application: number; database: number };
  events: number;
  calls: number;
  legs: number;
  holds: boolean;
}

export async function measureIngest(house: House): Promise<Figure[]> {
  const simulator = startHelper('simulator');
  try {
    const pbx = await simulator.ask<{ port: number; user: string; secret: string }>('start', { seed: 3, user: 'ringside' });
    const customerId = await house.makeCustomer('flooded', pbx);
    await isLive(house, customerId);
    let best: Trial | null = null;
    for (const rate of STEPS) {
      let trial = await tryRate(house, simulator, customerId, rate, PROBE_SECONDS);
      // One slow moment of the machine is not yet a limit.
      if (!trial.holds) trial = await tryRate(house, simulator, customerId, rate, PROBE_SECONDS);
      process.stderr.write(`  ${rate}/s: lag at most ${Math.round(Math.max(...trial.lags))} ms\n`);
      if (!trial.holds) break;
      best = trial;
    }
    const sustained = await tryRate(house, simulator, customerId, best?.rate ?? STEPS[0] ?? 0, SUSTAINED_SECONDS);
    const stored = await bareSql(house, pbx, sustained.rate);
    return figuresOf(sustained, stored);
  } finally {
    await simulator.end();
  }
}

/** @throws Error when a call or a leg got lost or doubled */
async function tryRate(house: House, simulator: Helper, customerId: string, rate: number, seconds: number): Promise<Trial> {
  const before = await countRows(house, customerId);
  const watch = await watchCommits(house, 'some');
  const pids = { simulator: simulator.pid, application: house.pid, database: house.databasePid };
  const used = { simulator: cpuSeconds(pids.simulator), application: cpuSeconds(pids.application), database: cpuSeconds(pids.database) };
  const flood = await simulator.ask<FloodResult>('flood', { eventsPerSecond: rate, seconds });
  const ended = Date.now();
  const expected = { calls: before.calls + flood.calls, legs: before.legs + (flood.perEvent['Newchannel'] ?? 0) };
  await until(async () => (await countRows(house, customerId)).calls >= expected.calls, 50);
  // What the last rows waited counts too, should none of them have been among the watched.
  const lags = [...watch.delays, Math.max(0, Date.now() - ended - 100)];
  await watch.close();
  const after = await countRows(house, customerId);
  if (after.calls !== expected.calls || after.legs !== expected.legs) {
    throw new Error(
      `sent ${expected.calls - before.calls} calls and ${expected.legs - before.legs} legs, stored ${after.calls - before.calls} and ${after.legs - before.legs}`,
    );
  }
  return {
    rate,
    lags,
    cpu: {
      simulator: (cpuSeconds(pids.simulator) - used.simulator) / flood.seconds,
      application: (cpuSeconds(pids.application) - used.application) / flood.seconds,
      database: (cpuSeconds(pids.database) - used.database) / flood.seconds,
    },
    events: flood.events / flood.seconds,
    calls: flood.calls,
    legs: expected.legs - before.legs,
    holds: Math.max(...lags) < MOST_LAG_MS && flood.events / flood.seconds > rate * 0.95,
  };
}

/** The same rows from the same reducers, straight to the database as fast as it takes them. */
async function bareSql(house: House, pbx: object, rate: number): Promise<Stored> {
  const batches = startHelper('batches');
  try {
    return await batches.ask<Stored>('run', { ...pbx, rate, databaseUrl: house.databaseUrl, adminUrl: house.adminUrl });
  } finally {
    await batches.end();
  }
}

function figuresOf(trial: Trial, stored: Stored): Figure[] {
  const { cpu, lags } = trial;
  const bare = { what: 'its SQL alone, one transaction for each 50 ms of traffic', value: stored.eventsPerSecond };
  const note = `highest of ${STEPS.join(', ')} with lag < 1 s; ${trial.calls} calls and ${trial.legs} legs sent and stored`;
  return [
    {
      name: 'ingest.eventsPerSecond',
      unit: '/s',
      value: trial.events,
      spread: {},
      bare,
      note: trial.holds ? note : `did not hold: ${note}`,
    },
    { name: 'ingest.lagMs', unit: 'ms', value: Math.max(...lags), spread: distribution(lags) },
    { name: 'ingest.cpu', unit: 'cores', value: cpu.simulator + cpu.application + cpu.database, spread: cpu },
  ];
}

async function countRows(house: House, customerId: string): Promise<{ calls: number; legs: number }> {
  const { rows } = await house.admin.query<{ calls: string; legs: string }>(
    `select (select count(*) from calls where customer_id = $1 and ended_at is not null) as calls, (select count(*) from legs where customer_id = $1) as legs`,
    [customerId],
  );
  return { calls: Number(rows[0]?.calls), legs: Number(rows[0]?.legs) };
}

/** Waits until what happens on the PBX is stored. */
export async function isLive(house: House, customerId: string): Promise<void> {
  await until(async () => {
    const { rows } = await house.admin.query(
      `select from pbx_connections where tenant_id = $1 and link_state = 'live' and monitoring_since < now() - interval '2 seconds'`,
      [customerId],
    );
    // Two beats after the first sync every process knows whose the calls are.
    return rows.length > 0;
  });
}
