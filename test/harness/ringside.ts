/** The whole program on a database of its own: HTTP, live sockets, links, workers. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Me } from '../../src/contract/identity.ts';
import type { LiveFrame } from '../../src/contract/live.ts';
import type { Customer } from '../../src/contract/customers.ts';
import type { Operation } from '../../src/contract/operations.ts';
import type { Reseller } from '../../src/contract/tenants.ts';
import { loadConfig } from '../../src/server/platform/config/index.ts';
import { createLog, silentLog } from '../../src/server/platform/log/index.ts';
import { startRingside, type Ringside } from '../../src/server/ringside.ts';
import { cloneDatabase, type TestDatabase } from './database.ts';

export const PASSWORD = 'correct horse battery';

export interface Answer<T = unknown> {
  status: number;
  headers: Headers;
  text: string;
  body: T;
}

export interface Caller {
  call<T>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer<T>>;
  /** As `call`, and fails unless the answer is good. */
  ok<T>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<T>;
  live(customerId: string): Promise<LiveClient>;
  /** The same caller at another server. */
  at(url: string): Caller;
}

export interface LiveClient {
  frames: LiveFrame[];
  /** The first frame so far or to come that fits. */
  frame(test: (frame: LiveFrame) => boolean, timeoutMs?: number): Promise<LiveFrame>;
  /** Close code, once closed. */
  closed: Promise<number>;
  close(): void;
}

export interface TestRingside {
  ringside: Ringside;
  db: TestDatabase;
  url: string;
  anonymous: Caller;
  /** With a session cookie or a bearer token. */
  as(credentials: { cookie?: string; bearer?: string; tenant?: string }): Caller;
  /** Makes the enterprise and logs its administrator in. */
  setUp(): Promise<{ me: Me; cookie: string; enterprise: Caller; enterpriseId: string }>;
  login(email: string, password?: string): Promise<Caller>;
  /** Takes up the newest invitation of an address. @returns logged in */
  accept(email: string): Promise<Caller>;
  makeReseller(enterprise: Caller, name: string, email: string): Promise<Reseller>;
  makeCustomer(caller: Caller, body: object): Promise<{ customer: Customer; operationId: string | null }>;
  /** Waits until an operation is over or asks. */
  finished(caller: Caller, operationId: string): Promise<Operation>;
  lines: string[];
  stop(): Promise<void>;
}

export async function startTestRingside(env: Record<string, string> = {}): Promise<TestRingside> {
  const db = await cloneDatabase();
  const settings = {
    DATABASE_URL: db.url,
    SECRET_KEY: Buffer.alloc(32, 5).toString('base64'),
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'info',
    ...env,
  };
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => void lines.push(line) });
  const ringside = await startRingside({
    config: loadConfig(settings),
    env: settings,
    log: env['LOG_LEVEL'] === 'silent' ? silentLog : log,
    roles: new Set(['web', 'collector', 'worker']),
    strict: true,
  });
  const url = ringside.url ?? '';
  const as: TestRingside['as'] = (credentials) => callerOf(url, credentials);
  const anonymous = as({});
  const loggedIn = async (answer: Answer<Me>): Promise<Caller> => as({ cookie: cookieOf(answer) });
  return {
    ringside,
    db,
    url,
    anonymous,
    as,
    lines,
    async setUp() {
      const answer = await anonymous.call<Me>('POST', '/v1/setup', {
        token: ringside.setupLink?.split('/').at(-1),
        enterpriseName: 'Enterprise',
        country: 'GB',
        timeZone: 'Europe/London',
        language: 'en',
        displayName: 'Ada Admin',
        email: 'ada@enterprise.example',
        password: PASSWORD,
      });
      if (answer.status !== 201) throw new Error(`set-up answered ${answer.status} ${answer.text}`);
      const cookie = cookieOf(answer);
      return { me: answer.body, cookie, enterprise: as({ cookie }), enterpriseId: answer.body.memberships[0]?.tenantId ?? '' };
    },
    async login(email, password = PASSWORD) {
      const answer = await anonymous.call<Me>('POST', '/v1/sessions', { email, password });
      if (answer.status !== 201) throw new Error(`login of ${email} answered ${answer.status}`);
      return loggedIn(answer);
    },
    async accept(email) {
      const token = await invitationOf(db, email);
      const answer = await anonymous.call<Me>('POST', `/v1/invitations/${token}/accept`, {
        displayName: email.split('@')[0],
        password: PASSWORD,
      });
      if (answer.status !== 201) throw new Error(`accepting for ${email} answered ${answer.status} ${answer.text}`);
      return loggedIn(answer);
    },
    makeReseller: (enterprise, name, email) =>
      enterprise.ok('POST', '/v1/resellers', { name, primaryUser: { displayName: `${name} admin`, email } }),
    makeCustomer: (caller, body) => caller.ok('POST', '/v1/customers', body),
    async finished(caller, operationId) {
      return until(async () => {
        const operation = await caller.ok<Operation>('GET', `/v1/operations/${operationId}`);
        return operation.status === 'running' ? null : operation;
      });
    },
    async stop() {
      await ringside.stop();
      await db.drop();
    },
  };
}

