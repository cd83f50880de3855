import { EventEmitter } from 'node:events';
import { Logger, run, type WorkerEvents } from 'graphile-worker';
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

const HEARTBEAT_MS = 3000;
/** A process silent for this long is dead: its jobs go to others. */
const DEAD_AFTER_SECONDS = 10;

export async function startJobWorker(options: JobWorkerOptions): Promise<JobWorker> {
  const { handlers, log, clock, database } = options;
  const pool = systemPool(options.url, options.concurrency + 2);
  const workerIds = new Set<string>();
  const events: WorkerEvents = new EventEmitter();
  events.on('worker:create', ({ worker }) => workerIds.add(worker.workerId));
  events.on('worker:release', ({ worker }) => workerIds.delete(worker.workerId));
  const runner = await run({
    pgPool: pool,
    concurrency: options.concurrency,
    noHandleSignals: true,
    pollInterval: 1000,
    crontab: '17 * * * * housekeeping',
    taskList: Object.fromEntries((Object.keys(handlers) as TaskName[]).map((name) => [name, taskOf(handlers, name)])),
    events,
    logger: loggerOf(log),
  });
  const heart = beat(database, clock, log, workerIds);
  return {
    async stop() {
      heart.stop();
      await runner.stop();
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
function beat(database: Database, clock: Clock, log: Log, workerIds: ReadonlySet<string>): { stop(): void } {
  const id = newId();
  let cancel = (): void => {};
  let stopped = false;
  const once = async (): Promise<void> => {
    const dead = await database.system([], async (db) => {
      await sql`insert into job_workers (id, worker_ids, heartbeat_at) values (${id}, ${[...workerIds]}, now())
        on conflict (id) do update set worker_ids = excluded.worker_ids, heartbeat_at = now()`.execute(db);
      const { rows } = await sql<{ worker_ids: string[] }>`
        delete from job_workers where heartbeat_at < now() - make_interval(secs => ${DEAD_AFTER_SECONDS}) returning worker_ids`.execute(db);
      const ids = rows.flatMap((row) => row.worker_ids);
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
