/** Ends a PostgreSQL that a killed Ringside left behind, so that the next start finds its cluster free. */
import { readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { basename, join } from 'node:path';
import type { Clock } from '../../clock/index.ts';
import type { Log } from '../../log/index.ts';
import { commandLine, startOf } from './process-identity.ts';

const FAST: NodeJS.Signals = 'SIGINT';
const AT_ONCE: NodeJS.Signals = 'SIGQUIT';

/**
 * Call with the data folder's lock held: then any server on this cluster is an orphan.
 * @throws Error when the orphan belongs to another user, does not end, or runs where its process cannot be seen
 */
export async function stopOrphan(clusterDir: string, socketPath: string, clock: Clock, log: Log): Promise<void> {
  const pidFile = join(clusterDir, 'postmaster.pid');
  const pid = Number.parseInt(readOrEmpty(pidFile), 10);
  if (!(pid > 0)) return;
  if (isServerOf(pid, clusterDir)) {
    log.warn({ pid }, 'stopping the PostgreSQL that a killed Ringside left behind');
    await end(pid, clock);
  }
  if (await answers(socketPath)) {
    throw new Error(`a PostgreSQL that this process cannot see (another container?) is using ${clusterDir}: stop it first`);
  }
  // PostgreSQL would take any living process with the old number for its predecessor and refuse to start.
  if (startOf(pid) !== null && !isServerOf(pid, clusterDir)) rmSync(pidFile, { force: true });
}

async function end(pid: number, clock: Clock): Promise<void> {
  const started = startOf(pid);
  for (const [signal, patienceMs] of [
    [FAST, 15_000],
    [AT_ONCE, 5_000],
  ] as const) {
    if (!send(pid, signal)) return;
    const until = clock.monotonic() + patienceMs;
    while (clock.monotonic() < until) {
      if (startOf(pid) !== started) return;
      await clock.sleep(20);
    }
  }
  throw new Error(`the PostgreSQL left behind by an earlier Ringside (pid ${pid}) does not stop: end it by hand`);
}

/** @returns false when it is gone already */
function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw new Error(`the PostgreSQL left behind by an earlier Ringside (pid ${pid}) belongs to another user: stop it as that user`, {
      cause: error,
    });
  }
}

function isServerOf(pid: number, clusterDir: string): boolean {
  const [program = '', ...args] = commandLine(pid);
  return basename(program) === 'postgres' && args.includes(clusterDir);
}

function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
