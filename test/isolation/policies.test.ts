import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { become, leaksOf, securedTables, type Role, type Stranger, type Table, type Victim } from './strangers.ts';
import { makeWorld, type CustomerSide, type World } from './world.ts';

let world: World;
let admin: pg.Client;
let tables: Table[];
let pairs: { name: string; stranger: Omit<Stranger, 'role'>; victim: Victim; ofParent: boolean }[];

beforeAll(async () => {
  world = await makeWorld();
  await world.quiet();
  admin = new pg.Client({ connectionString: world.db.adminUrl });
  await admin.connect();
  tables = await securedTables(admin);
  pairs = await makePairs();
}, 90_000);
afterAll(async () => {
  await admin.end();
  await world.db.drop();
});

const ROLES: Role[] = ['ringside_app', 'ringside_system'];

async function makePairs(): Promise<typeof pairs> {
  const [one, two] = world.resellers;
  const [acme, globex] = one.customers as [CustomerSide, CustomerSide];
  const whole = [one.id, ...one.customers.map((customer) => customer.id)];
  const strangers = [two.id, ...two.customers.map((customer) => customer.id)];
  return [
    {
      name: 'another reseller',
      stranger: { tenantId: two.id, identityId: await personOf(two.admin.email), tenantIds: strangers },
      victim: await victimOf(whole, strangers),
      ofParent: false,
    },
    {
      name: 'a sibling customer',
      stranger: { tenantId: globex.id, identityId: await personOf(globex.admin.email), tenantIds: [globex.id] },
      victim: await victimOf([acme.id], [globex.id]),
      ofParent: false,
    },
    {
      name: 'a customer at its own reseller',
      stranger: { tenantId: acme.id, identityId: await personOf(acme.admin.email), tenantIds: [acme.id] },
      victim: await victimOf([one.id], [acme.id]),
      ofParent: true,
    },
  ];
}

async function personOf(email: string): Promise<string> {
  return (await world.db.rows<{ id: string }>('select id from identities where email = $1', [email]))[0]?.id ?? '';
}

/** People and clients of these tenants who have nothing to do with the others. */
async function victimOf(tenants: string[], others: string[]): Promise<Victim> {
  const people = await world.db.rows<{ id: string }>(
    `select identity_id as id from memberships group by 1 having bool_or(tenant_id = any ($1)) and not bool_or(tenant_id = any ($2))`,
    [tenants, others],
  );
  const clients = await world.db.rows<{ id: string }>('select id from api_clients where tenant_id = any ($1)', [tenants]);
  return { tenants, people: people.map((row) => row.id), clients: clients.map((row) => row.id) };
}

/** What the schema lets those below read on purpose. */
async function isInherited(table: Table): Promise<boolean> {
  const { rows } = await admin.query(`select from pg_policies where tablename = $1 and policyname = 'app_inherited'`, [table.name]);
  return rows.length > 0;
}

async function inTransaction<T>(work: () => Promise<T>): Promise<T> {
  await admin.query('begin');
  try {
    return await work();
  } finally {
    await admin.query('rollback');
  }
}

async function hasRows(table: Table, victim: Victim): Promise<boolean> {
  const { rows } = await admin.query<{ n: number }>(
    `select count(*)::int n from ${table.name} where (${table.isVictims}) and $1::uuid[] is not null and $2::uuid[] is not null and $3::uuid[] is not null`,
    [victim.tenants, victim.people, victim.clients],
  );
  return (rows[0]?.n ?? 0) > 0;
}

test.each(ROLES)('under %s no table of the catalogue gives a stranger anything to read, insert, update or delete', async (role) => {
  const leaks: string[] = [];
  let tried = 0;
  for (const { name, stranger, victim, ofParent } of pairs) {
    for (const table of tables) {
      if (!(await hasRows(table, victim)) || (ofParent && role === 'ringside_app' && (await isInherited(table)))) continue;
      tried++;
      for (const leak of await inTransaction(() => leaksOf(admin, table, { role, ...stranger }, victim)))
        leaks.push(`${name}: ${leak} ${table.name}`);
    }
  }
  expect(leaks).toEqual([]);
  expect(tried).toBeGreaterThan(55);
});

test.each(ROLES)('under %s without a scope nothing is there at all', async (role) => {
  const nobody: Stranger = { role, tenantId: '', identityId: '', tenantIds: [] };
  const [pair] = pairs;
  for (const table of tables) {
    const leaks = await inTransaction(() => leaksOf(admin, table, nobody, pair?.victim ?? { tenants: [], people: [], clients: [] }));
    expect(leaks, table.name).toEqual([]);
  }
});

