/** The program under measurement: a durable database of its own and the real `serve` in a process of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { systemClock } from '../../src/server/platform/clock/index.ts';
import { startEmbedded } from '../../src/server/platform/db/embedded.ts';
import { migrate } from '../../src/server/platform/db/migrate.ts';
import { silentLog } from '../../src/server/platform/log/index.ts';
import { end } from './processes.ts';

export interface Api {
  cookie: string;
  /** @throws Error for any answer that is not good */
  call<T>(method: string, path: string, body?: object, headers?: Record<string, string>): Promise<T>;
}

export interface House {
  url: string;
  pid: number;
  databasePid: number;
  /** Plain login, bound by the row policies. */
  databaseUrl: string;
  /** Owner of the tables, behind all policies. */
  admin: pg.Client;
  adminUrl: string;
  secretKey: string;
  postgres: string;
  /** Acts for the enterprise. */
  api: Api;
  enterpriseId: string;
  resellerId: string;
  productTypeId: string;
  /** What the program said so far. */
  printed(): string;
  makeCustomer(name: string, pbx: { port: number; user: string; secret: string }, attribution?: object): Promise<string>;
  close(): Promise<void>;
}

const ROOT = path.resolve(import.meta.dirname, '../..');
const EMAIL = 'ada@bench.example';
const PASSWORD = 'correct horse battery';
const PATIENCE_MS = 60_000;

/** @param nodeOptions before the program's name, e.g. `--cpu-prof` */
export async function openHouse(nodeOptions: readonly string[] = nodeOptionsGiven()): Promise<House> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'ringside-bench-'));
  const database = await startEmbedded({ dataDir, log: silentLog, clock: systemClock });
  const adminUrl = database.adminUrl;
  await migrate({ adminUrl, appLogin: 'ringside' });
  const databaseUrl = adminUrl.replace(/\/\/[^@/]*@/, '//ringside@');
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  const secretKey = randomBytes(32).toString('base64');
  const port = await freePort();
  const program = serve({ DATABASE_URL: databaseUrl, SECRET_KEY: secretKey, DATA_DIR: dataDir, PORT: String(port) }, nodeOptions);
  const url = `http://127.0.0.1:${port}`;
  const close = async (): Promise<void> => {
    await end(program.process);
    await admin.end();
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await until(async () => (await isReady(url)) && program.printed().includes('/setup/'));
    const { api, enterpriseId, resellerId, productTypeId } = await setUp(url, program.printed());
    return {
      url,
      pid: program.process.pid ?? 0,
      databasePid: await pidOfDatabase(dataDir),
      databaseUrl,
      admin,
      adminUrl,
      secretKey,
      postgres: database.version,
      api,
      enterpriseId,
      resellerId,
      productTypeId,
      printed: program.printed,
      async makeCustomer(name, pbx, attribution = { by: 'all', value: '' }) {
        const settings = { host: '127.0.0.1', port: pbx.port, username: pbx.user, secret: pbx.secret };
        const { customer, operationId } = await api.call<{ customer: { id: string }; operationId: string }>('POST', '/v1/customers', {
          resellerId,
          name,
          productTypeId,
          primaryUser: { displayName: 'Paula Primary', email: `paula@${name}.example` },
          pbxConnection: { type: 'asterisk', settings, attribution },
        });
        await until(async () => (await api.call<{ status: string }>('GET', `/v1/operations/${operationId}`)).status === 'done');
        return customer.id;
      },
      close,
    };
  } catch (error) {
    process.stderr.write(program.printed());
    await close();
    throw error;
  }
}

export interface Serving {
  process: ChildProcess;
  printed(): string;
}

/** `ringside serve` as `npm start` runs it, after install and build. */
export function serve(env: Record<string, string>, nodeOptions: readonly string[] = []): Serving {
  let printed = '';
  const child = spawn(process.execPath, [...nodeOptions, 'src/server/main.ts', 'serve'], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], HOST: '127.0.0.1', LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Nothing is left running when the bench is broken off.
  const kill = (): void => void child.kill();
  process.once('exit', kill);
  child.once('exit', () => process.removeListener('exit', kill));
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  return { process: child, printed: () => printed };
}

export async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    (response) => response.ok,
    () => false,
  );
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** @throws Error after a minute */
export async function until(ask: () => Promise<boolean> | boolean, everyMs = 25): Promise<void> {
  const latest = performance.now() + PATIENCE_MS;
  while (!(await ask())) {
    if (performance.now() > latest) throw new Error(`not so after ${PATIENCE_MS} ms: ${ask.toString().slice(0, 200)}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

export async function pidOfDatabase(dataDir: string): Promise<number> {
  return Number((await readFile(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]);
}

function nodeOptionsGiven(): string[] {
  return (process.env['BENCH_NODE_OPTIONS'] ?? '').split(' ').filter(Boolean);
}

async function setUp(url: string, printed: string): Promise<Pick<House, 'api' | 'enterpriseId' | 'resellerId' | 'productTypeId'>> {
  const token = /\/setup\/([\w-]+)/.exec(printed)?.[1];
  const body = {
    token,
    enterpriseName: 'Bench',
    country: 'GB',
    timeZone: 'Europe/London',
    language: 'en',
    displayName: 'Ada',
    email: EMAIL,
    password: PASSWORD,
  };
  const response = await fetch(`${url}/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`the set-up answered ${response.status} ${await response.text()}`);
  const me = (await response.json()) as { memberships: { tenantId: string }[] };
  const api = apiOf(url, response.headers.getSetCookie()[0]?.split(';')[0] ?? '');
  const reseller = await api.call<{ id: string }>('POST', '/v1/resellers', {
    name: 'North',
    primaryUser: { displayName: 'Rita', email: 'rita@north.example' },
  });
  const { items } = await api.call<{ items: { id: string; key: string }[] }>('GET', '/v1/product-types');
  const productTypeId = items.find((type) => type.key === 'contact-centre')?.id ?? '';
  return { api, enterpriseId: me.memberships[0]?.tenantId ?? '', resellerId: reseller.id, productTypeId };
}

export function apiOf(url: string, cookie: string): Api {
  return {
    cookie,
    async call(method, route, body, headers = {}) {
      const response = await fetch(url + route, {
        method,
        headers: { cookie, ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${route} answered ${response.status} ${text}`);
      return JSON.parse(text) as never;
    },
  };
}
