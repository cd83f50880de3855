import { afterEach, beforeEach, expect, test } from 'vitest';
import { cloneDatabase, queryAdmin, type TestDatabase } from '../../../../test/harness/database.ts';
import { until } from '../../../../test/harness/ringside.ts';
import { systemClock } from '../clock/index.ts';
import { Database } from '../db/index.ts';
import { silentLog } from '../log/index.ts';
import { enqueue, type TaskHandlers } from './index.ts';
import { startJobWorker, type JobWorker } from './worker.ts';

let db: TestDatabase;
let database: Database;
let worker: JobWorker | null;
let ran: string[];

beforeEach(async () => {
  db = await cloneDatabase();
  database = new Database({ url: db.url, max: 4 });
  worker = null;
  ran = [];
});
afterEach(async () => {
  await worker?.stop();
  await database.close();
  await db.drop();
});

async function start(work: (mailId: string) => Promise<void>): Promise<void> {
  const handlers = { 'mails.send': ({ mailId }: { mailId: string }) => work(mailId) } as unknown as TaskHandlers;
  worker = await startJobWorker({ url: db.url, database, handlers, clock: systemClock, log: silentLog, concurrency: 2 });
}

const send = (mailId: string): Promise<void> => database.system([], (tx) => enqueue(tx, 'mails.send', { mailId, tenantId: '' }));

test('a job that a process held when it died, even before its first heartbeat, is done by another', async () => {
  await send('a');
  await db.rows(`update graphile_worker._private_jobs set locked_by = 'pool-dead', locked_at = now() - interval '9 seconds'`);
  await start(async (id) => void ran.push(id));
  await until(async () => ran.length === 1, 5000);
});

test('a job that runs is left to its living process, however long it takes', async () => {
  let finish = (): void => {};
  await start(async (id) => {
    ran.push(id);
    await new Promise<void>((resolve) => (finish = resolve));
  });
  await send('a');
  await until(async () => ran.length === 1);
  await db.rows(`update graphile_worker._private_jobs set locked_at = now() - interval '1 hour'`);
  // Two heartbeats later it is still locked.
  const [before] = await db.rows<{ at: Date }>('select heartbeat_at as at from job_workers');
  await until(async () => {
    const [now] = await db.rows<{ at: Date }>('select heartbeat_at as at from job_workers');
    return (now?.at.getTime() ?? 0) - (before?.at.getTime() ?? 0) > 3000;
  });
  const [job] = await db.rows<{ locked: boolean }>('select locked_by is not null as locked from graphile_worker._private_jobs');
  expect(job?.locked).toBe(true);
  expect(ran).toEqual(['a']);
  finish();
});

test('a database that is away when a job ends takes neither the process nor the jobs after it along', async () => {
  let finish = (): void => {};
  await start(async (id) => {
    ran.push(id);
    if (ran.length === 1) await new Promise<void>((resolve) => (finish = resolve));
  });
  await send('a');
  await until(async () => ran.length === 1);
  await away(true);
  finish();
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await away(false);
  await send('b');
  await until(async () => ran.includes('b') && ran.filter((id) => id === 'a').length === 2, 18_000);
  await until(async () => (await db.rows('select from graphile_worker._private_jobs')).length === 0);
}, 40_000);

/** Takes the database from everybody but the owner's open connection, or gives it back. */
async function away(isAway: boolean): Promise<void> {
  const server = db.adminUrl.replace(/\/t_[0-9a-f]+/, '/postgres');
  await queryAdmin(server, `alter database ${db.name} allow_connections ${!isAway}`);
  if (isAway) await db.rows(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${db.name}' and usename = 'ringside'`);
}
