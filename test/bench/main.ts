/** `npm run bench [-- part ...]`: measures, prints a table, keeps the figures. Loads are bounded and on loopback. */
import { printFigures, writeReport, type Figure } from './figures.ts';
import { openHouse, type House } from './house.ts';
import { commitNow, describeMachine } from './machine.ts';
import { measureAmi } from './parts/ami.ts';
import { measureApi } from './parts/api.ts';
import { measureIngest } from './parts/ingest.ts';
import { measureLatency } from './parts/latency.ts';
import { measureStartup } from './parts/startup.ts';

/** In this order; each but the first and the last has a house of its own. */
const PARTS: Record<string, () => Promise<Figure[]>> = {
  ami: measureAmi,
  ingest: () => inHouse(measureIngest),
  latency: () => inHouse(measureLatency),
  api: () => inHouse(measureApi),
  startup: measureStartup,
};
const EMBEDDED_POSTGRES = 'embedded';

let postgres = EMBEDDED_POSTGRES;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !Object.hasOwn(PARTS, name));
if (unknown === undefined) await run();
else {
  process.stderr.write(`there is no part "${unknown}": there are ${Object.keys(PARTS).join(', ')}\n`);
  process.exitCode = 2;
}

async function run(): Promise<void> {
  const began = describeMachine();
  const figures: Figure[] = [];
  for (const [name, measure] of Object.entries(PARTS)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    const at = performance.now();
    figures.push(...(await measure()));
    process.stderr.write(`${name}: ${((performance.now() - at) / 1000).toFixed(0)} s\n`);
  }
  const machine = { ...began, postgres };
  printFigures(figures);
  process.stdout.write(
    `\n${machine.cores} cores, ${machine.cpu}, Node ${machine.node}, PostgreSQL ${postgres}, load ${machine.loadAtStart.toFixed(1)} at the start\n`,
  );
  await writeReport({
    date: new Date().toISOString(),
    commit: commitNow(),
    command: ['npm run bench', ...(asked.length > 0 ? ['--', ...asked] : [])].join(' '),
    machine,
    figures,
  });
}

async function inHouse(measure: (house: House) => Promise<Figure[]>): Promise<Figure[]> {
  const house = await openHouse();
  try {
    postgres = house.postgres;
    return await measure(house);
  } finally {
    await house.close();
  }
}
