import { sql } from 'kysely';
import type { Customer, CustomerSummary } from '../../../contract/customers.ts';
import type { Db } from '../../platform/db/index.ts';
import { notFound } from '../../platform/http/fault.ts';
import { effectiveSettings, type TenantRow } from '../tenants/index.ts';

export interface CustomerPage {
  q?: string | undefined;
  status?: string | undefined;
  resellerId?: string | undefined;
  sort: 'name' | 'createdAt' | 'status' | 'reference';
  order: 'asc' | 'desc';
  page: number;
  pageSize: number;
  /** What resellers keep about a customer is not the customer's to read, nor to search. */
  forStaff: boolean;
}

/** One page of the grid and how many there are in all, within the transaction's scope. */
export async function listCustomers(
  db: Db,
  scopeTenantId: string,
  query: CustomerPage,
): Promise<{ items: CustomerSummary[]; total: number }> {
  const resellers = query.resellerId === undefined ? await resellersInScope(db) : [query.resellerId];
  let rows = db.selectFrom('tenants').where('kind', '=', 'customer');
  // The row policy alone gives the planner nothing to begin with but the whole table. A customer's own scope holds no reseller.
  if (resellers.length === 1) rows = rows.where('parent_id', '=', resellers[0] ?? null);
  else if (resellers.length > 1) rows = rows.where('parent_id', 'in', resellers);
  else rows = rows.where('id', '=', scopeTenantId);
  if (query.status !== undefined) rows = rows.where('status', '=', query.status);
  // Row policies keep a trigram index from being used, so the search is a function that takes the scope.
  if (query.q && query.forStaff)
    rows = rows.where('id', 'in', sql<string>`(select search_tenants(${scopeTenantId}, 'customer', ${query.q}))`);
  else if (query.q) rows = rows.where(sql<boolean>`strpos(lower(name), ${query.q.toLowerCase()}) > 0`);
  const column = { name: sql`lower(name)`, createdAt: sql`created_at`, status: sql`status`, reference: sql`lower(reference)` }[query.sort];
  const { total } = await rows.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const page = await rows
    .select(['id', 'parent_id', 'name', 'reference', 'status', 'trial_start', 'trial_end', 'is_internal', 'created_at'])
    .orderBy(column, query.order)
    .orderBy('id')
    .limit(query.pageSize)
    .offset((query.page - 1) * query.pageSize)
    .execute();
  const items = page.map((row): CustomerSummary => ({
    id: row.id,
    resellerId: row.parent_id ?? '',
    name: row.name,
    reference: query.forStaff ? row.reference : '',
    status: row.status as CustomerSummary['status'],
    trial: trialOf(row),
    isInternal: row.is_internal,
    createdAt: row.created_at.toISOString(),
  }));
  return { items, total };
}

async function resellersInScope(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('tenants').select('id').where('kind', '=', 'reseller').execute();
  return rows.map((row) => row.id);
}

/** @param forStaff what resellers keep about a customer (reference, notes) is not the customer's to read */
export async function readCustomer(db: Db, id: string, forStaff: boolean): Promise<Customer> {
  const row = await db.selectFrom('tenants').selectAll().where('id', '=', id).where('kind', '=', 'customer').executeTakeFirst();
  if (!row) throw notFound();
  return customerOf(db, row, forStaff);
}

export async function customerOf(db: Db, row: TenantRow, forStaff: boolean): Promise<Customer> {
  const { country, timeZone, language } = await effectiveSettings(db, row.id);
  return {
    id: row.id,
    resellerId: row.parent_id ?? '',
    name: row.name,
    reference: forStaff ? row.reference : '',
    notes: forStaff ? row.notes : '',
    status: row.status as Customer['status'],
    productTypeId: row.product_type_id ?? '',
    country: row.country,
    timeZone: row.time_zone,
    language: row.language as Customer['language'],
    effective: { country, timeZone, language },
    trial: trialOf(row),
    isInternal: row.is_internal,
    createdAt: row.created_at.toISOString(),
  };
}

function trialOf(row: { trial_start: string | null; trial_end: string | null }): Customer['trial'] {
  return row.trial_start !== null && row.trial_end !== null ? { startDate: row.trial_start, endDate: row.trial_end } : null;
}
