/** Trying to get at another's rows under the roles of the application, table by table of the catalogue. */
import type pg from 'pg';

export type Role = 'ringside_app' | 'ringside_system';

export interface Stranger {
  role: Role;
  /** `ringside.tenant` of the application role. */
  tenantId: string;
  identityId: string;
  /** `ringside.tenants` of the system role. */
  tenantIds: string[];
}

export interface Table {
  name: string;
  /** SQL that is true of a row of the victim; $1: tenants, $2: people, $3: API clients of it. */
  isVictims: string;
  /** Columns that can be set to something else without touching a key, a reference or a rule. */
  free: { name: string; type: string } | null;
  grants: string[];
}

export interface Victim {
  tenants: string[];
  people: string[];
  clients: string[];
}

/** Tables that hang on a person or are the tree itself. All others have tenant_id or customer_id. */
const OWNERS: Record<string, string> = {
  tenants: 'id = any ($1::uuid[])',
  tenant_closure: 'descendant_id = any ($1::uuid[]) and ancestor_id = any ($1::uuid[])',
  identities: 'id = any ($2::uuid[])',
  sessions: '(identity_id = any ($2::uuid[]) or api_client_id = any ($3::uuid[]))',
  password_resets: 'identity_id = any ($2::uuid[])',
};

/** Every table with row security, from the catalogue. @throws Error for one whose owner cannot be told */
export async function securedTables(admin: pg.Client): Promise<Table[]> {
  const { rows } = await admin.query<{ name: string; owner: string | null; free: string | null; type: string | null; grants: string[] }>(`
    select c.relname as name, max(a.attname) filter (where a.attname in ('tenant_id', 'customer_id')) as owner,
      (array_agg(a.attname order by a.attnum) filter (where f.free))[1] as free,
      (array_agg(format_type(a.atttypid, a.atttypmod) order by a.attnum) filter (where f.free))[1] as type,
      array(select distinct privilege_type::text from information_schema.role_table_grants g where g.table_name = c.relname and g.grantee = 'ringside_app') as grants
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    cross join lateral (
      select a.atttypid in ('timestamptz'::regtype, 'text'::regtype, 'jsonb'::regtype, 'int4'::regtype, 'int8'::regtype, 'bool'::regtype)
        and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype <> 'n' and a.attnum = any (k.conkey))
        and not exists (select from pg_index i where i.indrelid = c.oid and i.indisunique and (a.attnum = any (i.indkey) or concat(pg_get_expr(i.indpred, c.oid), pg_get_expr(i.indexprs, c.oid)) ~ a.attname)) as free) f
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and c.relrowsecurity
    group by c.oid, c.relname order by c.relname`);
  return rows.map((row) => {
    const isVictims = OWNERS[row.name] ?? (row.owner === null ? null : `${row.owner} = any ($1::uuid[])`);
    if (isVictims === null) throw new Error(`say in OWNERS whose the rows of ${row.name} are`);
    return { name: row.name, isVictims, free: row.free === null ? null : { name: row.free, type: row.type ?? '' }, grants: row.grants };
  });
}

/** Takes the stranger's part until the transaction or savepoint is rolled back. */
export async function become(admin: pg.Client, stranger: Stranger): Promise<void> {
  const { role, tenantId, identityId, tenantIds } = stranger;
  const isApp = role === 'ringside_app';
  await admin.query(
    `select set_config('role', $1, true), set_config('ringside.tenant', $2, true), set_config('ringside.identity', $3, true), set_config('ringside.tenants', $4, true)`,
    [role, isApp ? tenantId : '', isApp ? identityId : '', isApp ? '' : tenantIds.join(',')],
  );
}

const VALUES: Record<string, string> = {
  text: `'x'`,
  jsonb: `'{}'`,
  integer: '7',
  bigint: '7',
  boolean: 'true',
  'timestamp with time zone': `'2001-01-01'`,
};
const REFUSED = '42501';

/**
 * All that a stranger gets at in one table: `read`, `insert`, `update`, `delete`. Runs inside the caller's transaction
 * and leaves nothing behind.
 */
export async function leaksOf(admin: pg.Client, table: Table, stranger: Stranger, victim: Victim): Promise<string[]> {
  const leaks: string[] = [];
  const all = [victim.tenants, victim.people, victim.clients];
  const values = all.slice(0, Number(/\$3/.test(table.isVictims) ? 3 : /\$2/.test(table.isVictims) ? 2 : 1));
  // PostgreSQL wants every parameter used.
  const where = values.length > 1 && !table.isVictims.includes('$1') ? `(${table.isVictims}) and $1::uuid[] is not null` : table.isVictims;
  const victims = async (): Promise<string[]> =>
    (await admin.query<{ row: string }>(`select t::text as row from ${table.name} t where ${where} order by 1`, values)).rows.map(
      (row) => row.row,
    );
  const before = await victims();
  if (before.length === 0) throw new Error(`the victim has no row in ${table.name}`);
  const [sample] = (await admin.query<{ row: object }>(`select to_jsonb(t) as row from ${table.name} t where ${where} limit 1`, values))
    .rows;

  await attempt(admin, stranger, async () => {
    const { rows } = await admin.query<{ n: number }>(`select count(*)::int n from ${table.name} where ${where}`, values);
    if (rows[0]?.n !== 0) leaks.push('read');
  });
  await attempt(admin, stranger, async () => {
    // Row policies are asked before keys: anything but a refusal means that they let it through.
    const code = await codeOf(
      admin.query(`insert into ${table.name} select (jsonb_populate_record(null::${table.name}, $1)).*`, [JSON.stringify(sample?.row)]),
    );
    if (code !== REFUSED) leaks.push('insert');
  });
  if (table.free) {
    const { name, type } = table.free;
    await attempt(admin, stranger, async () => {
      // Without a condition: one would ask for the right to read as well, and hide a hole behind it.
      const code = await codeOf(admin.query(`update ${table.name} set ${name} = ${VALUES[type] ?? 'null'}`));
      if (code !== null && code !== REFUSED) throw new Error(`updating ${table.name}.${name} failed with ${code}: not a refusal`);
      if (code !== null) return;
      await admin.query('reset role');
      if ((await victims()).join() !== before.join()) leaks.push('update');
    });
  } else if (table.grants.includes('UPDATE')) throw new Error(`${table.name} has no column to try an update with`);
  await attempt(admin, stranger, async () => {
    const code = await codeOf(admin.query(`delete from ${table.name}`));
    if (code !== null && code !== REFUSED) throw new Error(`deleting from ${table.name} failed with ${code}: not a refusal`);
    if (code !== null) return;
    await admin.query('reset role');
    if ((await victims()).length < before.length) leaks.push('delete');
  });
  return leaks;
}

async function attempt(admin: pg.Client, stranger: Stranger, work: () => Promise<void>): Promise<void> {
  await admin.query('savepoint attempt');
  try {
    // No triggers: a foreign key must not do the policy's work, and nothing cascades.
    await admin.query('set local session_replication_role = replica');
    await become(admin, stranger);
    await work();
  } finally {
    await admin.query('rollback to savepoint attempt');
  }
}

/** Of a query that may fail: PostgreSQL's code; null when it went through. Keeps the transaction usable. */
async function codeOf(query: Promise<unknown>): Promise<string | null> {
  try {
    await query;
    return null;
  } catch (error) {
    return (error as { code?: string }).code ?? 'none';
  }
}
