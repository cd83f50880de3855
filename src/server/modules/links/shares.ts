import type { Db } from '../../platform/db/index.ts';
import type { ShareRule, WatchedShare } from './ports.ts';

/** A customer's share of a link, as its runtime and its sync need it. */
export interface Share {
  connectionId: string;
  customerId: string;
  linkId: string;
  by: string;
  value: string;
  monitoringSince: Date | null;
  lastSyncAt: Date | null;
}

/** Enabled shares of these links; only those of tenants in the scope. */
export async function sharesOf(db: Db, linkIds: readonly string[]): Promise<Share[]> {
  if (linkIds.length === 0) return [];
  const rows = await db
    .selectFrom('pbx_connections')
    .select(['id', 'tenant_id', 'link_id', 'attribution_by', 'attribution_value', 'monitoring_since', 'last_sync_at'])
    .where('link_id', 'in', linkIds)
    .where('removed_at', 'is', null)
    .where('enabled', '=', true)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    connectionId: row.id,
    customerId: row.tenant_id,
    linkId: row.link_id,
    by: row.attribution_by,
    value: row.attribution_value,
    monitoringSince: row.monitoring_since,
    lastSyncAt: row.last_sync_at,
  }));
}

/** Several patterns in one value are parted by commas; each is a rule of its own. */
export function rulesOf(share: { by: string; value: string }, owner: string): ShareRule[] {
  const by = share.by as ShareRule['by'];
  const values = by === 'name' ? share.value.split(',').map((part) => part.trim()) : [share.value];
  return values.filter((value) => by === 'all' || value !== '').map((value) => ({ customerId: owner, by, value }));
}

export function watchedOf(share: Share): WatchedShare {
  const { connectionId, customerId, monitoringSince } = share;
  return { connectionId, customerId, rules: monitoringSince === null ? [] : rulesOf(share, customerId) };
}
