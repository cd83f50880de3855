import { contract } from '../../../contract/index.ts';
import { audit } from '../../platform/audit/index.ts';
import { enterTenant } from '../../platform/db/index.ts';
import { handle, type Binding, type Context } from '../../platform/http/context.ts';
import { Fault, invalid, notFound, refuse, type FieldFault } from '../../platform/http/fault.ts';
import { newId } from '../../platform/ids/index.ts';
import { billingTimeZone, renewTerms, scheduleTrial } from '../licences/index.ts';
import { readProductType } from '../product-types/index.ts';
import {
  changeStatus,
  effectiveSettings,
  insertTenant,
  lockTenant,
  nameFault,
  readTenant,
  uniqueFault,
  type TenantRow,
} from '../tenants/index.ts';
import { addPrimaryUser } from '../users/index.ts';
import { customerOf, listCustomers, readCustomer } from './repository.ts';
import { lockFaults, productFaults, trialFaults } from './rules.ts';
import type { CustomerServices } from './services.ts';

export type { CustomerServices } from './services.ts';

export function customerRoutes(services: CustomerServices): Binding[] {
  const { customers } = contract;
  return [
    handle(customers.list, async (context, { query }) => ({
      ...(await listCustomers(context.db, context.tenantId, { ...query, forStaff: isStaff(context) })),
      page: query.page,
      pageSize: query.pageSize,
    })),
    handle(customers.create, async (context, { body }) => {
      const { db, clock } = context;
      const reseller = await resellerFor(context, body.resellerId);
      const inherited = await effectiveSettings(db, reseller.id);
      const country = body.country ?? inherited.country;
      const product = await readProductType(db, body.productTypeId);
      const connection = body.pbxConnection
        ? await services.checkConnection(
            context,
            { resellerId: reseller.id, productType: product, country },
            body.pbxConnection,
            'body.pbxConnection',
          )
        : null;
      refuse([
        ...(await nameFault(db, reseller.id, body.name, null)),
        ...productFaults(product, country),
        ...trialFaults(reseller, body.trial, null, clock.now(), inherited.timeZone),
        ...(connection?.faults ?? []),
      ]);
      const id = newId();
      const now = new Date(clock.now());
      await insertTenant(db, {
        id,
        parent_id: reseller.id,
        kind: 'customer',
        name: body.name,
        reference: body.reference,
        notes: body.notes,
        country: body.country,
        time_zone: body.timeZone,
        language: body.language,
        product_type_id: body.productTypeId,
        trial_start: body.trial?.startDate ?? null,
        trial_end: body.trial?.endDate ?? null,
        created_at: now,
        updated_at: now,
      }).catch(told);
      const customer = await readCustomer(db, id, true);
      await addPrimaryUser(context, id, body.primaryUser, customer.effective.language);
      await scheduleTrial(context, id, customer.trial, inherited.timeZone);
      await audit(context, { tenantId: id, action: 'customers.create', subjectId: id, after: customer });
      const operationId = connection?.resolved
        ? (await services.createConnection(context, id, reseller.id, connection.resolved)).operationId
        : null;
      return { customer, operationId };
    }),
    handle(customers.get, (context, { params }) => readCustomer(context.db, params.customerId, isStaff(context))),
    handle(customers.update, async (context, { params, body }) => {
      const { db, clock } = context;
      const row = await lockTenant(db, params.customerId, 'customer');
      if (!row?.parent_id) throw notFound();
      if (row.status === 'terminated') {
        throw new Fault('conflict', {
          detail: { en: 'A terminated customer cannot be changed.', es: 'Un cliente dado de baja no se puede modificar.' },
        });
      }
      const before = await customerOf(db, row, true);
      const after = { ...before, ...definedOf(body) };
      // The reseller's row, its other customers' names and its calendar lie above the customer.
      await enterTenant(db, context.grantedBy);
      const reseller = await readTenant(db, row.parent_id, 'reseller');
      if (!reseller) throw notFound();
      const inherited = await effectiveSettings(db, reseller.id);
      const product = await readProductType(db, after.productTypeId);
      const changedTrial = JSON.stringify(after.trial) !== JSON.stringify(before.trial);
      refuse([
        ...(after.name === before.name ? [] : await nameFault(db, reseller.id, after.name, row.id)),
        ...lockFaults(await readProductType(db, before.productTypeId), after.productTypeId),
        ...productFaults(product, after.country ?? inherited.country),
        ...(changedTrial ? trialFaults(reseller, after.trial, before.trial, clock.now(), inherited.timeZone) : []),
      ]);
      await db
        .updateTable('tenants')
        .set({
          name: after.name,
          reference: after.reference,
          notes: after.notes,
          country: after.country,
          time_zone: after.timeZone,
          language: after.language,
          product_type_id: after.productTypeId,
          trial_start: after.trial?.startDate ?? null,
          trial_end: after.trial?.endDate ?? null,
          is_internal: after.isInternal,
          updated_at: new Date(clock.now()),
        })
        .where('id', '=', row.id)
        .execute()
        .catch(told);
      await renewTerms(context, row.id);
      if (changedTrial) await scheduleTrial(context, row.id, after.trial, await billingTimeZone(db, row.id));
      const customer = await readCustomer(db, row.id, true);
      await audit(context, { tenantId: row.id, action: 'customers.update', subjectId: row.id, before, after: customer });
      return customer;
    }),
    handle(customers.disable, async (context, { params }) => {
      await changeStatus(context, params.customerId, 'customer', 'disabled');
      return readCustomer(context.db, params.customerId, isStaff(context));
    }),
    handle(customers.enable, async (context, { params }) => {
      await changeStatus(context, params.customerId, 'customer', 'active');
      return readCustomer(context.db, params.customerId, isStaff(context));
    }),
  ];
}

/** Whoever is let in by a membership above the customer. */
function isStaff({ actor, grantedBy }: Context): boolean {
  return actor.memberships.some((membership) => membership.tenantId === grantedBy && membership.kind !== 'customer');
}

/** The reseller that gets the customer: the one acted in, else the one named. */
async function resellerFor(context: Context, named: string | undefined): Promise<TenantRow> {
  const { db, tenantId } = context;
  const own = await readTenant(db, named ?? tenantId, 'reseller');
  if (own && own.status === 'active') return own;
  throw invalid('body.resellerId', named === undefined ? 'required' : 'unknown');
}

function definedOf<T extends object>(values: T): { [K in keyof T]-?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]-?: Exclude<T[K], undefined>;
  };
}

function told(error: unknown): never {
  const fields: FieldFault[] | null = uniqueFault(error);
  throw fields ? new Fault('invalid', { fields }) : (error as Error);
}
