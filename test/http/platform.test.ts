import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../harness/database.ts';
import { Database, purgeExpired } from '../../src/server/platform/db/index.ts';

let db: TestDatabase;
let database: Database;
beforeAll(async () => {
  db = await cloneDatabase();
  database = new Database({ url: db.url, max: 2 });
});
afterAll(async () => {
  await database.close();
  await db.drop();
});

test('the login of the tests is bound by the row policies', async () => {
  await expect(database.refuseUnboundLogin()).resolves.toBeUndefined();
});

test('a login that the policies do not bind is refused at start', async () => {
  const owner = new Database({ url: db.adminUrl, max: 1 });
  await expect(owner.refuseUnboundLogin()).rejects.toThrow(/superuser/);
  await owner.close();
});

test('what has run out is removed, what may still be used stays', async () => {
  const tenant = '01900000-0000-7000-8000-000000000001';
  await db.rows(
    `insert into tenants (id, kind, name, country, time_zone, language, created_at, updated_at) values ($1, 'enterprise', 'E', 'GB', 'Europe/London', 'en', now(), now())`,
    [tenant],
  );
  for (const [key, age] of [
    ['old', 31],
    ['young', 29],
  ]) {
    await db.rows(
      `insert into idempotency_keys (tenant_id, actor_id, key, method, path, body_hash, status, created_at)
       values ($1, $1, $2, 'POST', '/', '', 1, now() - make_interval(days => $3))`,
      [tenant, key, age],
    );
  }
  await database.system([], (trx) => purgeExpired(trx, Date.now()));
  expect(await db.rows('select key from idempotency_keys')).toEqual([{ key: 'young' }]);
});
