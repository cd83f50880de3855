/** Forward-only migrations: plain SQL files, in order, each in one transaction, under one lock. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { runMigrations } from 'graphile-worker';
import pg from 'pg';

export const MIGRATIONS_DIR = path.resolve(import.meta.dirname, '../../../../db/migrations');
const AFTER_EACH = path.resolve(import.meta.dirname, '../../../../db/after_each.sql');
/** Any number, but always the same: two starters wait for each other. */
const LOCK = 7_246_114;

export interface MigrateOptions {
  /** Login that owns the tables. */
  adminUrl: string;
  /** Plain login to make and let in (embedded database only). */
  appLogin?: string;
  dir?: string;
}

/**
 * Brings the database up to date.
 * @returns names of the files applied now
 * @throws Error when a file applied earlier has been changed, or is missing here (an older program)
 */
export async function migrate({ adminUrl, appLogin, dir = MIGRATIONS_DIR }: MigrateOptions): Promise<string[]> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'ringside-migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query(
      'create table if not exists schema_migrations (name text primary key, hash text not null, applied_at timestamptz not null default now())',
    );
    const applied = await applyFiles(client, dir);
    await installJobs(client, adminUrl);
    if (appLogin !== undefined) await admit(client, appLogin);
    return applied;
  } finally {
    await client.end();
  }
}

async function applyFiles(client: pg.Client, dir: string): Promise<string[]> {
  const files = (await readdir(dir)).filter((name) => name.endsWith('.sql')).sort();
  const { rows } = await client.query<{ name: string; hash: string }>('select name, hash from schema_migrations');
  const known = new Map(rows.map((row) => [row.name, row.hash]));
  const missing = [...known.keys()].find((name) => !files.includes(name));
  if (missing !== undefined) throw new Error(`The database was migrated by a newer Ringside (${missing}). Start that version.`);
  const afterEach = await readFile(AFTER_EACH, 'utf8');
  await client.query("set client_min_messages = 'warning'");
  const applied: string[] = [];
  for (const name of files) {
    const text = await readFile(path.join(dir, name), 'utf8');
    const hash = createHash('sha256').update(text).digest('hex');
    const before = known.get(name);
    if (before === hash) continue;
    if (before !== undefined) throw new Error(`Migration ${name} was changed after it had been applied. Add a new file instead.`);
    await inTransaction(client, async () => {
      await client.query(text);
      await client.query(afterEach);
      await client.query('insert into schema_migrations (name, hash) values ($1, $2)', [name, hash]);
    });
    applied.push(name);
  }
  if (applied.length === 0) await inTransaction(client, () => client.query(afterEach));
  return applied;
}

/** graphile-worker's own tables, and the door by which a request writes a job in its transaction. */
async function installJobs(client: pg.Client, adminUrl: string): Promise<void> {
  await runMigrations({ connectionString: adminUrl });
  await inTransaction(client, () =>
    client.query(`
      create or replace function enqueue_job(task text, payload json, job_key text, run_at timestamptz) returns void
        language sql security definer set search_path = public as $$
          select graphile_worker.add_job(task, payload, job_key => job_key, run_at => run_at)
        $$;
      revoke execute on function enqueue_job(text, json, text, timestamptz) from public;
      grant execute on function enqueue_job(text, json, text, timestamptz) to ringside_app, ringside_system;
      grant usage on schema graphile_worker to ringside_system;
      grant select, insert, update, delete on all tables in schema graphile_worker to ringside_system;
      grant usage, select on all sequences in schema graphile_worker to ringside_system;
      grant execute on all functions in schema graphile_worker to ringside_system;
      do $$
      declare t text;
      begin
        for t in select tablename from pg_tables where schemaname = 'graphile_worker' loop
          execute format('drop policy if exists worker on graphile_worker.%I', t);
          execute format('create policy worker on graphile_worker.%I to ringside_system using (true) with check (true)', t);
        end loop;
      end $$;`),
  );
}

async function admit(client: pg.Client, login: string): Promise<void> {
  const name = client.escapeIdentifier(login);
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [login]);
  if (rowCount === 0) await client.query(`create role ${name} login`);
  await client.query(`grant ringside_app, ringside_system to ${name}`);
}

async function inTransaction(client: pg.Client, work: () => Promise<unknown>): Promise<void> {
  await client.query('begin');
  try {
    await work();
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
