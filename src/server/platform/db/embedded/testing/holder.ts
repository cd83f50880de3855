/** A process that holds an embedded PostgreSQL until SIGTERM: `node holder.ts DATA_DIR`. Prints one JSON line: {url} or {error}. */
import { systemClock } from '../../../clock/index.ts';
import type { Log } from '../../../log/index.ts';
import { startEmbedded } from '../../embedded.ts';

let account = '';
const log: Log = {
  debug: (fields) => {
    if ('account' in fields) account = String(fields.account);
  },
  info: () => {},
  warn: () => {},
  error: () => {},
  child: () => log,
};

try {
  const postgres = await startEmbedded({ dataDir: process.argv[2] ?? '', durable: false, log, clock: systemClock });
  console.log(JSON.stringify({ url: postgres.adminUrl, account }));
  process.once('SIGTERM', () => void postgres.stop().then(() => process.exit(0)));
} catch (error) {
  console.log(JSON.stringify({ error: (error as Error).message }));
  process.exitCode = 1;
}
