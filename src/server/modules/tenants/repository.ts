import { sql, type Insertable, type Selectable } from 'kysely';
import type { Language, TenantStatus } from '../../../contract/common.ts';
import type { Tenants } from '../../platform/db/schema.ts';
import { uniqueViolation, type Db } from '../../platform/db/index.ts';
import type { FieldFault } from '../../platform/http/fault.ts';

export type TenantRow = Selectable<Tenants>;

export interface EffectiveSettings {
  country: string;
  timeZone: string;
  language: Language;
  /** The reseller the tenant is or stands under; null for the enterprise. */
  resellerId: string | null;
}

/** Own or inherited values of a tenant in the scope. */
export async function effectiveSettings(db: Db, tenantId: string): Promise<EffectiveSettings> {
  const { rows } = await sql<{ country: string | null; time_zone: string; language: Language; reseller_id: string | null }>`
    select * from effective_settings(${tenantId})`.execute(db);
  const row = rows[0];
  if (!row || row.country === null) throw new Error(`tenant ${tenantId} is not in the scope`);
  return { country: row.country, timeZone: row.time_zone, language: row.language, resellerId: row.reseller_id };
}

/** @returns field faults instead of throwing, so that they can be told with others */
export async function nameFault(db: Db, parentId: string, name: string, except: string | null, path = 'body.name'): Promise<FieldFault[]> {
  const taken = await db
    .selectFrom('tenants')
    .select('id')
    .where('parent_id', '=', parentId)
    .where(sql<string>`lower(name)`, '=', sql<string>`lower(${name})`)
    .where('status', '<>', 'terminated')
    .$if(except !== null, (query) => query.where('id', '<>', except))
    .executeTakeFirst();
  return taken ? [{ path, code: 'taken' }] : [];
}

/** @returns a fault when another request took the name (or the internal flag) meanwhile */
export async function insertTenant(db: Db, row: Insertable<Tenants>): Promise<void> {
  await db.insertInto('tenants').values(row).execute();
}

/** Locks a row for a change; undefined when it is not in the scope. */
export async function lockTenant(db: Db, id: string, kind: 'reseller' | 'customer'): Promise<TenantRow | undefined> {
  return db.selectFrom('tenants').selectAll().where('id', '=', id).where('kind', '=', kind).forNoKeyUpdate().executeTakeFirst();
}

/** A row of the scope; undefined for anybody else's. */
export async function readTenant(db: Db, id: string, kind: 'reseller' | 'customer'): Promise<TenantRow | undefined> {
  return db.selectFrom('tenants').selectAll().where('id', '=', id).where('kind', '=', kind).executeTakeFirst();
}

/** Turns a lost race for a unique value into the field error the loser should see. */
export function uniqueFault(error: unknown): FieldFault[] | null {
  switch (uniqueViolation(error)) {
    case 'tenants_name':
      return [{ path: 'body.name', code: 'taken' }];
    case 'tenants_one_internal':
      return [{ path: 'body.isInternal', code: 'taken' }];
    default:
      return null;
  }
}

export async function setStatus(db: Db, id: string, status: TenantStatus, at: Date): Promise<void> {
  await db.updateTable('tenants').set({ status, updated_at: at }).where('id', '=', id).execute();
}
