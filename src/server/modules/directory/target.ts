import { sql } from 'kysely';
import type { Db } from '../../platform/db/index.ts';
import { createAttribution } from '../calls/index.ts';
import { customersOfLink, openLink, readLink, rulesOf, sharesOf, type PbxPort, type PbxSettings } from '../links/index.ts';
import { finish, operationState, type OperationRef } from '../operations/index.ts';
import type { DirectoryServices } from './services.ts';

/** What a sync works on. */
export interface SyncTarget {
  operation: OperationRef;
  connectionId: string;
  customerId: string;
  linkId: string;
  /** Owner of the link and everybody who shares it. */
  tenantIds: string[];
  port: PbxPort;
  settings: PbxSettings;
  /** Whether these account keys are this connection's. */
  isMine(keys: readonly string[]): boolean;
  /** What the operation was asked and told. */
  state: Record<string, unknown>;
}

/** @returns null when there is nothing to do: operation over, connection disabled or removed. @throws Error when the link cannot be used */
export async function readTarget(services: DirectoryServices, operation: OperationRef): Promise<SyncTarget | null> {
  const { database, ports, box } = services;
  const begun = await database.system([operation.tenantId], (db) => begin(services, db, operation));
  if (!begun) return null;
  const { link, customers } = await database.system([begun.ownerId], async (db) => ({
    link: await readLink(db, begun.linkId),
    customers: await customersOfLink(db, begun.linkId),
  }));
  if (!link) throw new Error(`connection ${begun.connectionId} has no link in reach`);
  const port = ports.get(link.type);
  const parsed = port?.parse(openLink(box, link));
  if (!port || !parsed?.success) throw new Error(`the settings of link ${link.id} do not fit its type`);
  const tenantIds = [begun.ownerId, ...customers];
  const shares = await database.system(tenantIds, (db) => sharesOf(db, [link.id]));
  // Two shares of one customer are told apart too: rules lead to connections here.
  const attribution = createAttribution(shares.flatMap((share) => rulesOf(share, share.connectionId)));
  return {
    operation,
    connectionId: begun.connectionId,
    customerId: operation.tenantId,
    linkId: link.id,
    tenantIds,
    port,
    settings: parsed.settings,
    isMine: (keys) => attribution.attribute(keys) === begun.connectionId,
    state: begun.state,
  };
}

interface Begun {
  connectionId: string;
  linkId: string;
  ownerId: string;
  state: Record<string, unknown>;
}

async function begin({ clock }: DirectoryServices, db: Db, operation: OperationRef): Promise<Begun | null> {
  const stored = await operationState(db, operation.id);
  if (stored?.status !== 'running') return null;
  const connection = await db
    .selectFrom('pbx_connections')
    .select(['id', 'link_id', 'enabled', 'removed_at'])
    .where('id', '=', stored.subjectId)
    .executeTakeFirst();
  if (!connection?.enabled || connection.removed_at !== null) {
    await finish(db, clock, operation, 'cancelled');
    return null;
  }
  const { rows } = await sql<{ owner: string | null }>`select reseller_id as owner from effective_settings(${operation.tenantId})`.execute(
    db,
  );
  const ownerId = rows[0]?.owner;
  if (!ownerId) throw new Error(`customer ${operation.tenantId} has no reseller`);
  return { connectionId: connection.id, linkId: connection.link_id, ownerId, state: stored.state };
}