test('every policy of the application’s roles is needed: with USING (true) in its place a stranger gets through', async () => {
  const { rows: policies } = await admin.query<{ tablename: string; policyname: string; cmd: string; role: Role; has_check: boolean }>(`
    select tablename, policyname, cmd, r.role, with_check is not null as has_check from pg_policies p
    cross join lateral unnest(p.roles::text[]) r (role)
    where schemaname = 'public' and r.role in ('ringside_app', 'ringside_system') order by 1, 2`);
  expect(policies.length).toBeGreaterThan(50);
  const unnoticed: string[] = [];
  for (const { tablename, policyname, cmd, role, has_check } of policies) {
    const table = tables.find((each) => each.name === tablename);
    if (!table) throw new Error(`${tablename} has a policy but no row security`);
    const open = `drop policy ${policyname} on ${tablename}; create policy ${policyname} on ${tablename} for ${cmd} to ${role} ${cmd === 'INSERT' ? 'with check (true)' : 'using (true)'}`;
    // Of a policy for UPDATE alone the check that stays is enough: nothing can be made of a row one does not own.
    const half = cmd === 'ALL' && has_check ? [`alter policy ${policyname} on ${tablename} using (true)`] : [];
    for (const mutation of [open, ...half]) {
      const [pair] = pairs;
      if (!pair) throw new Error('no strangers');
      const leaks = await inTransaction(async () => {
        await admin.query(mutation);
        return leaksOf(admin, table, { role, ...pair.stranger }, pair.victim);
      });
      if (leaks.length === 0) unnoticed.push(mutation);
    }
  }
  expect(unnoticed).toEqual([]);
});

test('a table that the application may touch without row policies is one of three that hold nobody’s rows', async () => {
  const { rows } = await admin.query<{ name: string }>(`
    select distinct table_name as name from information_schema.role_table_grants
    where table_schema = 'public' and grantee in ('ringside_app', 'ringside_system', 'PUBLIC')
      and table_name not in (select relname from pg_class where relrowsecurity and relforcerowsecurity) order by 1`);
  expect(rows.map((row) => row.name)).toEqual(['installation', 'job_workers']);
  const { rows: jobs } = await admin.query(
    `select from information_schema.role_table_grants where table_schema = 'graphile_worker' and grantee in ('ringside_app', 'PUBLIC')`,
  );
  expect(jobs).toEqual([]);
});

/** Functions that look beyond the scope, and how a stranger would ask each for what is the victim's. */
function questions(): Record<string, { sql: string; values: unknown[] } | 'by secret' | 'by trigger' | 'system only'> {
  const [one] = world.resellers;
  const [acme] = one.customers as [CustomerSide];
  return {
    search_tenants: { sql: `select search_tenants($1, 'customer', 'a')`, values: [one.id] },
    effective_settings: {
      sql: 'select * from effective_settings($1) where coalesce(country, time_zone, language, reseller_id::text) is not null',
      values: [acme.id],
    },
    reseller_time_zone: { sql: 'select z from reseller_time_zone($1) z where z is not null', values: [acme.id] },
    shares_of_link: { sql: 'select n from shares_of_link((select id from links_of_victim)) n where n > 0', values: [] },
    customers_of_link: { sql: 'select customers_of_link((select id from links_of_victim))', values: [] },
    // Answers with ids that were given to it, and only whether one stands above the other.
    ancestors_among: { sql: 'select ancestors_among(array[]::uuid[], $1)', values: [acme.id] },
    enterprise_id: 'by secret',
    leasable_links: 'system only',
    purge_expired: 'system only',
    principal_of: 'by secret',
    identity_by_email: 'by secret',
    api_client_by_client_id: 'by secret',
    invitation_by_id: 'by secret',
    keep_tenant_closure: 'by trigger',
    enqueue_job: 'by trigger',
  };
}

test('functions that look beyond the scope tell a stranger nothing, and each one there is has been asked', async () => {
  const { rows: functions } = await admin.query<{ name: string; app: boolean; anybody: boolean }>(`
    select p.proname as name, has_function_privilege('ringside_app', p.oid, 'execute') as app,
      exists (select from aclexplode(p.proacl) a where a.grantee = 0 and a.privilege_type = 'EXECUTE') or p.proacl is null as anybody
    from pg_proc p where p.prosecdef and p.pronamespace = 'public'::regnamespace order by 1`);
  const asked = questions();
  expect(functions.map((each) => each.name).sort()).toEqual(Object.keys(asked).sort());
  expect(functions.filter((each) => each.anybody)).toEqual([]);
  const [pair] = pairs;
  for (const { name, app } of functions) {
    const question = asked[name];
    if (question === 'system only') expect(app, name).toBe(false);
    if (question === undefined || typeof question === 'string') continue;
    for (const role of ROLES) {
      const rows = await inTransaction(async () => {
        const { rows: links } = await admin.query<{ id: string }>('select id from pbx_links where tenant_id = $1', [world.resellers[0].id]);
        await become(admin, { role, ...(pair?.stranger ?? { tenantId: '', identityId: '', tenantIds: [] }) });
        return (
          await admin.query<object>(
            question.sql.replace('(select id from links_of_victim)', `'${links[0]?.id ?? ''}'::uuid`),
            question.values,
          )
        ).rows;
      });
      expect(rows, `${name} under ${role}`).toEqual([]);
    }
  }
});
