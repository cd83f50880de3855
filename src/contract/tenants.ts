import * as z from 'zod';
import { Country, Email, Id, Instant, Language, Name, Notes, pageOf, pageQuery, Reference, TenantStatus, TimeZone } from './common.ts';
import { route } from './route.ts';

/** Own values; null: inherited from the tenant above. */
const Settings = { country: Country.nullable(), timeZone: TimeZone.nullable(), language: Language.nullable() };

/** The values in force, own or inherited. */
export const EffectiveSettings = z
  .strictObject({ country: Country, timeZone: TimeZone, language: Language })
  .meta({ id: 'EffectiveSettings' });

export const PersonInput = z.strictObject({ displayName: Name, email: Email });

export const Reseller = z
  .strictObject({
    id: Id,
    name: Name,
    reference: z.string(),
    notes: z.string(),
    status: TenantStatus,
    ...Settings,
    effective: EffectiveSettings,
    mayGrantTrials: z.boolean(),
    longestTrialDays: z.number().int(),
    customerCount: z.number().int(),
    createdAt: Instant,
  })
  .meta({ id: 'Reseller' });
export type Reseller = z.infer<typeof Reseller>;

const resellerFields = {
  name: Name,
  reference: Reference,
  notes: Notes,
  ...Settings,
  mayGrantTrials: z.boolean(),
  longestTrialDays: z.number().int().min(1).max(365),
};

export const ResellerCreate = z
  .strictObject({
    name: resellerFields.name,
    reference: resellerFields.reference.default(''),
    notes: resellerFields.notes.default(''),
    country: Settings.country.default(null),
    timeZone: Settings.timeZone.default(null),
    language: Settings.language.default(null),
    mayGrantTrials: z.boolean().default(true),
    longestTrialDays: resellerFields.longestTrialDays.default(30),
    /** The reseller's first administrator; gets an invitation. */
    primaryUser: PersonInput,
  })
  .meta({ id: 'ResellerCreate' });

const ResellerPatch = z.strictObject(resellerFields).partial().meta({ id: 'ResellerPatch' });

const resellerParams = z.strictObject({ resellerId: Id });
export const RESELLER_SORTS = ['name', 'createdAt', 'status', 'reference'] as const;

export const resellers = {
  list: route({
    id: 'resellers.list',
    method: 'GET',
    path: '/v1/resellers',
    summary: 'The resellers of the enterprise',
    access: { of: 'tenant', permission: 'resellers.read' },
    query: pageQuery(RESELLER_SORTS),
    status: 200,
    answer: pageOf(Reseller),
  }),
  create: route({
    id: 'resellers.create',
    method: 'POST',
    path: '/v1/resellers',
    summary: 'Make a reseller with its first administrator',
    access: { of: 'tenant', permission: 'resellers.write' },
    body: ResellerCreate,
    status: 201,
    answer: Reseller,
    idempotent: true,
  }),
  get: route({
    id: 'resellers.get',
    method: 'GET',
    path: '/v1/resellers/{resellerId}',
    summary: 'One reseller',
    access: { of: 'reseller', permission: 'customers.read' },
    params: resellerParams,
    status: 200,
    answer: Reseller,
  }),
  update: route({
    id: 'resellers.update',
    method: 'PATCH',
    path: '/v1/resellers/{resellerId}',
    summary: 'Change a reseller',
    access: { of: 'reseller', permission: 'resellers.write' },
    params: resellerParams,
    body: ResellerPatch,
    status: 200,
    answer: Reseller,
  }),
  disable: route({
    id: 'resellers.disable',
    method: 'POST',
    path: '/v1/resellers/{resellerId}/disable',
    summary: 'Lock out the reseller’s people; monitoring goes on',
    access: { of: 'reseller', permission: 'resellers.write' },
    params: resellerParams,
    status: 200,
    answer: Reseller,
    errors: ['conflict'],
  }),
  enable: route({
    id: 'resellers.enable',
    method: 'POST',
    path: '/v1/resellers/{resellerId}/enable',
    summary: 'Let the reseller’s people in again',
    access: { of: 'reseller', permission: 'resellers.write' },
    params: resellerParams,
    status: 200,
    answer: Reseller,
    errors: ['conflict'],
  }),
};
