/** From `serve` to /readyz, with a new data folder and with one that exists; and what an idle one takes. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Figure } from '../figures.ts';
import { freePort, isReady, pidOfDatabase, serve, until } from '../house.ts';
import { end, memoryMb } from '../processes.ts';
import { median, runs } from '../statistics.ts';

const RUNS = 3;
const SETTLES_MS = 5000;

export async function measureStartup(): Promise<Figure[]> {
  const first: number[] = [];
  const again: number[] = [];
  const memory: { node: number; postgres: number }[] = [];
  for (let run = 0; run < RUNS; run++) {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'ringside-bench-'));
    first.push(await startOnce(dataDir));
    again.push(await startOnce(dataDir, memory));
    await rm(dataDir, { recursive: true, force: true });
  }
  const note = 'without install and build';
  const node = memory.map((one) => one.node);
  const postgres = memory.map((one) => one.postgres);
  return [
    { name: 'startup.firstMs', unit: 'ms', value: median(first), spread: runs(first), note },
    { name: 'startup.againMs', unit: 'ms', value: median(again), spread: runs(again), note },
    { name: 'memory.idleMb', unit: 'MB', value: median(node), spread: runs(node), note: 'resident set of the program' },
    {
      name: 'memory.postgresIdleMb',
      unit: 'MB',
      value: median(postgres),
      spread: runs(postgres),
      note: 'proportional set of all its processes',
    },
  ];
}

/** @param memory gets what it takes once it has settled */
async function startOnce(dataDir: string, memory?: { node: number; postgres: number }[]): Promise<number> {
  const port = await freePort();
  const began = performance.now();
  const program = serve({ DATA_DIR: dataDir, PORT: String(port) });
  try {
    await until(() => isReady(`http://127.0.0.1:${port}`), 5);
    const took = performance.now() - began;
    if (memory) {
      await new Promise((resolve) => setTimeout(resolve, SETTLES_MS));
      memory.push({
        node: memoryMb(program.process.pid ?? 0, 'Rss', 'alone'),
        postgres: memoryMb(await pidOfDatabase(dataDir), 'Pss', 'family'),
      });
    }
    return took;
  } finally {
    await end(program.process);
  }
}
