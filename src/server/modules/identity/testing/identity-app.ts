/** The identity routes over HTTP on a database of their own, with jobs and, if wanted, a real mail server. */
import { EventEmitter, once } from 'node:events';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { Logger, runOnce, type WorkerEvents } from 'graphile-worker';
import pg from 'pg';
import { cloneDatabase, type TestDatabase } from '../../../../../test/harness/database.ts';
import type { Me } from '../../../../contract/identity.ts';
import { createApp } from '../../../app.ts';
import { ManualClock } from '../../../platform/clock/index.ts';
import { createSecretBox } from '../../../platform/crypto/index.ts';
import { Database } from '../../../platform/db/index.ts';
import { newId } from '../../../platform/ids/index.ts';
import type { TaskHandlers } from '../../../platform/jobs/index.ts';
import { createLog } from '../../../platform/log/index.ts';
import { createMailSender } from '../../../platform/mail/index.ts';
import { createMetrics } from '../../../platform/metrics/index.ts';
import { ensureSetupToken, identityRoutes, identityTasks, invite, type Invited, type Invitee } from '../index.ts';

export const PUBLIC_URL = 'http://ringside.test';
export const ADMIN = { email: 'Ada@enterprise.example', password: 'a long enough phrase' };

export interface IdentityApp {
  app: FastifyInstance;
  db: TestDatabase;
  database: Database;
  clock: ManualClock;
  /** Everything logged and answered so far, to look for what must not be there. */
  spoken: string[];
  box: ReturnType<typeof createSecretBox>;
  call(options: InjectOptions): Promise<LightMyRequestResponse>;
  post(url: string, payload?: object, cookie?: string): Promise<LightMyRequestResponse>;
  get(url: string, cookie?: string): Promise<LightMyRequestResponse>;
  /** Makes the enterprise. */
  setUp(): Promise<{ me: Me; cookie: string; tenantId: string }>;
  login(email: string, password: string): Promise<string>;
  inviteTo(input: Partial<Invitee> & Pick<Invitee, 'tenantId' | 'email'>): Promise<Invited>;
  /** Makes a reseller of the enterprise. @returns its id */
  addReseller(enterprise: string, name: string): Promise<string>;
  /** Invites somebody who takes it up. @returns the cookie of the new login */
  join(tenantId: string, email: string, password: string, roles?: Invitee['roles']): Promise<string>;
  /** Runs jobs until none is left. */
  work(): Promise<void>;
  /** Texts of the outbox, oldest first. */
  letters(): Promise<{ recipient: string; subject: string; text_body: string; html_body: string }[]>;
  /** Token of the link in the newest letter to somebody. */
  linkTo(recipient: string): Promise<string>;
  close(): Promise<void>;
}

