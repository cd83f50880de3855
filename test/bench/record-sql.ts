/** What one request asks of the database, statement by statement, recorded from the program run here for once. */
import pg from 'pg';
import { loadConfig } from '../../src/server/platform/config/index.ts';
import { silentLog } from '../../src/server/platform/log/index.ts';
import { startRingside } from '../../src/server/ringside.ts';
import { apiOf, type Api, type House } from './house.ts';

export interface Statement {
  text: string;
  values: unknown[];
}

export interface Recording {
  statements: Statement[];
  /** ms since 1970: ids made since then are the request's own. */
  since: number;
}

export async function recordSql(house: House, request: (api: Api) => Promise<unknown>): Promise<Recording> {
  const env = { DATABASE_URL: house.databaseUrl, SECRET_KEY: house.secretKey, PORT: '0', HOST: '127.0.0.1' };
  const ringside = await startRingside({ config: loadConfig(env), env, log: silentLog, roles: new Set(['web']) });
  const statements: Statement[] = [];
  const plain = pg.Client.prototype.query;
  try {
    pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
      if (typeof args[0] === 'string') statements.push({ text: args[0], values: (args[1] as unknown[] | undefined) ?? [] });
      return Reflect.apply(plain, this, args) as never;
    } as typeof plain;
    const since = Date.now();
    await request(apiOf(ringside.url ?? '', house.api.cookie));
    return { statements, since };
  } finally {
    pg.Client.prototype.query = plain;
    await ringside.stop();
  }
}
