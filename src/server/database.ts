/** The database of this start: our own PostgreSQL, or the one that DATABASE_URL names. */
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from './platform/clock/index.ts';
import type { Config } from './platform/config/index.ts';
import { startEmbedded } from './platform/db/embedded.ts';
import { Database } from './platform/db/index.ts';
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
    const url = server.adminUrl.replace(/\/\/[^@/]*@/, `//${LOGIN}@`);
    await writeFile(addressFile(config), url, { mode: 0o600 });
    const stop = async (): Promise<void> => {
      await rm(addressFile(config), { force: true });
      await server.stop();
    };
    return { url, embedded: true, ended: server.ended, stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** For commands beside a running server: joins its database, else starts it for as long as the command runs. */
export async function joinDatabase(config: Config, clock: Clock, log: Log): Promise<OpenedDatabase> {
  const url = config.databaseUrl === null ? await readFile(addressFile(config), 'utf8').catch(() => null) : null;
  if (url !== null && (await answers(url))) return { url, embedded: true, ended: new Promise(() => {}), stop: async () => {} };
  if (config.databaseUrl === null && !existsSync(path.join(config.dataDir, 'postgres'))) {
    throw new Error(`there is no Ringside in ${config.dataDir}: give the server's DATA_DIR, or run the command in its folder`);
  }
  return openDatabase(config, clock, log);
}

/** Where the running embedded database is: left by the process that started it. */
function addressFile(config: Config): string {
  return path.join(config.dataDir, 'database.url');
}

async function answers(url: string): Promise<boolean> {
  const database = new Database({ url, max: 1 });
  try {
    await database.ping();
    return true;
  } catch {
    return false;
  } finally {
    await database.close();
  }
}
