import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../harness/database.ts';
import { Database } from '../../src/server/platform/db/index.ts';

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
