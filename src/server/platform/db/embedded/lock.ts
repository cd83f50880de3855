/**
 * One Ringside a data folder. The lock names its holder by number and start time, so a lock left by
 * a dead process is told from a living one even when the number has been given away again.
 */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startOf } from './process-identity.ts';

interface Holder {
  pid: number;
  started: string;
}

/**
 * @returns a function that gives the lock back
 * @throws Error in plain words while another living process holds it
 */
export function takeLock(dataDir: string): () => void {
  const path = join(dataDir, 'ringside.lock');
  const mine = JSON.stringify({ pid: process.pid, started: startOf(process.pid) ?? '' } satisfies Holder);
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, mine, { mode: 0o600 });
  try {
    while (!linked(draft, path)) clearStale(path, dataDir);
  } finally {
    rmSync(draft, { force: true });
  }
  return () => {
    if (read(path) === mine) rmSync(path, { force: true });
  };
}

/** A link appears with its whole content or not at all, so no reader ever sees half a lock. */
function linked(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function clearStale(path: string, dataDir: string): void {
  const seen = read(path);
  refuseLiving(seen, dataDir);
  // Two starters may find the same stale lock: what was moved away is looked at again, lest it be the other's new one.
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = read(aside);
  if (moved !== seen) linked(aside, path);
  rmSync(aside, { force: true });
  refuseLiving(moved, dataDir);
}

function refuseLiving(content: string | null, dataDir: string): void {
  const holder = parse(content);
  if (holder === null || startOf(holder.pid) !== holder.started) return;
  throw new Error(`another Ringside (pid ${holder.pid}) is using DATA_DIR ${dataDir}: stop it first, or give this one another DATA_DIR`);
}

function parse(content: string | null): Holder | null {
  try {
    const value = JSON.parse(content ?? '') as Partial<Holder>;
    return typeof value.pid === 'number' && typeof value.started === 'string' ? { pid: value.pid, started: value.started } : null;
  } catch {
    return null;
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