/** Asks again until there is an answer. @throws Error after the time */
export async function until<T>(ask: () => Promise<T | null | undefined | false>, timeoutMs = 15_000): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`nothing after ${timeoutMs} ms: ${ask.toString().slice(0, 200)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** The token of the newest invitation mailed to an address. */
async function invitationOf(db: TestDatabase, email: string): Promise<string> {
  return until(async () => {
    const [mail] = await db.rows<{ text_body: string }>(
      `select text_body from mails where recipient = $1 and text_body like '%/invitation/%' order by created_at desc, id desc limit 1`,
      [email],
    );
    return mail && /\/invitation\/([\w-]+)/.exec(mail.text_body)?.[1];
  });
}

export function cookieOf(answer: Answer): string {
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

/** Somebody who speaks to a server over HTTP. */
export function callerOf(url: string, credentials: { cookie?: string; bearer?: string; tenant?: string }): Caller {
  const auth: Record<string, string> = {
    ...(credentials.cookie === undefined ? {} : { cookie: credentials.cookie }),
    ...(credentials.bearer === undefined ? {} : { authorization: `Bearer ${credentials.bearer}` }),
    ...(credentials.tenant === undefined ? {} : { 'ringside-tenant': credentials.tenant }),
  };
  const call = async <T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> => {
    const response = await fetch(url + path, {
      method,
      headers: { ...auth, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, text, body: (json ? JSON.parse(text) : null) as T };
  };
  return {
    call,
    async ok(method, path, body, headers) {
      const answer = await call(method, path, body, headers);
      if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status} ${answer.text}`);
      return answer.body as never;
    },
    live: (customerId) => openLive(`${url.replace('http', 'ws')}/v1/customers/${customerId}/live`, auth),
    at: (other) => callerOf(other, credentials),
  };
}

async function openLive(url: string, headers: Record<string, string>): Promise<LiveClient> {
  const socket = new WebSocket(url, { headers });
  const frames: LiveFrame[] = [];
  const listeners = new Set<(frame: LiveFrame) => void>();
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as LiveFrame;
    frames.push(frame);
    for (const listener of listeners) listener(frame);
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await once(socket, 'open');
  return {
    frames,
    closed,
    close: () => socket.close(),
    frame(test, timeoutMs = 10_000) {
      const found = frames.find(test);
      if (found) return Promise.resolve(found);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          listeners.delete(listen);
          reject(new Error(`no such live frame in ${timeoutMs} ms`));
        }, timeoutMs);
        const listen = (frame: LiveFrame): void => {
          if (!test(frame)) return;
          clearTimeout(timer);
          listeners.delete(listen);
          resolve(frame);
        };
        listeners.add(listen);
      });
    },
  };
}
