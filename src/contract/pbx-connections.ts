import * as z from 'zod';
import { Id, Instant, listOf, Name } from './common.ts';
import { ConnectionTestStep, LocalText, PbxType } from './connector-form.ts';
import { route } from './route.ts';

/** Values of the connector's form. Secrets go in and never come out. */
export const FormValues = z.record(z.string().max(64), z.union([z.string().max(20_000), z.number(), z.boolean()]));

/** Which part of the phone system is this customer's. */
export const Attribution = z
  .strictObject({ by: z.string().min(1).max(40), value: z.string().max(200).default('') })
  .meta({ id: 'Attribution' });
export type Attribution = z.infer<typeof Attribution>;

export const LinkState = z.enum(['disabled', 'connecting', 'authenticating', 'syncing', 'live', 'down', 'authFailed']);
export type LinkState = z.infer<typeof LinkState>;

/** Health of the physical link, as far as a customer may see it. */
export const LinkHealth = z
  .strictObject({
    state: LinkState,
    since: Instant,
    /** Why it is down; a code of the closed list. */
    failure: z.string().nullable(),
    lastEventAt: Instant.nullable(),
    version: z.string().nullable(),
    capabilities: z.array(z.string()),
    notices: z.array(LocalText),
  })
  .meta({ id: 'LinkHealth' });

export const PbxConnection = z
  .strictObject({
    id: Id,
    customerId: Id,
    type: z.string(),
    name: Name,
    enabled: z.boolean(),
    attribution: Attribution,
    /** Fixed at creation. */
    monitorSubAccounts: z.boolean(),
    templateId: Id.nullable(),
    health: LinkHealth,
    /** Counts of the last finished sync; null before the first. */
    lastSync: z.strictObject({ at: Instant, users: z.number().int(), queues: z.number().int() }).nullable(),
    createdAt: Instant,
  })
  .meta({ id: 'PbxConnection' });
export type PbxConnection = z.infer<typeof PbxConnection>;

export const PbxConnectionCreate = z
  .strictObject({
    type: z.string().max(40),
    name: Name.default('PBX'),
    /** Omitted: the reseller's default template of this type, if there is one. Null: none. */
    templateId: Id.nullable().optional(),
    /** What the template lacks. */
    settings: FormValues.default({}),
    attribution: Attribution.default({ by: 'all', value: '' }),
    monitorSubAccounts: z.boolean().default(false),
    enabled: z.boolean().default(true),
  })
  .meta({ id: 'PbxConnectionCreate' });
export type PbxConnectionCreate = z.infer<typeof PbxConnectionCreate>;

const PbxConnectionPatch = z
  .strictObject({
    name: Name,
    settings: FormValues,
    attribution: Attribution,
    enabled: z.boolean(),
    /** Named only to be refused with the reason when it differs: fixed at creation. */
    monitorSubAccounts: z.boolean(),
  })
  .partial()
  .meta({ id: 'PbxConnectionPatch' });

export const PbxTemplate = z
  .strictObject({
    id: Id,
    type: z.string(),
    name: Name,
    /** Without the secrets. */
    settings: FormValues,
    /** Which secrets are set, and since when. */
    secrets: z.record(z.string(), Instant),
    isDefault: z.boolean(),
    createdAt: Instant,
  })
  .meta({ id: 'PbxTemplate' });
export type PbxTemplate = z.infer<typeof PbxTemplate>;

const PbxTemplateCreate = z
  .strictObject({ type: z.string().max(40), name: Name, settings: FormValues, isDefault: z.boolean().default(false) })
  .meta({ id: 'PbxTemplateCreate' });
const PbxTemplatePatch = z
  .strictObject({ name: Name, settings: FormValues, isDefault: z.boolean() })
  .partial()
  .meta({ id: 'PbxTemplatePatch' });

const ProbeInput = z
  .strictObject({
    type: z.string().max(40),
    templateId: Id.nullable().optional(),
    /** An existing connection whose kept secrets are used. */
    connectionId: Id.optional(),
    settings: FormValues,
  })
  .meta({ id: 'ProbeInput' });

const customerParams = z.strictObject({ customerId: Id });
const params = z.strictObject({ customerId: Id, connectionId: Id });
const templateParams = z.strictObject({ templateId: Id });

/** What a customer would get by each way of telling customers apart. */
export const AttributionPreview = z
  .strictObject({
    version: z.string(),
    users: z.array(
      z.strictObject({ name: z.string(), extension: z.string().nullable(), email: z.string().nullable(), keys: z.array(z.string()) }),
    ),
    queues: z.array(z.strictObject({ name: z.string(), number: z.string().nullable(), keys: z.array(z.string()) })),
    notices: z.array(LocalText),
  })
  .meta({ id: 'AttributionPreview' });

export const pbxTypes = {
  list: route({
    id: 'pbx-types.list',
    method: 'GET',
    path: '/v1/pbx-types',
    summary: 'Phone systems that can be connected, with their forms',
    access: { of: 'tenant', permission: 'pbx-connections.read' },
    status: 200,
    answer: listOf(PbxType),
  }),
};

