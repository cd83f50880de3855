/** Ringside as a process of its own, to be killed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';

export interface RingsideProcess {
  url: string;
  /** Opens the first page; null once the enterprise is made. */
  setupLink: string | null;
  /** What it has logged so far, a line each. */
  lines: string[];
  /** Settles when it ends: with its exit code, null when it was killed. */
  ended: Promise<number | null>;
  /** As a crash: nothing of it runs any more when this settles. */
  kill(): Promise<void>;
  /** As an operator does. @returns the exit code */
  stop(): Promise<number | null>;
}

export interface ProcessOptions {
  env: Record<string, string>;
  /** All roles unless given. */
  roles?: string;
}

const MAIN = path.resolve(import.meta.dirname, '../../src/server/main.ts');
const STARTS_WITHIN_MS = 60_000;

/** Starts `ringside serve`; settles when it says where it is (with the web role) or has logged that it runs. @throws Error with what it wrote */
export async function startProcess({ env, roles }: ProcessOptions): Promise<RingsideProcess> {
  const args = [MAIN, 'serve', ...(roles === undefined ? [] : [`--role=${roles}`])];
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env['PATH'] ?? '', LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not started within ${STARTS_WITHIN_MS} ms:\n${lines.join('\n')}`)), STARTS_WITHIN_MS);
    const heard = (text: string): void => {
      lines.push(...text.split('\n').filter((line) => line !== ''));
      const found = /Ringside is running at (\S+)/.exec(text)?.[1];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(found);
    };
    child.stdout.setEncoding('utf8').on('data', heard);
    child.stderr.setEncoding('utf8').on('data', heard);
    void ended.then((code) => {
      clearTimeout(timer);
      reject(new Error(`ended with ${code} before it ran:\n${lines.join('\n')}`));
    });
  });
  return {
    url,
    get setupLink() {
      return lines.map((line) => /https?:\/\/\S+\/setup\/\S+/.exec(line)?.[0]).find((link) => link !== undefined) ?? null;
    },
    lines,
    ended,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** A port that nobody has: a process that comes back after a kill must come back at the same address. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
