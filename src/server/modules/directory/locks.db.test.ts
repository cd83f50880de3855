import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../test/harness/database.ts';
import { Database, type Db } from '../../platform/db/index.ts';
import { newId } from '../../platform/ids/index.ts';
import { userById } from './users-repository.ts';
import { makePlace } from '../links/testing/place.ts';
import { lockTenant } from '../tenants/index.ts';

let db: TestDatabase;
let database: Database;
beforeAll(async () => {
  db = await cloneDatabase();
  database = new Database({ url: db.url, max: 4 });
});
afterAll(async () => {
  await database.close();
  await db.drop();
});

test('a change of a customer and a sync of its users give out licences at the same time without waiting for each other', async () => {
  const place = await makePlace(db);
  const customerId = await place.customer('Acme');
  const userId = newId();
  await db.rows(
    `insert into users (id, tenant_id, display_name, source, created_at, updated_at) values ($1, $2, 'Ana', 'pbx', now(), now())`,
    [userId, customerId],
  );
  const giveLicence = async (transaction: Db, role: string): Promise<void> => {
    await sql`set local lock_timeout = '2s'`.execute(transaction);
    await sql`insert into licence_spans (id, tenant_id, user_id, role, product_type_id, is_trial, is_internal, time_zone, from_at)
      select ${newId()}, ${customerId}, ${userId}, ${role}, product_type_id, false, false, 'UTC', now() from tenants where id = ${customerId}`.execute(
      transaction,
    );
  };
  await database.system([customerId], async (change) => {
    await lockTenant(change, customerId, 'customer');
    await database.system([customerId], async (sync) => {
      await userById(sync, userId);
      await giveLicence(change, 'customer.user.pbx');
      await giveLicence(sync, 'customer.user.acd');
    });
  });
  expect(await db.rows('select role from licence_spans where user_id = $1', [userId])).toHaveLength(2);
});
