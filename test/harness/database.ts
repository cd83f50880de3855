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

/** Ends stray sessions on the template: a database in use cannot be cloned. */
export async function cloneable(adminUrl: string): Promise<void> {
  await queryAdmin(adminUrl, `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${TEMPLATE}'`);
}
