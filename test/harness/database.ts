import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

export const TEMPLATE = 'ringside_template';

export interface TestDatabase {
  name: string;
  /** Plain login, bound by the row policies. */
  url: string;
  /** Owner: for looking behind the policies. */
  adminUrl: string;
  /** Rows as the owner sees them. */
  rows<T extends object>(sql: string, values?: unknown[]): Promise<T[]>;
  drop(): Promise<void>;
}

/** A fresh migrated database of its own for one test file. */
export async function cloneDatabase(template = TEMPLATE): Promise<TestDatabase> {
  const server = inject('adminUrl');
  const name = `t_${randomBytes(6).toString('hex')}`;
  await queryAdmin(server, `create database ${name} template ${template} strategy file_copy`);
  const adminUrl = adminUrlOf(server, name);
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  return {
    name,
    adminUrl,
    url: loginUrlOf(adminUrl, 'ringside'),
    rows: async <T extends object>(sql: string, values: unknown[] = []) => (await admin.query<T>(sql, values)).rows,
    drop: async () => {
      await admin.end();
      await queryAdmin(server, `drop database ${name} with (force)`);
    },
  };
}

/** The same server, another database. Works for sockets (`postgresql://user@/db?host=...`) and addresses. */
export function adminUrlOf(url: string, database: string): string {
  return url.replace(/^(postgres(?:ql)?:\/\/[^/]*\/)[^?]*/, `$1${database}`);
}

function loginUrlOf(url: string, login: string): string {
  return url.replace(/^(postgres(?:ql)?:\/\/)(?:[^@/]*@)?/, `$1${login}@`);
}

export async function queryAdmin(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** A database in use cannot be cloned: waits for the sessions on the template to go, and ends what then is left. */
export async function cloneable(adminUrl: string): Promise<void> {
  // The job library closes its pool after it says that it is done; ended from here it would take the process along.
  await queryAdmin(
    adminUrl,
    `do $$ begin
      for i in 1..100 loop
        perform pg_stat_clear_snapshot();
        exit when not exists (select from pg_stat_activity where datname = '${TEMPLATE}');
        perform pg_sleep(0.05);
      end loop;
    end $$`,
  );
  await queryAdmin(adminUrl, `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${TEMPLATE}'`);
}
