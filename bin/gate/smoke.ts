/** One start as a newcomer does it: `npm start` in an empty data folder, the printed link, the first answers, a clean end. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from './command.ts';
import { PASSED, type Counts } from './stages.ts';

const STARTS_WITHIN_MS = 60_000;
const STOPS_WITHIN_MS = 20_000;

/** What must answer, and what its body must hold. */
const ANSWERS = { '/healthz': '', '/readyz': '', '/': '<div id="root"', '/v1/openapi.json': '"openapi":"3.1.0"' };

/** @throws Error in plain words */
export async function smokeStart(): Promise<Counts> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'ringside-smoke-'));
  const port = await freePort();
  const env = { ...process.env, PORT: String(port), HOST: '127.0.0.1', DATA_DIR: dataDir };
  // The machine's own Node, as a newcomer's would be.
  const child = spawn('node', ['bin/start.mjs'], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
  try {
    const link = await printedLink(child.stdout, ended);
    if (new URL(link).port !== String(port)) throw new Error(`the set-up link names another port: ${link}`);
    for (const [where, holds] of Object.entries(ANSWERS)) {
      const answer = await fetch(`http://127.0.0.1:${port}${where}`);
      const text = await answer.text();
      if (answer.status !== 200) throw new Error(`${where} answered ${answer.status} ${text.slice(0, 200)}`);
      if (!text.includes(holds)) throw new Error(`${where} answered without ${holds}: ${text.slice(0, 200)}`);
    }
    child.kill('SIGTERM');
    const [code, signal] = await within(STOPS_WITHIN_MS, 'it did not stop after SIGTERM', ended);
    if (code !== 0) throw new Error(`it ended with ${signal ?? code} after SIGTERM`);
    const left = await processesNaming(dataDir);
    if (left.length > 0) throw new Error(`left behind: ${left.join('; ')}`);
    return PASSED;
  } finally {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await within(STOPS_WITHIN_MS, 'it does not stop', ended).catch(() => child.kill('SIGKILL'));
    }
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function printedLink(stdout: NodeJS.ReadableStream, ended: Promise<unknown>): Promise<string> {
  let said = '';
  const link = new Promise<string>((resolve) => {
    stdout.on('data', (data: Buffer) => {
      said += data.toString('utf8');
      const found = /^\s+(http\S+)$/m.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  const early = ended.then(() => {
    throw new Error(`it ended before it printed the set-up link; it said: ${said}`);
  });
  return within(STARTS_WITHIN_MS, 'it did not print the set-up link', Promise.race([link, early]));
}

async function within<T>(ms: number, failure: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${failure} within ${ms / 1_000} s`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Command lines of running processes that name this text. */
async function processesNaming(text: string): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')));
  return lines.map((line) => line.replaceAll('\0', ' ').trim()).filter((line) => line.includes(text));
}
