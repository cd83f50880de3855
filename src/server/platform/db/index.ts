/**
 * The one owner of connections. Everybody else gets a `Db`: a running transaction whose scope has
 * been set, so that the row policies hold for whatever is asked through it.
 */
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import type { DB } from './schema.ts';

export type { DB } from './schema.ts';
export type Db = Transaction<DB>;

/** What one transaction may see: the tenant it acts in (and all below it) and the person behind it. */
export interface Scope {
  tenantId: string | null;
  identityId: string | null;
}

export interface DatabaseOptions {
  url: string;
  /** Connections at most. */
  max: number;
}

/** A database that answers nothing is away: whoever asks hears so after this. */
const CONNECT_MS = 15_000;

export class Database {
  readonly #pool: pg.Pool;
  readonly #kysely: Kysely<DB>;

  constructor(options: DatabaseOptions) {
    this.#pool = new pg.Pool({
      connectionString: options.url,
      max: options.max,
      application_name: 'ringside',
      connectionTimeoutMillis: CONNECT_MS,
      keepAlive: true,
      types: { getTypeParser },
    });
    // A connection that breaks is replaced at the next use. It tells so by itself, idle or in the middle of a
    // transaction that asks nothing just then; unheard, that would end the process.
    this.#pool.on('error', () => {});
    this.#pool.on('connect', (client) => client.on('error', () => {}));
    this.#kysely = new Kysely<DB>({ dialect: new PostgresDialect({ pool: this.#pool }) });
  }

  /** A transaction of a request: sees what `scope` sees. */
  app<T>(scope: Scope, work: (db: Db) => Promise<T>): Promise<T> {
    return this.#transaction('ringside_app', scope.tenantId ?? '', scope.identityId ?? '', '', work);
  }

  /** As `app`, and everything read in it is of one moment. */
  snapshot<T>(scope: Scope, work: (db: Db) => Promise<T>): Promise<T> {
    return this.#transaction('ringside_app', scope.tenantId ?? '', scope.identityId ?? '', '', work, 'repeatable read');
  }

  /** A transaction of a collector or worker: sees the tenants named, nothing below them. */
  system<T>(tenantIds: readonly string[], work: (db: Db) => Promise<T>): Promise<T> {
    return this.#transaction('ringside_system', '', '', tenantIds.join(','), work);
  }

  /** A round trip; throws when the database is away. */
  async ping(): Promise<void> {
    await this.#pool.query('select 1');
  }

  /** Refuses a login that the row policies would not bind. @throws Error saying which and what to do */
  async refuseUnboundLogin(): Promise<void> {
    const { rows } = await this.#pool.query<{ rolname: string; unbound: boolean; owner: boolean; member: boolean }>(
      `select rolname, rolsuper or rolbypassrls as unbound,
              exists (select from pg_class where relname = 'tenants' and relnamespace = 'public'::regnamespace and relowner = r.oid) as owner,
              pg_has_role(r.oid, 'ringside_app', 'member') and pg_has_role(r.oid, 'ringside_system', 'member') as member
       from pg_roles r where rolname = session_user`,
    );
    const login = rows[0];
    if (!login) throw new Error('the database does not say who is logged in');
    if (login.unbound || login.owner) {
      throw new Error(
        `DATABASE_URL logs in as ${login.rolname}, which row policies do not bind (superuser, BYPASSRLS or owner). ` +
          'Use a plain login that is a member of ringside_app and ringside_system, and give the owner as DATABASE_ADMIN_URL to `ringside migrate`.',
      );
    }
    if (!login.member) throw new Error(`DATABASE_URL logs in as ${login.rolname}: grant it ringside_app and ringside_system.`);
  }

  async close(): Promise<void> {
    await this.#kysely.destroy();
  }

  #transaction<T>(
    role: string,
    tenantId: string,
    identityId: string,
    tenantIds: string,
    work: (db: Db) => Promise<T>,
    isolation: 'read committed' | 'repeatable read' = 'read committed',
  ): Promise<T> {
    return this.#kysely
      .transaction()
      .setIsolationLevel(isolation)
      .execute(async (db) => {
        await sql`select set_config('role', ${role}, true), set_config('ringside.tenant', ${tenantId}, true),
        set_config('ringside.identity', ${identityId}, true), set_config('ringside.tenants', ${tenantIds}, true)`.execute(db);
        return work(db);
      });
  }
}

/** Connections of the role that runs jobs, for the job library, which keeps its own transactions. */
export function systemPool(url: string, max: number): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max, application_name: 'ringside-jobs', options: '-c role=ringside_system' });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** Removes what has run out: old answers to idempotency keys, ended sessions, used reset links. */
export async function purgeExpired(db: Db, now: number): Promise<void> {
  await sql`select purge_expired(${new Date(now)})`.execute(db);
}

/** Sets another tenant for what follows in this transaction; the caller has checked that it may. */
export async function enterTenant(db: Db, tenantId: string): Promise<void> {
  await sql`select set_config('ringside.tenant', ${tenantId}, true)`.execute(db);
}

/** Acts for a person who is not (yet) the one behind the request, e.g. while inviting. */
export async function asIdentity<T>(db: Db, identityId: string, work: () => Promise<T>): Promise<T> {
  const before = await sql<{ now: string | null }>`select current_setting('ringside.identity', true) as now`.execute(db);
  await sql`select set_config('ringside.identity', ${identityId}, true)`.execute(db);
  const result = await work();
  await sql`select set_config('ringside.identity', ${before.rows[0]?.now ?? ''}, true)`.execute(db);
  return result;
}

/** PostgreSQL's error for a broken unique index. @returns the index's name, else null */
export function uniqueViolation(error: unknown): string | null {
  return error instanceof pg.DatabaseError && error.code === '23505' ? (error.constraint ?? '') : null;
}

/**
 * A value as JSON for a jsonb parameter. What comes from outside may hold what PostgreSQL refuses in text
 * (a zero byte, half of a surrogate pair): it becomes the replacement character, as one such name must not
 * fail what is stored with it.
 */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value);
  return text.includes('\\u') ? text.replaceAll(UNSTORABLE, '\\ufffd') : text;
}

/** As JSON writes them; after an odd number of backslashes it is text that only looks like it. */
const UNSTORABLE = /\\u(?:0000|d[89a-f][0-9a-f]{2})(?<=(?:^|[^\\])(?:\\\\)*\\u[0-9a-f]{4})/g;

/** Whether the database has refused the data themselves: the same again will fail again. */
export function isUnstorable(error: unknown): boolean {
  return error instanceof pg.DatabaseError && /^2[23]/.test(error.code ?? '');
}

/** Whether work failed because the database could not be reached or broke off: the same work may succeed when it is back. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string' && (AWAY_CODES.has(code) || code.startsWith('08'))) return true;
  // The driver gives no code to what it finds out by itself.
  return /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/.test(error.message);
}

/** Of the server: shut down, crashed, starting, too many connections; of the socket: the rest. */
const AWAY_CODES = new Set(['57P01', '57P02', '57P03', '53300', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT']);

const INT8 = 20;
const DATE = 1082;
/** bigint as number (our counters stay below 2^53), days as they are written. */
function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === INT8) return Number;
  if (oid === DATE) return String;
  return pg.types.getTypeParser(oid, format ?? 'text') as (value: string) => unknown;
}
