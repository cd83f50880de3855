import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { startSimulatedPbx, type SimulatedPbxOptions } from './simulated-pbx.ts';

const HELP = `ringside simulate-pbx [options]

Starts a phone system on 127.0.0.1 that speaks AMI as Asterisk 22 does and lives a working day of invented calls.

  --port N            TCP port (default: any free one)
  --seed N            the same seed gives the same people and calls (default 1)
  --calls-per-hour N  per company (default 90)
  --companies N       companies that share the PBX (default 1)
  --speed N           how many times faster than the clock the day runs (default 1)
  --user NAME         AMI login (default ringside)
  --secret TEXT       AMI secret (default: random)
  --json              print one JSON object instead of text
`;

/** The command line. Prints address and login, then runs until SIGINT or SIGTERM. @returns the exit code */
export async function simulatePbx(argv: readonly string[]): Promise<number> {
  let parsed: { options: SimulatedPbxOptions; json: boolean };
  try {
    parsed = readOptions(argv);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    return 2;
  }
  const pbx = await startSimulatedPbx(parsed.options);
  const companies = pbx.companies.map((c) => ({ accountcode: c.key, name: c.name, people: c.people.length }));
  const login = { host: pbx.host, port: pbx.port, user: pbx.user, secret: pbx.secret, companies };
  const names = companies.map((c) => `${c.name} (accountcode ${c.accountcode}, ${c.people} people)`).join('\n  ');
  const text = `AMI      ${pbx.host}:${pbx.port}\nuser     ${pbx.user}\nsecret   ${pbx.secret}\ncompanies\n  ${names}\n`;
  process.stdout.write(parsed.json ? `${JSON.stringify(login)}\n` : text);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await pbx.stop();
  return 0;
}

/** @throws Error that says what is wrong with the arguments */
function readOptions(argv: readonly string[]): { options: SimulatedPbxOptions; json: boolean } {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...argv],
    options: {
      port: text,
      seed: text,
      'calls-per-hour': text,
      companies: text,
      speed: text,
      user: text,
      secret: text,
      json: { type: 'boolean', default: false },
    },
  });
  const number = (name: 'port' | 'seed' | 'calls-per-hour' | 'companies' | 'speed', fallback: number, min: number): number => {
    const value = values[name] === undefined ? fallback : Number(values[name]);
    if (!Number.isFinite(value) || value < min) throw new Error(`--${name} must be a number of at least ${min}`);
    return value;
  };
  return {
    json: values.json,
    options: {
      port: number('port', 0, 0),
      seed: number('seed', 1, 0),
      callsPerHour: number('calls-per-hour', 90, 0),
      companies: number('companies', 1, 1),
      speed: number('speed', 1, 0.1),
      ...(values.user === undefined ? {} : { user: values.user }),
      ...(values.secret === undefined ? {} : { secret: values.secret }),
    },
  };
}
