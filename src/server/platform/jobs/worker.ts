import { Logger, run } from 'graphile-worker';
import type pg from 'pg';
import type { Log } from '../log/index.ts';
import type { TaskHandlers, TaskName } from './index.ts';

export interface JobWorker {
  /** Lets running jobs end and takes no new ones. */
  stop(): Promise<void>;
}

/** @param pool connections whose role is ringside_system */
export async function startJobWorker(options: { pool: pg.Pool; handlers: TaskHandlers; log: Log; concurrency: number }): Promise<JobWorker> {
  const { handlers, log } = options;
  const taskList = Object.fromEntries(
    (Object.keys(handlers) as TaskName[]).map((name) => [
      name,
      async (payload: unknown): Promise<void> => {
        await handlers[name](payload as never);
      },
    ]),
  );
  const runner = await run({
    pgPool: options.pool,
    concurrency: options.concurrency,
    noHandleSignals: true,
    pollInterval: 1000,
    taskList,
    logger: loggerOf(log),
  });
  return { stop: () => runner.stop() };
}

function loggerOf(log: Log): Logger {
  return new Logger((scope) => (level, message) => {
    if (level === 'error') log.error(scope, message);
    else if (level === 'warning') log.warn(scope, message);
    else log.debug(scope, message);
  });
}
