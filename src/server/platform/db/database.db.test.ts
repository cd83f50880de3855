import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../test/harness/database.ts';
import { Database, isDatabaseAway, jsonText } from './index.ts';

let db: TestDatabase;
let database: Database;
beforeEach(async () => {
  db = await cloneDatabase();
  database = new Database({ url: db.url, max: 2 });
});
afterEach(async () => {
  await database.close();
  await db.drop();
});

const cut = (): Promise<unknown> =>
  db.rows(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${db.name}' and usename = 'ringside'`);

test('connections that break while a transaction thinks fail that transaction, not the process', async () => {
  const held = database.system([], async (tx) => {
    await sql`select 1`.execute(tx);
    await cut();
    // The news of the broken connection comes while nothing is asked of it.
    await new Promise((resolve) => setTimeout(resolve, 200));
    await sql`select 1`.execute(tx);
  });
  expect(isDatabaseAway(await held.catch((error: unknown) => error))).toBe(true);
  const mistaken = database.system([], (tx) => sql`select 1 from nowhere`.execute(tx));
  expect(isDatabaseAway(await mistaken.catch((error: unknown) => error))).toBe(false);
  expect(await database.system([], async (tx) => (await sql<{ one: number }>`select 1 as one`.execute(tx)).rows[0]?.one)).toBe(1);
});

test('idle connections that break are replaced without a word', async () => {
  await Promise.all([database.ping(), database.ping()]);
  await cut();
  await new Promise((resolve) => setTimeout(resolve, 200));
  await Promise.all([database.ping(), database.ping(), database.ping()]);
});

test('text from outside that no database holds is stored with a replacement character', async () => {
  const names = [
    'plain',
    '\u0000\u0000a',
    '\ud83d half',
    '\udc00',
    '\ud83d\ude00 whole',
    String.raw`written out \u0000 \ud83d`,
    String.raw`\\u0000`,
  ];
  const stored = await database.system(
    [],
    async (tx) => (await sql<{ names: string[] }>`select ${jsonText(names)}::jsonb as names`.execute(tx)).rows[0]?.names,
  );
  expect(stored).toEqual(['plain', '\ufffd\ufffda', '\ufffd half', '\ufffd', ...names.slice(4)]);
});
