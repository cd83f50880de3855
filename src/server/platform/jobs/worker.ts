import { EventEmitter } from 'node:events';
import { Logger, run, type Runner, type WorkerEvents } from 'graphile-worker';
import { sql } from 'kysely';
import type { Clock } from '../clock/index.ts';
import { systemPool, type Database } from '../db/index.ts';
import { newId } from '../ids/index.ts';
import type { Log } from '../log/index.ts';
import type { TaskHandlers, TaskName } from './index.ts';

export interface JobWorker {
  /** Lets running jobs end and takes no new ones. */
  stop(): Promise<void>;
}

export interface JobWorkerOptions {
  url: string;
  database: Database;
  handlers: TaskHandlers;
  clock: Clock;
  log: Log;
  /** Jobs run at once. */
  concurrency: number;
}

const HEARTBEAT_MS = 2000;
/** A process silent for this long is dead: its jobs go to others. */
const DEAD_AFTER_SECONDS = 8;
/** After the library has given up (the database was away when a job ended), how long until it begins anew. */
const AGAIN_MS = 1000;

export async function startJobWorker(options: JobWorkerOptions): Promise<JobWorker> {
  const { handlers, log, clock, database } = options;
  const pool = systemPool(options.url, options.concurrency + 2);
  // The library locks jobs in the name of its pool, not of the worker that runs them.
  const holders = new Set<string>();
  const events: WorkerEvents = new EventEmitter();
  events.on('pool:create', ({ workerPool }) => holders.add(workerPool.id));
  const begin = (): Promise<Runner> =>
    run({
      pgPool: pool,
      concurrency: options.concurrency,
      noHandleSignals: true,
      pollInterval: 1000,
      crontab: '17 * * * * housekeeping',
      taskList: Object.fromEntries((Object.keys(handlers) as TaskName[]).map((name) => [name, taskOf(handlers, name)])),
      events,
      logger: loggerOf(log),
      // Batched, a job's end that cannot be written ends the pool; else nobody would hear of it and the job stay locked.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    });
  let stopped = false;
  let runner = await begin();
  const keep = async (): Promise<void> => {
    while (!stopped) {
      await runner.promise.catch((error: unknown) => log.error({ err: error }, 'the job runner ended'));
      // What the ended pool still held is nobody's now: it is given back as a dead process's.
      holders.clear();
      while (!stopped) {
        await clock.sleep(AGAIN_MS);
        try {
          runner = await begin();
          break;
        } catch (error) {
          log.error({ err: error }, 'jobs cannot be run, trying again');
        }
      }
    }
  };
  const kept = keep();
  const heart = beat(database, clock, log, holders);
  return {
    async stop() {
      stopped = true;
      heart.stop();
      await runner.stop().catch((error: unknown) => log.warn({ err: error }, 'the job runner did not end cleanly'));
      await kept;
      await pool.end();
    },
  };
}

function taskOf(handlers: TaskHandlers, name: TaskName): (payload: unknown) => Promise<void> {
  return async (payload) => {
    await handlers[name](payload as never);
  };
}

/** Tells that this process lives and gives back what dead ones held (the library alone would wait for hours). */
function beat(database: Database, clock: Clock, log: Log, holders: ReadonlySet<string>): { stop(): void } {
  const id = newId();
  let cancel = (): void => {};
  let stopped = false;
  const once = async (): Promise<void> => {
    const dead = await database.system([], async (db) => {
      await sql`insert into job_workers (id, worker_ids, heartbeat_at) values (${id}, ${[...holders]}, now())
        on conflict (id) do update set worker_ids = excluded.worker_ids, heartbeat_at = now()`.execute(db);
      await sql`delete from job_workers where heartbeat_at < now() - make_interval(secs => ${DEAD_AFTER_SECONDS})`.execute(db);
      // By the jobs, not by the dead: a process may have died before its first heartbeat.
      const { rows } = await sql<{ holder: string }>`
        select distinct j.locked_by as holder from graphile_worker._private_jobs j
        where j.locked_at < now() - make_interval(secs => ${DEAD_AFTER_SECONDS})
          and not exists (select from job_workers w where j.locked_by = any (w.worker_ids))`.execute(db);
      const ids = rows.map((row) => row.holder);
      if (ids.length > 0) await sql`select graphile_worker.force_unlock_workers(${ids})`.execute(db);
      return ids;
    });
    if (dead.length > 0) log.warn({ workers: dead.length }, 'took over the jobs of a process that died');
  };
  const loop = (): void => {
    once()
      .catch((error: unknown) => log.error({ err: error }, 'job heartbeat failed'))
      .finally(() => {
        if (!stopped) cancel = clock.after(HEARTBEAT_MS, loop);
      });
  };
  loop();
  return {
    stop() {
      stopped = true;
      cancel();
    },
  };
}

function loggerOf(log: Log): Logger {
  return new Logger((scope) => (level, message) => {
    if (level === 'error') log.error(scope, message);
    else if (level === 'warning') log.warn(scope, message);
    else log.debug(scope, message);
  });
}
