import { sql, type ExpressionBuilder } from 'kysely';
import type { SecretBox } from '../../platform/crypto/index.ts';
import type { Db, DB } from '../../platform/db/index.ts';
import { newId } from '../../platform/ids/index.ts';
import type { FormValues } from './ports.ts';
import { keptSecrets, openSecrets, type KeptSecrets } from './secrets.ts';

export interface LinkRow {
  id: string;
  ownerId: string;
  type: string;
  identity: string;
  /** Without the secrets. */
  settings: FormValues;
  secrets: Buffer;
  secretsSet: Record<string, string>;
  /** Legs that were nobody's, by their account keys. */
  unattributed: Record<string, number>;
  revision: number;
  state: string;
  stateSince: Date;
  failure: string | null;
  version: string | null;
  capabilities: string[];
  notices: unknown;
  lastEventAt: Date | null;
}

const COLUMNS = [
  'id', 'tenant_id', 'type', 'identity', 'settings', 'secrets', 'secrets_set', 'unattributed', 'revision', 'state', 'state_since', 'failure', 'version',
  'capabilities', 'notices', 'last_event_at',
] as const; // prettier-ignore

export async function readLink(db: Db, id: string): Promise<LinkRow | null> {
  const row = await db.selectFrom('pbx_links').select(COLUMNS).where('id', '=', id).executeTakeFirst();
  return row ? linkOf(row) : null;
}

/** The owner's link of this identity; locked, so that what is decided on it holds until the commit. */
export async function lockLink(db: Db, wanted: { ownerId: string; type: string; identity: string }): Promise<LinkRow | null> {
  const row = await db
    .selectFrom('pbx_links')
    .select(COLUMNS)
    .where('tenant_id', '=', wanted.ownerId)
    .where('type', '=', wanted.type)
    .where('identity', '=', wanted.identity)
    .forUpdate()
    .executeTakeFirst();
  return row ? linkOf(row) : null;
}

export async function linksOfOwner(db: Db, ownerId: string, type: string): Promise<LinkRow[]> {
  const rows = await db.selectFrom('pbx_links').select(COLUMNS).where('tenant_id', '=', ownerId).where('type', '=', type).execute();
  return rows.map(linkOf);
}

/** Settings and secrets together, as the connector's schema wants them. */
export function openLink(box: SecretBox, link: Pick<LinkRow, 'settings' | 'secrets'>): FormValues {
  return { ...link.settings, ...openSecrets(box, link.secrets) };
}

export interface LinkValues {
  identity: string;
  settings: FormValues;
  secrets: FormValues;
}

/** @returns the new link's id, or that of the same connection made at the same time by somebody else */
export async function insertLink(db: Db, box: SecretBox, now: Date, link: LinkValues & { ownerId: string; type: string }): Promise<string> {
  const kept = keptSecrets(box, now, {}, link.secrets, null);
  const row = await db
    .insertInto('pbx_links')
    .values({
      id: newId(),
      tenant_id: link.ownerId,
      type: link.type,
      identity: link.identity,
      settings: JSON.stringify(link.settings),
      secrets: kept.sealed,
      secrets_set: JSON.stringify(kept.since),
      state_since: now,
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'type', 'identity']).doUpdateSet({ updated_at: now }))
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** New settings: a running session of the old ones ends. */
export async function updateLink(db: Db, box: SecretBox, now: Date, link: LinkRow, values: LinkValues): Promise<void> {
  const kept: KeptSecrets = keptSecrets(box, now, link.secretsSet, values.secrets, openSecrets(box, link.secrets));
  await db
    .updateTable('pbx_links')
    .set((eb) => ({
      identity: values.identity,
      settings: JSON.stringify(values.settings),
      secrets: kept.sealed,
      secrets_set: JSON.stringify(kept.since),
      revision: eb('revision', '+', 1),
      updated_at: now,
    }))
    .where('id', '=', link.id)
    .execute();
}

/** A link without an enabled share is not watched; with the first one it is again. All shares must stand in the scope. */
export async function settleLinkState(db: Db, now: Date, id: string): Promise<void> {
  const enabled = (eb: ExpressionBuilder<DB, 'pbx_links'>) =>
    eb.exists(
      eb
        .selectFrom('pbx_connections')
        .select('pbx_connections.id')
        .where('link_id', '=', id)
        .where('removed_at', 'is', null)
        .where('enabled', '=', true),
    );
  const link = db.updateTable('pbx_links').where('id', '=', id);
  await link.set({ state: 'connecting', state_since: now, failure: null }).where('state', '=', 'disabled').where(enabled).execute();
  await link
    .set({ state: 'disabled', state_since: now, failure: null })
    .where('state', '<>', 'disabled')
    .where((eb) => eb.not(enabled(eb)))
    .execute();
}

/** Nobody shares the link any more: its credentials need not be kept. */
export async function retireLink(db: Db, box: SecretBox, now: Date, id: string): Promise<void> {
  const empty = keptSecrets(box, now, {}, {}, null);
  await db
    .updateTable('pbx_links')
    .set({
      secrets: empty.sealed,
      secrets_set: '{}',
      state: 'disabled',
      state_since: now,
      failure: null,
      heartbeat_at: null,
      updated_at: now,
    })
    .where('id', '=', id)
    .execute();
}

/** How many customers share it; the link must stand in the scope. */
export async function sharedWith(db: Db, linkId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select shares_of_link(${linkId}) as count`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Whose shares hang on it; the link must stand in the scope. */
export async function customersOfLink(db: Db, linkId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select customers_of_link(${linkId}) as id`.execute(db);
  return rows.map((row) => row.id);
}

/** What a discovery tells of the link, written also on the shares in the scope. */
export async function writeFindings(
  db: Db,
  linkId: string,
  found: { version: string; capabilities: readonly string[]; notices: readonly object[] },
): Promise<void> {
  const notices = JSON.stringify(found.notices);
  await db
    .updateTable('pbx_links')
    .set({ version: found.version, capabilities: [...found.capabilities], notices })
    .where('id', '=', linkId)
    .execute();
  await db
    .updateTable('pbx_connections')
    .set({ link_version: found.version, link_capabilities: [...found.capabilities], link_notices: notices })
    .where('link_id', '=', linkId)
    .where('removed_at', 'is', null)
    .execute();
}

interface RawLink {
  id: string;
  tenant_id: string;
  type: string;
  identity: string;
  settings: unknown;
  secrets: Buffer;
  secrets_set: unknown;
  unattributed: unknown;
  revision: number;
  state: string;
  state_since: Date;
  failure: string | null;
  version: string | null;
  capabilities: string[];
  notices: unknown;
  last_event_at: Date | null;
}

function linkOf(row: RawLink): LinkRow {
  return {
    id: row.id,
    ownerId: row.tenant_id,
    type: row.type,
    identity: row.identity,
    settings: row.settings as FormValues,
    secrets: row.secrets,
    secretsSet: row.secrets_set as Record<string, string>,
    unattributed: row.unattributed as Record<string, number>,
    revision: row.revision,
    state: row.state,
    stateSince: row.state_since,
    failure: row.failure,
    version: row.version,
    capabilities: row.capabilities,
    notices: row.notices,
    lastEventAt: row.last_event_at,
  };
}
