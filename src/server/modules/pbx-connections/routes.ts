import { contract } from '../../../contract/index.ts';
import { audit } from '../../platform/audit/index.ts';
import { handle, type Binding, type Context } from '../../platform/http/context.ts';
import { Fault, notFound, refuse } from '../../platform/http/fault.ts';
import { forgetConnection, startSync } from '../directory/index.ts';
import { readLink, sharedWith } from '../links/index.ts';
import { checkConnection } from './check.ts';
import { createConnection } from './create.ts';
import { createProber } from './probe.ts';
import { enterReseller, listConnections, lockConnection, readConnection } from './repository.ts';
import type { PbxConnectionServices } from './services.ts';
import { leaveLink, updateConnection } from './update.ts';

export function pbxConnectionRoutes(services: PbxConnectionServices): Binding[] {
  const { pbxConnections, pbxTypes } = contract;
  const check = checkConnection(services);
  const create = createConnection(services);
  const prober = createProber(services);
  return [
    handle(pbxTypes.list, () => Promise.resolve({ items: [...services.ports.values()].map((port) => port.type) })),
    handle(pbxConnections.list, async ({ db }, { params }) => ({ items: await listConnections(db, params.customerId) })),
    handle(pbxConnections.create, async (context, { params, body }) => {
      const productType = await productTypeOf(context, params.customerId);
      const resellerId = await enterReseller(context, params.customerId);
      const { faults, resolved } = await check(context, { resellerId, productType }, body, 'body');
      refuse(faults);
      if (!resolved) throw new Fault('internal');
      const { connectionId, operationId } = await create(context, params.customerId, resellerId, resolved);
      return { connection: await readConnection(context.db, connectionId), operationId };
    }),
    handle(pbxConnections.get, ({ db }, { params }) => readConnection(db, params.connectionId)),
    handle(pbxConnections.settings, async (context, { params }) => {
      await enterReseller(context, params.customerId);
      const { linkId } = await lockConnection(context.db, params.customerId, params.connectionId);
      const link = await readLink(context.db, linkId);
      if (!link) throw notFound();
      const strangers = Object.entries(link.unattributed).map(([keys, legs]) => ({ keys, legs }));
      return {
        settings: link.settings,
        secrets: link.secretsSet,
        sharedWith: await sharedWith(context.db, linkId),
        unattributed: strangers.sort((a, b) => b.legs - a.legs),
      };
    }),
    handle(pbxConnections.update, async (context, { params, body }) => {
      const operationId = await updateConnection(services, context, params, body);
      return { connection: await readConnection(context.db, params.connectionId), operationId };
    }),
    handle(pbxConnections.remove, (context, { params }) => removeConnection(services, context, params)),
    handle(pbxConnections.sync, async ({ db, clock }, { params }) => {
      const { enabled } = await lockConnection(db, params.customerId, params.connectionId);
      if (!enabled) throw new Fault('conflict', { detail: { en: 'The connection is disabled.', es: 'La conexión está desactivada.' } });
      return { operationId: await startSync(db, clock, params) };
    }),
    handle(pbxConnections.test, (context, { body }) => prober.test(context, body)),
    handle(pbxConnections.preview, (context, { body }) => prober.preview(context, body)),
  ];
}

/** Which phone systems the customer's product is sold for. */
async function productTypeOf({ db }: Context, customerId: string): Promise<{ pbxTypes: string[] | null } | undefined> {
  const row = await db
    .selectFrom('tenants')
    .innerJoin('product_types', 'product_types.id', 'tenants.product_type_id')
    .select('product_types.pbx_types')
    .where('tenants.id', '=', customerId)
    .executeTakeFirst();
  return row && { pbxTypes: row.pbx_types };
}

/** What was recorded stays; nobody is tracked by it any more. */
async function removeConnection(
  services: PbxConnectionServices,
  context: Context,
  params: { customerId: string; connectionId: string },
): Promise<void> {
  const { db, clock } = context;
  await enterReseller(context, params.customerId);
  const row = await lockConnection(db, params.customerId, params.connectionId);
  const before = await readConnection(db, row.id);
  const now = new Date(clock.now());
  await forgetConnection(context, params);
  await db
    .updateTable('pbx_connections')
    .set({ removed_at: now, enabled: false, link_state: 'disabled', link_state_since: now, link_failure: null, updated_at: now })
    .where('id', '=', row.id)
    .execute();
  await db.updateTable('gaps').set({ to_at: now }).where('connection_id', '=', row.id).where('to_at', 'is', null).execute();
  await leaveLink(services, context, row.linkId);
  await audit(context, { tenantId: row.customerId, action: 'pbx-connections.remove', subjectId: row.id, before });
  context.afterCommit(() => services.poke());
}
