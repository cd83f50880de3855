/** Command line of the lab: see README.md. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { openBench, play } from './bench.ts';
import { captureDiscovery, captureReconnect, captureScenario } from './capture.ts';
import { labAvailable, type Lab, startLab } from './lab.ts';
import { isScenarioName, SCENARIO_NAMES, type ScenarioName, SCENARIOS } from './scenarios.ts';

const CAPTURES = join(import.meta.dirname, '../../src/server/pbx/asterisk/fixtures/captures');
const VERSIONS = ['newest', '16'] as const;

const [command = 'help', ...rest] = process.argv.slice(2);
process.exitCode = await main(command, rest);

async function main(name: string, args: readonly string[]): Promise<number> {
  const available = labAvailable();
  if (!available.ok) {
    console.error(available.why);
    return 1;
  }
  switch (name) {
    case 'up':
      return byHand('start', args[0] === '16' ? 'bullseye' : 'forky sid bullseye');
    case 'down':
      return byHand('stop', '');
    case 'run':
      return run(args);
    case 'capture':
      return capture(args);
    default:
      console.error('main.ts up [16|newest] | down | run [scenario ...] | capture [scenario ...]');
      return 2;
  }
}

/** One instance on the usual ports, which stays until `down`. */
function byHand(action: 'start' | 'stop', suites: string): number {
  const env = suites === '' ? process.env : { ...process.env, LAB_SUITES: suites };
  return spawnSync('bash', [join(import.meta.dirname, 'up.sh'), action], { env, stdio: 'inherit' }).status ?? 1;
}

/** Plays scenarios on both versions side by side. */
async function run(args: readonly string[]): Promise<number> {
  let failed = 0;
  await onEachVersion(async (lab) => {
    const bench = await openBench(lab);
    for (const name of chosen(args)) {
      const began = Date.now();
      const error = await play(bench, name, SCENARIOS[name]).then(() => null, String);
      if (error !== null) failed++;
      console.log(`${lab.major} ${name} ${((Date.now() - began) / 1000).toFixed(1)} s ${error ?? 'ok'}`);
    }
    await bench.close();
  });
  return failed === 0 ? 0 : 1;
}

/**
 * Records what AMI sends in each scenario, as fixtures for the connector. The two users' events differ
 * only by those of class system, so the old version's scenarios are recorded for one of them.
 */
async function capture(args: readonly string[]): Promise<number> {
  await onEachVersion(async (lab) => {
    const bench = await openBench(lab);
    for (const user of ['readonly', 'analytics'] as const) {
      const folder = join(CAPTURES, String(lab.major), user);
      await captureDiscovery(bench, folder, user);
      for (const name of user === 'analytics' && lab.major < 22 ? [] : chosen(args)) await captureScenario(bench, folder, user, name);
      await captureReconnect(bench, folder, user);
      console.log(folder);
    }
    await bench.close();
  });
  return 0;
}

async function onEachVersion(work: (lab: Lab) => Promise<void>): Promise<void> {
  const runs = VERSIONS.map(async (version) => {
    const lab = await startLab({ version });
    try {
      await work(lab);
    } finally {
      await lab.stop();
    }
  });
  await Promise.all(runs);
}

function chosen(args: readonly string[]): ScenarioName[] {
  const unknown = args.find((name) => !isScenarioName(name));
  if (unknown !== undefined) throw new Error(`no scenario ${unknown}; there are ${SCENARIO_NAMES.join(', ')}`);
  return args.length === 0 ? SCENARIO_NAMES : args.filter(isScenarioName);
}
