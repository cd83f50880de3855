/** How the customers grid is answered at 100,000 rows in one database, under the role that row policies bind. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { listCustomers, type CustomerPage } from '../../src/server/modules/customers/repository.ts';
import { Database, type DB, type Db } from '../../src/server/platform/db/index.ts';
import { newId } from '../../src/server/platform/ids/index.ts';
import { cloneDatabase, type TestDatabase } from '../harness/database.ts';

const OWN = 10_000;
const OTHERS = 90_000;
const PAGE: CustomerPage = { sort: 'name', order: 'asc', page: 1, pageSize: 50, forStaff: true };

let db: TestDatabase;
let database: Database;
const enterprise = newId();
const resellers = [newId(), newId()] as const;

beforeAll(async () => {
  db = await cloneDatabase();
  database = new Database({ url: db.url, max: 2 });
  const common = `'GB', 'Europe/London', 'en', now(), now()`;
  await db.rows(
    `insert into tenants (id, kind, name, country, time_zone, language, created_at, updated_at) values ($1, 'enterprise', 'E', ${common})`,
    [enterprise],
  );
  const productTypeId = newId();
  await db.rows(
    `insert into product_types (id, tenant_id, key, name, summary, licence_level, features, rate_key, changeable, created_at)
     values ($1, $2, 'analytics', '{}', '{}', 'essential', '{}', 'analytics', true, now())`,
    [productTypeId, enterprise],
  );
  for (const [index, id] of resellers.entries()) {
    await db.rows(
      `insert into tenants (id, parent_id, kind, name, country, time_zone, language, created_at, updated_at, may_grant_trials, longest_trial_days)
       values ($1, $2, 'reseller', 'R' || $3, ${common}, false, 30)`,
      [id, enterprise, index],
    );
  }
  // What the trigger writes row by row, all at once.
  await db.rows('alter table tenants disable trigger keep_closure');
  for (const [index, id] of resellers.entries()) {
    await db.rows(
      `insert into tenants (id, parent_id, kind, name, reference, product_type_id, created_at, updated_at)
       select gen_random_uuid(), $1, 'customer', 'Tool ' || md5(n::text), 'R-' || n, $3, now(), now() from generate_series(1, $2::int) n`,
      [id, index === 0 ? OWN : OTHERS, productTypeId],
    );
  }
  await db.rows('alter table tenants enable trigger keep_closure');
  await db.rows(
    `insert into tenant_closure select a, t.id from tenants t, unnest(array[t.id, t.parent_id, '${enterprise}'::uuid]) a where t.kind = 'customer'`,
  );
  await db.rows(`insert into tenant_search select id, kind, lower(name || ' ' || reference) from tenants where kind = 'customer'`);
  await db.rows('analyze tenants, tenant_closure, tenant_search');
}, 240_000);
afterAll(async () => {
  await database.close();
  await db.drop();
});

test.each([
  ['a page', {}],
  ['a page far back', { page: 150 }],
  ['a page of one status', { status: 'active' }],
])('%s of a reseller reads no table as a whole', async (_name, query) => {
  const plans = await plansOf(resellers[0], (tx) => listCustomers(tx, resellers[0], { ...PAGE, ...query }));
  expect(plans, plans).not.toMatch(/Seq Scan on tenant/);
});

test('a search goes by the index of letter triples', async () => {
  const [found] = await db.rows<{ body: string }>(`select prosrc as body from pg_proc where proname = 'search_tenants'`);
  const query = /'(select [^']*)'/.exec(found?.body ?? '')?.[1];
  await db.rows('begin');
  try {
    await db.rows(`select set_config('role', 'ringside_definer', true), set_config('ringside.tenant', $1, true)`, [resellers[0]]);
    const plan = linesOf(await db.rows(`explain ${query}`, [resellers[0], 'customer', '%77abc%']));
    expect(plan, plan).toMatch(/Bitmap Index Scan on tenant_search_document/);
  } finally {
    await db.rows('rollback');
  }
});

test('what the search finds and counts is the scope alone', async () => {
  const { total } = await database.app({ tenantId: resellers[0], identityId: null }, (tx) =>
    listCustomers(tx, resellers[0], { ...PAGE, q: 'tool' }),
  );
  expect(total).toBe(OWN);
});

/** Plans of all statements of some work, each with its own values. */
async function plansOf(tenantId: string, work: (tx: Db) => Promise<unknown>): Promise<string> {
  const asked: CompiledQuery[] = [];
  const kysely = new Kysely<DB>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: db.url, max: 1 }) }),
    log: ({ query }) => void asked.push(query),
  });
  try {
    return await kysely.transaction().execute(async (tx) => {
      await sql`select set_config('role', 'ringside_app', true), set_config('ringside.tenant', ${tenantId}, true)`.execute(tx);
      asked.length = 0;
      await work(tx);
      const plans = [];
      for (const query of asked.splice(0))
        plans.push(await tx.executeQuery(CompiledQuery.raw(`explain ${query.sql}`, [...query.parameters])));
      return plans.map(({ rows }) => linesOf(rows as object[])).join('\n');
    });
  } finally {
    await kysely.destroy();
  }
}

function linesOf(plan: readonly object[]): string {
  return plan.map((row) => Object.values(row).join('')).join('\n');
}
