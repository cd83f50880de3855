import { audit } from '../../platform/audit/index.ts';
import { uniqueViolation } from '../../platform/db/index.ts';
import type { Context } from '../../platform/http/context.ts';
import { invalid } from '../../platform/http/fault.ts';
import { newId } from '../../platform/ids/index.ts';
import { startSync } from '../directory/index.ts';
import { insertLink, readLink, settleLinkState, updateLink, type LinkRow } from '../links/index.ts';
import { copyHealth, readConnection } from './repository.ts';
import type { PbxConnectionServices, ResolvedConnection, ResolvedLink } from './services.ts';

export interface CreatedConnection {
  connectionId: string;
  /** Null for a connection made disabled. */
  operationId: string | null;
}

/** @returns a function that makes a checked connection in the request's transaction, whose scope holds the reseller */
export function createConnection(services: PbxConnectionServices) {
  return async (context: Context, customerId: string, resellerId: string, resolved: ResolvedConnection): Promise<CreatedConnection> => {
    const { db, clock } = context;
    const now = new Date(clock.now());
    const linkId = await storeLink(services, context, resellerId, resolved.link);
    const connectionId = newId();
    await db
      .insertInto('pbx_connections')
      .values({
        id: connectionId,
        tenant_id: customerId,
        link_id: linkId,
        template_id: resolved.templateId,
        type: resolved.link.port.type.id,
        name: resolved.name,
        attribution_by: resolved.by,
        attribution_value: resolved.value,
        monitor_sub_accounts: resolved.monitorSubAccounts,
        enabled: resolved.enabled,
        link_state_since: now,
        created_at: now,
        updated_at: now,
      })
      .execute()
      .catch(toldTaken);
    await settleLinkState(db, now, linkId);
    await copyHealth(db, now, connectionId);
    const operationId = resolved.enabled ? await startSync(db, clock, { connectionId, customerId }) : null;
    const after = await readConnection(db, connectionId);
    await audit(context, { tenantId: customerId, action: 'pbx-connections.create', subjectId: connectionId, after });
    context.afterCommit(() => services.poke());
    return { connectionId, operationId };
  };
}

/** Makes the link, or joins the one there is; credentials given anew replace its own. @returns the link's id */
export async function storeLink(services: PbxConnectionServices, context: Context, ownerId: string, link: ResolvedLink): Promise<string> {
  const { db, clock } = context;
  if (!link.existing) {
    const values = { identity: link.identity, settings: link.plain, secrets: link.secrets };
    return insertLink(db, services.box, new Date(clock.now()), { ...values, ownerId, type: link.port.type.id });
  }
  if (link.changes) await changeLink(services, context, link.existing, link);
  return link.existing.id;
}

/** New settings for a link and all who share it; the audit tells when which secret was set, never what. */
export async function changeLink({ box }: PbxConnectionServices, context: Context, before: LinkRow, link: ResolvedLink): Promise<void> {
  const { db, clock } = context;
  await updateLink(db, box, new Date(clock.now()), before, { identity: link.identity, settings: link.plain, secrets: link.secrets });
  const after = await readLink(db, before.id);
  await audit(context, {
    tenantId: before.ownerId,
    action: 'pbx-links.update',
    subjectId: before.id,
    before: { ...before.settings, setSince: before.secretsSet },
    after: { ...link.plain, setSince: after?.secretsSet },
  });
}

/** Two requests at once have claimed the same part of the link. */
export function toldTaken(error: unknown): never {
  if (uniqueViolation(error) === 'pbx_connections_share') throw invalid('body.attribution.value', 'taken');
  throw error;
}
