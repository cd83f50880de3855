import { sql } from 'kysely';
import type { LocalText } from '../../../contract/connector-form.ts';
import type { LinkState, PbxConnection } from '../../../contract/pbx-connections.ts';
import { enterTenant, type Db } from '../../platform/db/index.ts';
import type { Context } from '../../platform/http/context.ts';
import { Fault, notFound } from '../../platform/http/fault.ts';

/** A connection as stored, locked for a change. */
export interface ConnectionRow {
  id: string;
  customerId: string;
  linkId: string;
  type: string;
  name: string;
  by: string;
  value: string;
  monitorSubAccounts: boolean;
  enabled: boolean;
}

export async function listConnections(db: Db, customerId: string): Promise<PbxConnection[]> {
  const rows = await db
    .selectFrom('pbx_connections')
    .selectAll()
    .where('tenant_id', '=', customerId)
    .where('removed_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(viewOf);
}

/** @throws Fault notFound also for one that was removed */
export async function readConnection(db: Db, id: string): Promise<PbxConnection> {
  const row = await db.selectFrom('pbx_connections').selectAll().where('id', '=', id).where('removed_at', 'is', null).executeTakeFirst();
  if (!row) throw notFound();
  return viewOf(row);
}

/** Locks the link before the connection, as those do who write a link's state. @throws Fault notFound when it is not this customer's */
export async function lockConnection(db: Db, customerId: string, id: string): Promise<ConnectionRow> {
  await sql`select from pbx_links where id = (select link_id from pbx_connections where id = ${id}) for update`.execute(db);
  const row = await db
    .selectFrom('pbx_connections')
    .selectAll()
    .where('id', '=', id)
    .where('tenant_id', '=', customerId)
    .where('removed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound();
  return {
    id: row.id,
    customerId: row.tenant_id,
    linkId: row.link_id,
    type: row.type,
    name: row.name,
    by: row.attribution_by,
    value: row.attribution_value,
    monitorSubAccounts: row.monitor_sub_accounts,
    enabled: row.enabled,
  };
}

/** The share shows its link's health; disabled, it shows that. */
export async function copyHealth(db: Db, now: Date, connectionId: string): Promise<void> {
  await sql`
    update pbx_connections c set
      link_state = case when c.enabled then l.state else 'disabled' end,
      link_state_since = case when c.enabled then l.state_since else ${now} end,
      link_failure = case when c.enabled then l.failure end,
      link_version = l.version, link_capabilities = l.capabilities, link_notices = l.notices,
      last_event_at = l.last_event_at
    from pbx_links l where l.id = c.link_id and c.id = ${connectionId}`.execute(db);
}

/**
 * Widens the transaction from the customer to the reseller above it, where links and templates are.
 * @returns the reseller's id
 * @throws Fault forbidden when the permission comes from a membership in the customer itself
 */
export async function enterReseller(context: Context, customerId: string): Promise<string> {
  if (context.grantedBy === customerId) throw new Fault('forbidden');
  const { rows } = await sql<{ id: string | null }>`select reseller_id as id from effective_settings(${customerId})`.execute(context.db);
  const id = rows[0]?.id;
  if (!id) throw notFound();
  await enterTenant(context.db, id);
  return id;
}

interface StoredConnection {
  id: string;
  tenant_id: string;
  type: string;
  name: string;
  enabled: boolean;
  attribution_by: string;
  attribution_value: string;
  monitor_sub_accounts: boolean;
  template_id: string | null;
  link_state: string;
  link_state_since: Date;
  link_failure: string | null;
  link_version: string | null;
  link_capabilities: string[];
  link_notices: unknown;
  last_event_at: Date | null;
  last_sync_at: Date | null;
  last_sync_users: number | null;
  last_sync_queues: number | null;
  created_at: Date;
}

function viewOf(row: StoredConnection): PbxConnection {
  return {
    id: row.id,
    customerId: row.tenant_id,
    type: row.type,
    name: row.name,
    enabled: row.enabled,
    attribution: { by: row.attribution_by, value: row.attribution_value },
    monitorSubAccounts: row.monitor_sub_accounts,
    templateId: row.template_id,
    health: {
      state: row.link_state as LinkState,
      since: row.link_state_since.toISOString(),
      failure: row.link_failure,
      lastEventAt: row.last_event_at?.toISOString() ?? null,
      version: row.link_version,
      capabilities: row.link_capabilities,
      notices: row.link_notices as LocalText[],
    },
    lastSync: row.last_sync_at && {
      at: row.last_sync_at.toISOString(),
      users: row.last_sync_users ?? 0,
      queues: row.last_sync_queues ?? 0,
    },
    createdAt: row.created_at.toISOString(),
  };
}
