import type { Attribution } from '../../../contract/pbx-connections.ts';
import { audit } from '../../platform/audit/index.ts';
import type { Context } from '../../platform/http/context.ts';
import { notFound, refuse, type FieldFault } from '../../platform/http/fault.ts';
import { startSync } from '../directory/index.ts';
import {
  keepsDestination,
  openGaps,
  openSecrets,
  partSecrets,
  readLink,
  retireLink,
  settleLinkState,
  sharedWith,
  type FormValues,
  type PbxPort,
} from '../links/index.ts';
import { attributionFaults, takenFaults, valueOf } from './check.ts';
import { changeLink, storeLink, toldTaken } from './create.ts';
import { copyHealth, enterReseller, lockConnection, readConnection, type ConnectionRow } from './repository.ts';
import { resolveLink } from './resolve-link.ts';
import type { PbxConnectionServices, ResolvedLink } from './services.ts';

export interface ConnectionChange {
  name?: string | undefined;
  settings?: FormValues | undefined;
  attribution?: Attribution | undefined;
  enabled?: boolean | undefined;
  monitorSubAccounts?: boolean | undefined;
}

/** Changes a connection and, by its settings, its link. @returns the sync to follow where one is due */
export async function updateConnection(
  services: PbxConnectionServices,
  context: Context,
  params: { customerId: string; connectionId: string },
  change: ConnectionChange,
): Promise<string | null> {
  const { db, clock } = context;
  const ownerId = await enterReseller(context, params.customerId);
  const before = await lockConnection(db, params.customerId, params.connectionId);
  const port = services.ports.get(before.type);
  if (!port) throw notFound();
  const beforeView = await readConnection(db, before.id);
  const now = new Date(clock.now());
  const { link, faults } = await settingsChange(services, context, ownerId, before, port, change.settings);
  refuse([...faults, ...(await shareFaults(context, before, port, change, link))]);

  const linkId = link ? await placeLink(services, context, ownerId, before, link) : before.linkId;
  const enabled = change.enabled ?? before.enabled;
  const attribution = change.attribution ?? { by: before.by, value: before.value };
  const isMoved = linkId !== before.linkId || attribution.by !== before.by || valueOf(attribution) !== before.value;
  if (before.enabled && (!enabled || isMoved))
    await openGaps(db, { connectionId: before.id }, { from: now.getTime(), cause: enabled ? 'settingsChanged' : 'disabled' });
  await db
    .updateTable('pbx_connections')
    .set({
      name: change.name ?? before.name,
      enabled,
      link_id: linkId,
      attribution_by: attribution.by,
      attribution_value: valueOf(attribution),
      // Another part of the phone system, other people: nothing is watched before they are known.
      ...(isMoved ? { monitoring_since: null } : {}),
      updated_at: now,
    })
    .where('id', '=', before.id)
    .execute()
    .catch(toldTaken);
  await settleLinkState(db, now, linkId);
  if (linkId !== before.linkId) await leaveLink(services, context, before.linkId);
  if (enabled !== before.enabled || linkId !== before.linkId) await copyHealth(db, now, before.id);
  const isSyncDue = enabled && (!before.enabled || isMoved || link !== null);
  const operationId = isSyncDue ? await startSync(db, clock, { connectionId: before.id, customerId: before.customerId }) : null;
  await audit(context, {
    tenantId: before.customerId,
    action: 'pbx-connections.update',
    subjectId: before.id,
    before: beforeView,
    after: await readConnection(db, before.id),
  });
  context.afterCommit(() => services.poke());
  return operationId;
}

/** A link that nobody shares any more forgets its credentials. */
export async function leaveLink({ box }: PbxConnectionServices, { db, clock }: Context, linkId: string): Promise<void> {
  const now = new Date(clock.now());
  if ((await sharedWith(db, linkId)) === 0) await retireLink(db, box, now, linkId);
  else await settleLinkState(db, now, linkId);
}

/** The complete settings after the change; secrets left out stay as long as they go where they went. */
async function settingsChange(
  { box }: PbxConnectionServices,
  { db }: Context,
  ownerId: string,
  before: ConnectionRow,
  port: PbxPort,
  settings: FormValues | undefined,
): Promise<{ link: ResolvedLink | null; faults: FieldFault[] }> {
  if (!settings) return { link: null, faults: [] };
  const link = await readLink(db, before.linkId);
  if (!link) throw notFound();
  const kept = openSecrets(box, link.secrets);
  const given = partSecrets(settings, port.secrets);
  const plain = { ...link.settings, ...given.plain };
  const stays = keepsDestination(port, { plain: link.settings, secrets: kept }, plain);
  const values = { ...plain, ...(stays ? kept : {}), ...given.secrets };
  const resolved = await resolveLink(db, box, { port, ownerId, values, path: 'body.settings' });
  return resolved.link && isUnchanged(resolved.link, before) ? { link: null, faults: [] } : resolved;
}

function isUnchanged(link: ResolvedLink, before: ConnectionRow): boolean {
  return link.existing?.id === before.linkId && !link.changes;
}

async function shareFaults(
  context: Context,
  before: ConnectionRow,
  port: PbxPort,
  change: ConnectionChange,
  link: ResolvedLink | null,
): Promise<FieldFault[]> {
  const faults: FieldFault[] = [];
  if (change.monitorSubAccounts !== undefined && change.monitorSubAccounts !== before.monitorSubAccounts) {
    faults.push({ path: 'body.monitorSubAccounts', code: 'fixed' });
  }
  const attribution = change.attribution ?? { by: before.by, value: before.value };
  if (change.attribution) faults.push(...attributionFaults(port, attribution, 'body.attribution'));
  // On a link of its own nobody else claims anything.
  if (link && !link.existing) return faults;
  const linkId = link?.existing?.id ?? before.linkId;
  if (change.attribution || linkId !== before.linkId)
    faults.push(...(await takenFaults(context.db, linkId, attribution, 'body.attribution', before.id)));
  return faults;
}

/**
 * Where the connection hangs after the change. Its own link changes for all who share it, but another
 * identity is another phone system: only an unshared link becomes it, else this connection alone moves.
 */
async function placeLink(
  services: PbxConnectionServices,
  context: Context,
  ownerId: string,
  before: ConnectionRow,
  link: ResolvedLink,
): Promise<string> {
  const { db } = context;
  if (link.existing || (await sharedWith(db, before.linkId)) > 1) return storeLink(services, context, ownerId, link);
  const own = await readLink(db, before.linkId);
  if (!own) throw notFound();
  await changeLink(services, context, own, link);
  return own.id;
}
