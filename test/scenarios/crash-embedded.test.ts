/** Ringside with a database of its own, killed whole and killed in its database. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort, startProcess, type RingsideProcess } from '../harness/process.ts';
import { PASSWORD, callerOf, until } from '../harness/ringside.ts';

const EMAIL = 'ada@enterprise.example';

let dataDir: string;
let running: RingsideProcess;
let start: () => Promise<RingsideProcess>;

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'ringside-crash-'));
  const port = await freePort();
  start = () => startProcess({ env: { DATA_DIR: dataDir, HOST: '127.0.0.1', PORT: String(port) } });
  running = await start();
}, 120_000);
afterAll(async () => {
  await running.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function logIn(): Promise<number> {
  return (await callerOf(running.url, {}).call('POST', '/v1/sessions', { email: EMAIL, password: PASSWORD })).status;
}

test('what was answered is there after a kill: the folder is not left locked, the database starts again', async () => {
  const link = await until(async () => running.setupLink);
  const made = await callerOf(running.url, {}).call('POST', '/v1/setup', {
    token: link.split('/').at(-1),
    enterpriseName: 'Enterprise',
    country: 'GB',
    timeZone: 'Europe/London',
    language: 'en',
    displayName: 'Ada Admin',
    email: EMAIL,
    password: PASSWORD,
  });
  expect(made.status).toBe(201);
  await running.kill();
  running = await start();
  expect(await logIn()).toBe(201);
  expect(running.setupLink).toBeNull();
}, 120_000);

test('a database server that is killed ends the program with a word and a code, and the next start is whole', async () => {
  const pid = Number((await readFile(path.join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);
  process.kill(pid, 'SIGKILL');
  expect(await running.ended).toBe(1);
  expect(running.lines.some((line) => line.includes('the database ended'))).toBe(true);
  running = await start();
  expect(await logIn()).toBe(201);
}, 120_000);
