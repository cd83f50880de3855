import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../harness/database.ts';

interface Table {
  name: string;
  /** Has tenant_id or customer_id. */
  of_tenant: boolean;
  secured: boolean;
  forced: boolean;
  policies: { name: string; roles: string[]; using: string | null; check: string | null }[];
  /** Application roles that may touch it at all. */
  granted: string[];
}

const ROLES = ['ringside_app', 'ringside_system'];
/** What belongs to no tenant and no person: facts of the installation, heartbeats of its workers. */
const OPEN = ['installation', 'job_workers'];
/** Hang on a person, or are the tree itself: policies of their own (db/after_each.sql). */
const OWN_POLICIES = ['tenants', 'tenant_closure', 'identities', 'sessions', 'password_resets'];

let db: TestDatabase;
let tables: Table[];
beforeAll(async () => {
  db = await cloneDatabase();
  tables = await db.rows<Table>(`
    select c.relname as name,
      exists (select from pg_attribute a where a.attrelid = c.oid and a.attname in ('tenant_id', 'customer_id') and not a.attisdropped) as of_tenant,
      c.relrowsecurity as secured, c.relforcerowsecurity as forced,
      coalesce((select json_agg(json_build_object('name', p.policyname, 'roles', p.roles, 'using', p.qual, 'check', p.with_check))
        from pg_policies p where p.schemaname = 'public' and p.tablename = c.relname), '[]') as policies,
      array(select r from unnest(array['ringside_app', 'ringside_system']) r
        where has_table_privilege(r, c.oid, 'select, insert, update, delete, truncate, references, trigger')) as granted
    from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace order by 1`);
});
afterAll(() => db.drop());

test('every table of a tenant, and every table that hangs on a person, has row security that binds its owner too', () => {
  const bare = tables.filter(
    (table) => (table.of_tenant || OWN_POLICIES.includes(table.name)) && table.granted.length > 0 && !(table.secured && table.forced),
  );
  expect(bare.map(({ name }) => name)).toEqual([]);
  expect(tables.filter(({ of_tenant }) => of_tenant).length).toBeGreaterThan(15);
});

test('each of them has a policy for each application role that may touch it', () => {
  const open = tables
    .filter(({ secured }) => secured)
    .flatMap(({ name, policies, granted }) =>
      granted.filter((role) => !policies.some(({ roles }) => roles.includes(role))).map((role) => `${name} for ${role}`),
    );
  expect(open).toEqual([]);
});

test('no policy of an application role lets everything through', () => {
  const wide = tables.flatMap(({ name, policies }) =>
    policies
      .filter(
        ({ roles, using, check }) =>
          roles.some((role) => ROLES.includes(role) || role === 'public') && (using === 'true' || check === 'true'),
      )
      .map((policy) => `${name}.${policy.name}`),
  );
  expect(wide).toEqual([]);
});

test('what has no row security cannot be touched by an application role, but for facts of the installation', () => {
  const reachable = tables.filter(({ secured, granted }) => !secured && granted.length > 0);
  expect(reachable.map(({ name }) => name)).toEqual(OPEN);
});

test('no application role owns anything or may go around the policies', async () => {
  const rows = await db.rows<{ rolname: string }>(
    `select rolname from pg_roles r where rolname like 'ringside%' and (rolsuper or rolbypassrls or (rolname <> 'ringside_definer'
       and exists (select from pg_class where relowner = r.oid)))`,
  );
  expect(rows).toEqual([]);
});

test('every function that looks beyond a scope belongs to the role for that, and fixes its search path', async () => {
  const rows = await db.rows<{ name: string }>(
    `select p.proname as name from pg_proc p join pg_roles r on r.oid = p.proowner
     where p.pronamespace = 'public'::regnamespace and p.prosecdef
       and (p.proconfig is null or not exists (select from unnest(p.proconfig) c where c like 'search_path=%')
         or (r.rolname <> 'ringside_definer' and p.proname not in ('enqueue_job')))`,
  );
  expect(rows).toEqual([]);
});
