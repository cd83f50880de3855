/** Other processes of a measurement: started, asked, watched from outside by /proc, ended. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Helper {
  pid: number;
  /** Runs one of the child's handlers there. @throws Error with what it threw */
  ask<T>(what: string, ...args: unknown[]): Promise<T>;
  end(): Promise<void>;
}

type Question = { id: number; what: string; args: unknown[] };
type Reply = { id: number; result?: unknown; error?: string };

/** Starts `children/<name>.ts`. */
export function startHelper(name: string): Helper {
  const child = fork(path.join(import.meta.dirname, 'children', `${name}.ts`), { serialization: 'advanced' });
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  child.on('message', (reply: Reply) => {
    const asked = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.error === undefined) asked?.resolve(reply.result as never);
    else asked?.reject(new Error(`${name}: ${reply.error}`));
  });
  child.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error(`${name} ended`));
  });
  let asked = 0;
  return {
    pid: child.pid ?? 0,
    ask: (what, ...args) =>
      new Promise((resolve, reject) => {
        const id = asked++;
        waiting.set(id, { resolve, reject });
        child.send({ id, what, args } satisfies Question);
      }),
    end: () => end(child),
  };
}

/** The child's side: answers until the parent lets go. */
export function answerQuestions(handlers: Record<string, (...args: never[]) => unknown>): void {
  process.on('message', ({ id, what, args }: Question) => {
    Promise.resolve()
      .then(() => handlers[what]?.(...(args as never[])))
      .then(
        (result) => process.send?.({ id, result } satisfies Reply),
        (error: unknown) =>
          process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) } satisfies Reply),
      );
  });
  process.once('disconnect', () => process.exit(0));
}

/** Asks to end, and waits until it has. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

const TICKS_PER_SECOND = 100;

/** CPU seconds of a process and all that came of it so far. */
export function cpuSeconds(pid: number): number {
  let ticks = 0;
  for (const one of familyOf(pid)) {
    // User, system, and both of children that have ended.
    const fields = statOf(one).slice(11, 15).map(Number);
    ticks += fields.reduce((sum, value) => sum + value, 0);
  }
  return ticks / TICKS_PER_SECOND;
}

/** Memory in MB: `Rss`, or `Pss` where pages shared between processes are counted once. */
export function memoryMb(pid: number, kind: 'Rss' | 'Pss', of: 'alone' | 'family'): number {
  let kb = 0;
  for (const one of of === 'alone' ? [pid] : familyOf(pid))
    kb += Number(new RegExp(`^${kind}:\\s+(\\d+)`, 'm').exec(read(`/proc/${one}/smaps_rollup`))?.[1] ?? 0);
  return kb / 1024;
}

/** Processes whose parent is `pid`. */
export function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(statOf(Number(name))[1]) === pid)
    .map(Number);
}

function familyOf(pid: number): number[] {
  return [pid, ...childrenOf(pid).flatMap(familyOf)];
}

/** Fields of /proc/pid/stat from the state on; the name before may hold spaces. */
function statOf(pid: number): string[] {
  return read(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ');
}

/** Empty for a process that has ended meanwhile. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
