/** One running PostgreSQL as a child process: started, watched, stopped. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Clock } from '../../clock/index.ts';
import type { Log } from '../../log/index.ts';
import type { Account } from './account.ts';
import { CHILD_WORLD } from './cluster.ts';

export const PORT = 5432;

const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 30_000;

export interface Server {
  /** Settles with words on how it ended, asked for or not. */
  ended: Promise<string>;
  /** Ends sessions, rolls their transactions back, writes everything out. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  binary: string;
  account: Account;
  clusterDir: string;
  socketDir: string;
  durable: boolean;
  clock: Clock;
  log: Log;
}

/** @returns once connections are accepted. @throws Error with the server's last words */
export async function runServer(options: ServerOptions): Promise<Server> {
  const { file, args, ...identity } = options.account.wrap(options.binary, serverArgs(options));
  // In a group of its own: Ctrl-C in a terminal must reach Ringside alone, which stops the server last.
  const child = spawn(file, args, { ...identity, ...CHILD_WORLD, detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
  const lastWords = listen(child, options.log);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`PostgreSQL ended with ${signal ?? `code ${code}`}`));
  });
  const atExit = (): void => void child.kill('SIGINT');
  process.once('exit', atExit);
  void ended.then(() => process.removeListener('exit', atExit));

  const stop = async (): Promise<void> => {
    child.kill('SIGINT');
    const cancel = options.clock.after(STOP_LIMIT_MS, () => void child.kill('SIGQUIT'));
    await ended;
    cancel();
  };
  try {
    await accepting(child, ended, options);
  } catch (error) {
    await stop();
    throw new Error(`${(error as Error).message}: ${lastWords.join(' / ') || 'it said nothing'}`, { cause: error });
  }
  return { ended, stop };
}

function serverArgs(options: ServerOptions): string[] {
  const settings: Record<string, string> = {
    listen_addresses: '',
    port: String(PORT),
    unix_socket_directories: options.socketDir,
    unix_socket_permissions: '0700',
    max_connections: '100',
    shared_buffers: '128MB',
    maintenance_work_mem: '128MB',
    random_page_cost: '1.1',
    max_wal_size: '2GB',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Statements and the details of errors hold people's data: they stay out of the log.
    log_min_messages: 'warning',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_line_prefix: '',
    ...(options.durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return ['-D', options.clusterDir, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/** Passes the server's words to the log. @returns its last complaints, kept up to date */
function listen(child: ChildProcess, log: Log): string[] {
  const last: string[] = [];
  if (child.stderr === null) return last;
  createInterface({ input: child.stderr }).on('line', (line) => {
    const grave = /^(?:FATAL|PANIC):/.test(line);
    if (!grave) log.debug({ line }, 'PostgreSQL');
    else log.warn({ line }, 'PostgreSQL');
    if (line.trim() !== '' && last.push(line.trim()) > 5) last.shift();
  });
  return last;
}

/** The server writes its state into its pid file; `ready` is the word that pg_ctl waits for as well. */
async function accepting(child: ChildProcess, ended: Promise<string>, options: ServerOptions): Promise<void> {
  const { clock } = options;
  const limit = clock.monotonic() + START_LIMIT_MS;
  while (clock.monotonic() < limit) {
    const lines = readState(options.clusterDir);
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready') return;
    const words = await Promise.race([ended, clock.sleep(10).then(() => null)]);
    if (words !== null) throw new Error(words);
  }
  throw new Error(`PostgreSQL did not get ready within ${START_LIMIT_MS / 1000} s`);
}

function readState(clusterDir: string): string[] {
  try {
    return readFileSync(join(clusterDir, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}
