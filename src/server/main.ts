#!/usr/bin/env node
/** `ringside serve`: starts what the roles say, prints where it is, stops on a signal. */
import { parseArgs } from 'node:util';
import { ConfigError, loadConfig } from './platform/config/index.ts';
import { createLog } from './platform/log/index.ts';
import { startDemo } from './demo.ts';
import { startRingside, type Ringside, type Role } from './ringside.ts';

const ROLES: readonly Role[] = ['web', 'collector', 'worker'];

process.exitCode = await serve(process.argv.slice(2));

/** @returns the exit code */
async function serve(argv: string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      options: { role: { type: 'string' }, demo: { type: 'boolean' } },
      allowPositionals: true,
    });
    if (positionals.length !== 1 || positionals[0] !== 'serve')
      throw new Error('usage: ringside serve [--role=web,collector,worker] [--demo]');
    // The demo's invented tenants stay apart from real ones.
    const env = values.demo ? { DATA_DIR: './data-demo', ...process.env } : process.env;
    const config = loadConfig(env);
    const log = createLog(config.logLevel);
    const ringside = await startRingside({ config, env, log, roles: rolesOf(values.role) });
    const stopDemo = values.demo ? await startDemo(ringside, config.dataDir) : async () => {};
    announce(ringside, values.demo === true);
    const why = await Promise.race([signalled(), ringside.failed]);
    if (why !== 'signal') log.error({ why }, 'the database ended');
    await ringside.stop();
    await stopDemo();
    return why === 'signal' ? 0 : 1;
  } catch (error) {
    const plain = error instanceof ConfigError || error instanceof Error;
    process.stderr.write(`Ringside cannot start: ${plain ? error.message : String(error)}\n`);
    return 1;
  }
}

function rolesOf(given: string | undefined): Set<Role> {
  if (given === undefined) return new Set(ROLES);
  const names = given.split(',').map((name) => name.trim());
  const wrong = names.find((name) => !ROLES.includes(name as Role));
  if (wrong !== undefined) throw new Error(`there is no role "${wrong}": there are ${ROLES.join(', ')}`);
  return new Set(names as Role[]);
}

/** @param setUp the demo has gone through the set-up itself */
function announce({ url, setupLink }: Ringside, setUp: boolean): void {
  if (url === null) return;
  process.stdout.write(`\nRingside is running at ${url}\n`);
  if (setupLink !== null && !setUp) process.stdout.write(`\nOpen this link once to set it up:\n\n  ${setupLink}\n\n`);
}

/** The second signal does not wait for anything. */
function signalled(): Promise<'signal'> {
  return new Promise((resolve) => {
    let asked = false;
    const onSignal = (): void => {
      if (asked) process.exit(130);
      asked = true;
      resolve('signal');
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
}
