import * as z from 'zod';
import { Country, Day, Id, Instant, Language, Name, Notes, pageOf, pageQuery, Reference, TenantStatus, TimeZone } from './common.ts';
import { PbxConnectionCreate } from './pbx-connections.ts';
import { route } from './route.ts';
import { EffectiveSettings, PersonInput } from './tenants.ts';

export const Trial = z.strictObject({ startDate: Day, endDate: Day }).meta({ id: 'Trial' });

export const Customer = z
  .strictObject({
    id: Id,
    resellerId: Id,
    name: Name,
    reference: z.string(),
    notes: z.string(),
    status: TenantStatus,
    productTypeId: Id,
    country: Country.nullable(),
    timeZone: TimeZone.nullable(),
    language: Language.nullable(),
    effective: EffectiveSettings,
    /** Days in the reseller's time zone, both included. */
    trial: Trial.nullable(),
    isInternal: z.boolean(),
    createdAt: Instant,
  })
  .meta({ id: 'Customer' });
export type Customer = z.infer<typeof Customer>;

/** A row of the grid. */
export const CustomerSummary = z
  .strictObject({
    id: Id,
    resellerId: Id,
    name: Name,
    reference: z.string(),
    status: TenantStatus,
    trial: Trial.nullable(),
    isInternal: z.boolean(),
    createdAt: Instant,
  })
  .meta({ id: 'CustomerSummary' });
export type CustomerSummary = z.infer<typeof CustomerSummary>;

const fields = {
  name: Name,
  reference: Reference,
  notes: Notes,
  productTypeId: Id,
  country: Country.nullable(),
  timeZone: TimeZone.nullable(),
  language: Language.nullable(),
  trial: Trial.nullable(),
  isInternal: z.boolean(),
};

export const CustomerCreate = z
  .strictObject({
    /** Needed when one acts for the enterprise; else one's own reseller. */
    resellerId: Id.optional(),
    name: fields.name,
    productTypeId: fields.productTypeId,
    reference: fields.reference.default(''),
    country: fields.country.default(null),
    timeZone: fields.timeZone.default(null),
    language: fields.language.default(null),
    notes: fields.notes.default(''),
    trial: fields.trial.default(null),
    /** The customer's first administrator; gets an invitation. */
    primaryUser: PersonInput,
    pbxConnection: PbxConnectionCreate.nullable().default(null),
  })
  .meta({ id: 'CustomerCreate' });
export type CustomerCreate = z.infer<typeof CustomerCreate>;

const CustomerPatch = z.strictObject(fields).partial().meta({ id: 'CustomerPatch' });

/** The new customer and the operation that connects and syncs its phone system (null without one). */
export const CustomerCreated = z.strictObject({ customer: Customer, operationId: Id.nullable() }).meta({ id: 'CustomerCreated' });

const params = z.strictObject({ customerId: Id });
export const CUSTOMER_SORTS = ['name', 'createdAt', 'status', 'reference'] as const;

export const customers = {
  list: route({
    id: 'customers.list',
    method: 'GET',
    path: '/v1/customers',
    summary: 'Customers of the reseller (or of all resellers)',
    access: { of: 'tenant', permission: 'customers.read' },
    query: pageQuery(CUSTOMER_SORTS).extend({ resellerId: Id.optional(), status: TenantStatus.optional() }),
    status: 200,
    answer: pageOf(CustomerSummary),
  }),
  create: route({
    id: 'customers.create',
    method: 'POST',
    path: '/v1/customers',
    summary: 'Make a customer with its primary user and phone system in one call',
    access: { of: 'tenant', permission: 'customers.write' },
    body: CustomerCreate,
    status: 201,
    answer: CustomerCreated,
    idempotent: true,
  }),
  get: route({
    id: 'customers.get',
    method: 'GET',
    path: '/v1/customers/{customerId}',
    summary: 'One customer',
    access: { of: 'customer', permission: 'customers.read' },
    params,
    status: 200,
    answer: Customer,
  }),
  update: route({
    id: 'customers.update',
    method: 'PATCH',
    path: '/v1/customers/{customerId}',
    summary: 'Change a customer; a locked product type is refused with the reason',
    access: { of: 'customer', permission: 'customers.write' },
    params,
    body: CustomerPatch,
    status: 200,
    answer: Customer,
  }),
  disable: route({
    id: 'customers.disable',
    method: 'POST',
    path: '/v1/customers/{customerId}/disable',
    summary: 'Stop logins; calls and agents stay monitored',
    access: { of: 'customer', permission: 'customers.write' },
    params,
    status: 200,
    answer: Customer,
    errors: ['conflict'],
  }),
  enable: route({
    id: 'customers.enable',
    method: 'POST',
    path: '/v1/customers/{customerId}/enable',
    summary: 'Allow logins again',
    access: { of: 'customer', permission: 'customers.write' },
    params,
    status: 200,
    answer: Customer,
    errors: ['conflict'],
  }),
};
