/** A throw-away PostgreSQL 15 from Debian's package: the oldest version that Ringside promises to run on. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { must } from './command.ts';

const BIN = '/usr/lib/postgresql/15/bin';
const USER = 'postgres';

export interface Postgres15 {
  adminUrl: string;
  /** Schema of a database as SQL, without what differs from run to run. */
  dump(database: string): Promise<string>;
  stop(): Promise<void>;
}

/** Whether Debian's package is installed. */
export function hasPostgres15(): boolean {
  return existsSync(path.join(BIN, 'initdb')) && existsSync(path.join(BIN, 'pg_dump'));
}

/** Reached by a socket in its own folder only. @throws Error with its last words */
export async function startPostgres15(): Promise<Postgres15> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ringside-pg15-'));
  const as = await account(folder);
  const run = (program: string, args: readonly string[]): [string, string[]] => [
    as[0] ?? '',
    [...as.slice(1), path.join(BIN, program), ...args],
  ];
  const data = path.join(folder, 'data');
  await must(...run('initdb', ['-D', data, '-U', USER, '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync']));
  const settings = [
    'listen_addresses=',
    `unix_socket_directories=${folder}`,
    'fsync=off',
    'synchronous_commit=off',
    'full_page_writes=off',
    'max_connections=200',
  ];
  const [file, args] = run('postgres', ['-D', data, ...settings.flatMap((setting) => ['-c', setting])]);
  const server = spawn(file, args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  let words = '';
  server.stderr.on('data', (data: Buffer) => (words = (words + data.toString('utf8')).slice(-4_000)));
  while (!words.includes('ready to accept connections')) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL 15 did not start:\n${words}`);
    await sleep(50);
  }
  return {
    adminUrl: `postgresql://${USER}@/postgres?host=${encodeURIComponent(folder)}`,
    dump: async (database) => {
      const what = ['--schema-only', '--exclude-schema=graphile_worker', '-h', folder, '-U', USER, database];
      return normalised(await must(path.join(BIN, 'pg_dump'), what));
    },
    async stop() {
      const ended = once(server, 'exit');
      server.kill('SIGINT');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root; the package has made an account. @returns what to put before a command */
async function account(folder: string): Promise<string[]> {
  if (process.getuid?.() !== 0) return ['setpriv', '--pdeathsig', 'INT'];
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${USER}:`));
  const [, , uid = '', gid = ''] = line?.split(':') ?? [];
  if (uid === '') throw new Error('the package postgresql-15 has made no account postgres');
  await chown(folder, Number(uid), Number(gid));
  return ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--pdeathsig', 'INT'];
}

/** Minor versions write their number, and a key of their own each time. */
function normalised(dump: string): string {
  const kept = dump.split('\n').filter((line) => !/^(-- Dumped (from|by)|\\(un)?restrict )/.test(line));
  return `${kept
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}
