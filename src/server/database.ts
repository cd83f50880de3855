/** The database of this start: our own PostgreSQL, or the one that DATABASE_URL names. */
import type { Clock } from './platform/clock/index.ts';
import type { Config } from './platform/config/index.ts';
import { startEmbedded } from './platform/db/embedded.ts';
import { migrate } from './platform/db/migrate.ts';
import type { Log } from './platform/log/index.ts';

export interface OpenedDatabase {
  /** The plain login that the row policies bind. */
  url: string;
  embedded: boolean;
  /** Settles when our own server ends by itself; never for another one. */
  ended: Promise<string>;
  stop(): Promise<void>;
}

const LOGIN = 'ringside';

/** Starts (or finds) the database and brings it up to date. @throws Error in plain words */
export async function openDatabase(config: Config, clock: Clock, log: Log): Promise<OpenedDatabase> {
  if (config.databaseUrl !== null) {
    if (config.databaseAdminUrl !== null) await migrate({ adminUrl: config.databaseAdminUrl });
    return { url: config.databaseUrl, embedded: false, ended: new Promise(() => {}), stop: async () => {} };
  }
  const server = await startEmbedded({ dataDir: config.dataDir, log, clock });
  try {
    await migrate({ adminUrl: server.adminUrl, appLogin: LOGIN });
  } catch (error) {
    await server.stop();
    throw error;
  }
  const url = server.adminUrl.replace(/\/\/[^@/]*@/, `//${LOGIN}@`);
  return { url, embedded: true, ended: server.ended, stop: () => server.stop() };
}