export async function startIdentityApp(settings: { smtpUrl?: string } = {}): Promise<IdentityApp> {
  const db = await cloneDatabase();
  const database = new Database({ url: db.url, max: 8 });
  const clock = new ManualClock(Date.UTC(2026, 10, 22, 12));
  const box = createSecretBox({ current: Buffer.alloc(32, 7), previous: null });
  const spoken: string[] = [];
  const log = createLog('debug', { write: (line) => void spoken.push(line) });
  const smtpUrl = settings.smtpUrl ?? null;
  const services = { secretBox: box, publicUrl: PUBLIC_URL, smtpConfigured: smtpUrl !== null };
  const app = await createApp({
    bindings: identityRoutes(services),
    database,
    clock,
    log,
    metrics: createMetrics(),
    publicUrl: PUBLIC_URL,
    metricsToken: null,
    portalDir: null,
    strict: true,
  });
  const tasks: Pick<TaskHandlers, 'mails.send' | 'invitations.mail' | 'password-resets.mail'> = {
    'mails.send': createMailSender(database, clock, { smtpUrl, publicUrl: PUBLIC_URL }),
    ...identityTasks(database, clock, services),
  };
  const jobs = new pg.Pool({ connectionString: db.adminUrl, max: 2 });
  jobs.on('error', fail);
  jobs.on('connect', (client) => client.on('error', fail));

  async function call(options: InjectOptions): Promise<LightMyRequestResponse> {
    const answer = await app.inject(options);
    spoken.push(answer.body);
    return answer;
  }
  const post: IdentityApp['post'] = (url, payload, cookie) =>
    call({ method: 'POST', url, ...(payload && { payload }), ...(cookie && { headers: { cookie } }) });
  const letters: IdentityApp['letters'] = () =>
    db.rows('select recipient, subject, text_body, html_body from mails order by created_at, xmin::text::bigint');

  const house: IdentityApp = {
    app,
    db,
    database,
    clock,
    spoken,
    box,
    call,
    post,
    get: (url, cookie) => call({ method: 'GET', url, ...(cookie && { headers: { cookie } }) }),
    letters,
    async setUp() {
      const token = await ensureSetupToken(database);
      const answer = await post('/v1/setup', setupBody(token ?? ''));
      const me = answer.json<Me>();
      return { me, cookie: cookieOf(answer), tenantId: me.memberships[0]?.tenantId ?? '' };
    },
    async login(email, password) {
      const answer = await post('/v1/sessions', { email, password });
      if (answer.statusCode !== 201) throw new Error(`login of ${email}: ${answer.body}`);
      return cookieOf(answer);
    },
    inviteTo: (input) =>
      database.app({ tenantId: input.tenantId, identityId: null }, (tx) =>
        invite(
          { db: tx, actor: null, requestId: 'test', clock },
          { displayName: 'Grace', language: 'en', roles: ['enterprise.user'], ...input },
        ),
      ),
    async work() {
      const taskList = Object.fromEntries(Object.entries(tasks).map(([name, run]) => [name, (payload: unknown) => run(payload as never)]));
      const events: WorkerEvents = new EventEmitter();
      let unwritten = 0;
      events.on('job:start', () => (unwritten += 1));
      events.on('job:complete', () => (unwritten -= 1));
      const logger = new Logger(() => (_level, message) => void spoken.push(message));
      await runOnce({ pgPool: jobs, taskList, noHandleSignals: true, logger, events });
      // The run is over before its last failure has been written down.
      while (unwritten > 0) await once(events, 'job:complete');
    },
    async addReseller(enterprise, name) {
      const id = newId();
      const now = new Date(clock.now());
      const row = {
        id,
        parent_id: enterprise,
        kind: 'reseller',
        name,
        may_grant_trials: true,
        longest_trial_days: 30,
        created_at: now,
        updated_at: now,
      };
      await database.app({ tenantId: enterprise, identityId: null }, (tx) => tx.insertInto('tenants').values(row).execute());
      return id;
    },
    async join(tenantId, email, password, roles = ['enterprise.user']) {
      await house.inviteTo({ tenantId, email, roles });
      await house.work();
      return cookieOf(await post(`/v1/invitations/${await house.linkTo(email)}/accept`, { displayName: 'Grace', password }));
    },
    async linkTo(recipient) {
      const newest = (await letters()).filter((letter) => letter.recipient === recipient).at(-1);
      const token = /\/(?:invitation|reset)\/([\w-]+)/.exec(newest?.text_body ?? '')?.[1];
      if (token === undefined) throw new Error(`no letter with a link to ${recipient}`);
      return token;
    },
    async close() {
      await app.close();
      await jobs.end();
      await database.close();
      await db.drop();
    },
  };
  return house;
}

function fail(error: Error): never {
  throw error;
}

export function setupBody(token: string) {
  return {
    token,
    enterpriseName: 'Northwind Telecom',
    country: 'ES',
    timeZone: 'Europe/Madrid',
    language: 'en',
    displayName: 'Ada',
    ...ADMIN,
  };
}

export function cookieOf(answer: LightMyRequestResponse): string {
  const cookie = answer.cookies.find(({ name }) => name === 'ringside_session');
  return `ringside_session=${cookie?.value ?? ''}`;
}