export const pbxTemplates = {
  list: route({
    id: 'pbx-templates.list',
    method: 'GET',
    path: '/v1/pbx-templates',
    summary: 'Connection settings kept for many customers',
    access: { of: 'tenant', permission: 'pbx-templates.read' },
    query: z.strictObject({ resellerId: Id.optional() }),
    status: 200,
    answer: listOf(PbxTemplate),
  }),
  create: route({
    id: 'pbx-templates.create',
    method: 'POST',
    path: '/v1/pbx-templates',
    summary: 'Keep a template; marking it default moves the flag',
    access: { of: 'tenant', permission: 'pbx-templates.write' },
    body: PbxTemplateCreate,
    status: 201,
    answer: PbxTemplate,
    idempotent: true,
  }),
  update: route({
    id: 'pbx-templates.update',
    method: 'PATCH',
    path: '/v1/pbx-templates/{templateId}',
    summary: 'Change a template; secrets left out stay',
    access: { of: 'tenant', permission: 'pbx-templates.write' },
    params: templateParams,
    body: PbxTemplatePatch,
    status: 200,
    answer: PbxTemplate,
  }),
  remove: route({
    id: 'pbx-templates.remove',
    method: 'DELETE',
    path: '/v1/pbx-templates/{templateId}',
    summary: 'Remove a template; connections made from it stay',
    access: { of: 'tenant', permission: 'pbx-templates.write' },
    params: templateParams,
    status: 204,
  }),
};

export const pbxConnections = {
  list: route({
    id: 'pbx-connections.list',
    method: 'GET',
    path: '/v1/customers/{customerId}/pbx-connections',
    summary: 'The customer’s phone systems with the health of their links',
    access: { of: 'customer', permission: 'pbx-connections.read' },
    params: customerParams,
    status: 200,
    answer: listOf(PbxConnection),
  }),
  create: route({
    id: 'pbx-connections.create',
    method: 'POST',
    path: '/v1/customers/{customerId}/pbx-connections',
    summary: 'Connect a phone system',
    access: { of: 'customer', permission: 'pbx-connections.write' },
    params: customerParams,
    body: PbxConnectionCreate,
    status: 201,
    answer: z.strictObject({ connection: PbxConnection, operationId: Id.nullable() }),
    idempotent: true,
  }),
  get: route({
    id: 'pbx-connections.get',
    method: 'GET',
    path: '/v1/customers/{customerId}/pbx-connections/{connectionId}',
    summary: 'One connection',
    access: { of: 'customer', permission: 'pbx-connections.read' },
    params,
    status: 200,
    answer: PbxConnection,
  }),
  settings: route({
    id: 'pbx-connections.settings',
    method: 'GET',
    path: '/v1/customers/{customerId}/pbx-connections/{connectionId}/settings',
    summary: 'The link’s settings without its secrets',
    access: { of: 'customer', permission: 'pbx-connections.write' },
    params,
    status: 200,
    answer: z.strictObject({
      settings: FormValues,
      secrets: z.record(z.string(), Instant),
      sharedWith: z.number().int(),
      /** Legs that belong to no customer, most first: `keys` is what a rule could go by. */
      unattributed: z.array(z.strictObject({ keys: z.string(), legs: z.number().int() })),
    }),
  }),
  update: route({
    id: 'pbx-connections.update',
    method: 'PATCH',
    path: '/v1/customers/{customerId}/pbx-connections/{connectionId}',
    summary: 'Change, enable or disable a connection; secrets left out stay',
    access: { of: 'customer', permission: 'pbx-connections.write' },
    params,
    body: PbxConnectionPatch,
    status: 200,
    answer: z.strictObject({ connection: PbxConnection, operationId: Id.nullable() }),
  }),
  remove: route({
    id: 'pbx-connections.remove',
    method: 'DELETE',
    path: '/v1/customers/{customerId}/pbx-connections/{connectionId}',
    summary: 'Disconnect; what was recorded stays',
    access: { of: 'customer', permission: 'pbx-connections.write' },
    params,
    status: 204,
  }),
  sync: route({
    id: 'pbx-connections.sync',
    method: 'POST',
    path: '/v1/customers/{customerId}/pbx-connections/{connectionId}/sync',
    summary: 'Read the phone system’s users again',
    access: { of: 'customer', permission: 'pbx-connections.write' },
    params,
    status: 202,
    answer: z.strictObject({ operationId: Id }),
    errors: ['conflict'],
    idempotent: true,
  }),
  test: route({
    id: 'pbx-connections.test',
    method: 'POST',
    path: '/v1/pbx-connection-tests',
    summary: 'Walk DNS, TCP, TLS, login, rights, events and clock, and say what to mend',
    access: { of: 'tenant', permission: 'pbx-connections.write' },
    body: ProbeInput,
    status: 200,
    answer: z.strictObject({ ok: z.boolean(), steps: z.array(ConnectionTestStep) }),
  }),
  preview: route({
    id: 'pbx-connections.preview',
    method: 'POST',
    path: '/v1/pbx-connection-previews',
    summary: 'Discover users and queues once, to choose how customers are told apart',
    access: { of: 'tenant', permission: 'pbx-connections.write' },
    body: ProbeInput,
    status: 200,
    answer: AttributionPreview,
    errors: ['conflict'],
  }),
};
