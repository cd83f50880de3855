/**
 * The PostgreSQL that Ringside brings along: a real server under `DATA_DIR/postgres`, reached by a
 * Unix socket in a folder that only its owner enters. Needs nothing installed or prepared.
 */
import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../clock/index.ts';
import type { Log } from '../log/index.ts';
import { chooseAccount } from './embedded/account.ts';
import type { Account } from './embedded/account.ts';
import { findBinaries } from './embedded/binaries.ts';
import { checkCluster, DATABASE, giveTo, makeCluster, SUPERUSER } from './embedded/cluster.ts';
import { takeLock } from './embedded/lock.ts';
import { stopOrphan } from './embedded/orphan.ts';
import { PORT, runServer } from './embedded/server.ts';

export interface EmbeddedOptions {
  dataDir: string;
  /** False for tests: nothing is synced, a power cut may lose everything. Default true. */
  durable?: boolean;
  log: Log;
  clock: Clock;
}

export interface EmbeddedPostgres {
  /** The superuser's connection string; there is no password, the socket's folder is the guard. */
  adminUrl: string;
  connection: { host: string; port: number; user: string; database: string };
  /** As the server names itself, e.g. `18.4`. */
  version: string;
  /** Settles with words on how the server ended, by `stop` or by itself. */
  ended: Promise<string>;
  stop(): Promise<void>;
}

/**
 * Starts the server, making its cluster on the first start. Call it from the main thread: Linux ends the
 * server when the thread that started it ends.
 * @throws Error in plain words: data folder in use, made by another major version, no PostgreSQL for this platform
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { log, clock, durable = true } = options;
  mkdirSync(options.dataDir, { recursive: true, mode: 0o711 });
  const dataDir = realpathSync(options.dataDir);
  const unlock = takeLock(dataDir);
  try {
    const binaries = await findBinaries();
    const clusterDir = join(dataDir, 'postgres');
    const exists = checkCluster(clusterDir, binaries);
    mkdirSync(clusterDir, { recursive: true, mode: 0o700 });
    const account = chooseAccount(binaries.postgres, clusterDir);
    const socketDir = socketFolder(clusterDir, account);
    if (exists) {
      await stopOrphan(clusterDir, socketFile(socketDir), clock, log);
      giveTo(account, clusterDir);
    } else {
      await makeCluster(clusterDir, binaries, account, durable);
    }
    const server = await runServer({ binary: binaries.postgres, account, clusterDir, socketDir, durable, clock, log });
    log.debug({ version: binaries.version, account: account.name, firstStart: !exists }, 'embedded PostgreSQL is up');
    void server.ended.then(unlock);
    return {
      adminUrl: `postgresql://${SUPERUSER}@/${DATABASE}?host=${encodeURIComponent(socketDir)}&port=${PORT}`,
      connection: { host: socketDir, port: PORT, user: SUPERUSER, database: DATABASE },
      version: binaries.version,
      ended: server.ended,
      stop: () => server.stop(),
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** The kernel's limit for a socket's path is 108 bytes with its closing zero. */
const LONGEST_SOCKET_PATH = 107;

function socketFolder(clusterDir: string, account: Account): string {
  if (Buffer.byteLength(socketFile(clusterDir)) <= LONGEST_SOCKET_PATH) return clusterDir;
  const name = createHash('sha256').update(clusterDir).digest('hex').slice(0, 16);
  const folder = join(realpathSync(tmpdir()), `ringside-${name}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid } = process.getuid?.() === 0 ? account.owner : { uid: process.getuid?.() };
  const found = lstatSync(folder);
  // The temp folder is everyone's: another user may have put something there in wait for us.
  if (!found.isDirectory() || (found.uid !== uid && found.uid !== process.getuid?.())) {
    throw new Error(`${folder} belongs to someone else: remove it, or choose a shorter DATA_DIR`);
  }
  chmodSync(folder, 0o700);
  giveTo(account, folder);
  return folder;
}

function socketFile(folder: string): string {
  return join(folder, `.s.PGSQL.${PORT}`);
}
