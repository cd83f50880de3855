/** A request for every route of the contract, with ids of one's choice in every place that takes one. */
import * as z from 'zod';
import type { Route } from '../../src/contract/route.ts';
import type { Ids } from './world.ts';

export interface Request {
  route: Route;
  method: string;
  path: string;
  body: unknown;
  headers: Record<string, string>;
}

/** Names of path, query and body places that take an id, read from the contract; `header`: the tenant acted in. */
export interface Place {
  where: 'path' | 'query' | 'body' | 'header';
  name: keyof Ids | 'tenant';
}

/** @param at the id that is being tried: a probe looks at a connection's template only when no connection is named */
type Bodies = Record<string, (ids: Ids, serial: number, at?: string) => unknown>;

/** A good body for each route that takes one. Every id that a body can hold stands in it. */
const BODIES: Bodies = {
  'setup.create': () => ({
    token: 'not-the-right-token',
    enterpriseName: 'Mine',
    country: 'GB',
    timeZone: 'Europe/London',
    language: 'en',
    displayName: 'Eve',
    email: 'eve@evil.example',
    password: 'correct horse battery',
  }),
  'sessions.create': (_, n) => ({ email: `nobody${n}@evil.example`, password: 'not the password' }),
  'password-resets.create': (_, n) => ({ email: `nobody${n}@evil.example` }),
  'password-resets.use': () => ({ token: 'x'.repeat(40), password: 'correct horse battery' }),
  'invitations.accept': () => ({ displayName: 'Eve', password: 'correct horse battery' }),
  'oauth.token': (_, n) => ({ grant_type: 'client_credentials', client_id: `rs_nobody${n}`, client_secret: 'nothing' }),
  'me.update': () => ({ displayName: 'Same Name' }),
  'me.password': () => ({ current: 'not the password', password: 'correct horse battery staple' }),
  'api-clients.create': (_, n) => ({ name: `Client ${n}` }),
  'resellers.create': (_, n) => ({
    name: `New reseller ${n}`,
    primaryUser: { displayName: 'Same Name', email: `new${n}@reseller.example` },
  }),
  'resellers.update': () => ({ reference: 'REF-1' }),
  'customers.create': (ids, n) => ({
    resellerId: ids.resellerId,
    name: `New customer ${n}`,
    productTypeId: ids.productTypeId,
    primaryUser: { displayName: 'Same Name', email: `new${n}@customer.example` },
    pbxConnection: {
      type: 'asterisk',
      templateId: ids.templateId,
      enabled: false,
      settings: { host: '127.0.0.1', port: 1, username: 'u', secret: 's' },
    },
  }),
  'customers.update': (ids) => ({ reference: 'REF-1', productTypeId: ids.productTypeId }),
  'users.create': (_, n) => ({ displayName: 'Same Name', email: `new${n}@user.example`, roles: [] }),
  'users.update': () => ({ displayName: 'Same Name' }),
  'users.changeRoles': (ids) => ({ userIds: [ids.userId], add: ['customer.user.pbx'] }),
  'operations.decide': () => ({ decision: 'stop' }),
  'pbx-templates.create': (_, n) => ({ type: 'asterisk', name: `Template ${n}`, settings: {} }),
  'pbx-templates.update': () => ({ isDefault: false }),
  'pbx-connections.create': (ids, n) => ({
    type: 'asterisk',
    templateId: ids.templateId,
    enabled: false,
    settings: { host: '127.0.0.1', port: 2, username: `u${n}`, secret: 's' },
  }),
  'pbx-connections.update': () => ({ name: 'PBX' }),
  'pbx-connections.test': (ids, _, at) => ({
    type: 'asterisk',
    ...(at === 'templateId' ? { templateId: ids.templateId } : { connectionId: ids.connectionId }),
    settings: {},
  }),
  'pbx-connections.preview': (ids, _, at) => ({
    type: 'asterisk',
    ...(at === 'templateId' ? { templateId: ids.templateId } : { connectionId: ids.connectionId }),
    settings: {},
  }),
};

/** Ids that stand in a body under another name or in a list. */
const BODY_ALIASES: Record<string, keyof Ids> = { userIds: 'userId' };

let serial = 0;

/** @param query filters to set, e.g. `{ resellerId }` */
export function requestFor(
  route: Route,
  ids: Ids,
  query: Record<string, string> = {},
  headers: Record<string, string> = {},
  at?: string,
): Request {
  serial++;
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => (name === 'token' ? 'A'.repeat(80) : pick(ids, name)));
  const make = BODIES[route.id];
  if (route.body && !make) throw new Error(`give a body for ${route.id} in requests.ts`);
  const search = new URLSearchParams(query).toString();
  return { route, method: route.method, path: search ? `${path}?${search}` : path, body: make?.(ids, serial, at), headers };
}

function pick(ids: Ids, name: string): string {
  const id = (ids as unknown as Record<string, string>)[name];
  if (id === undefined) throw new Error(`the world has no ${name}: add it to Ids`);
  return id;
}

/** Every place of a route that takes an id. A cursor is none: it is a place in an order, and names nobody. */
export function placesOf(route: Route): Place[] {
  const path = [...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').filter((name) => name !== 'token');
  return [
    ...path.map((name): Place => ({ where: 'path', name: name as keyof Ids })),
    ...idKeys(route.query, 'input')
      .filter((name) => name !== 'cursor')
      .map((name): Place => ({ where: 'query', name: name as keyof Ids })),
    ...idKeys(route.body, 'input').map((name): Place => ({ where: 'body', name: BODY_ALIASES[name] ?? (name as keyof Ids) })),
    ...(route.access.of === 'tenant' ? [{ where: 'header', name: 'tenant' } as const] : []),
  ];
}

interface JsonSchema {
  format?: string;
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
}

/** Names of the properties, at any depth, whose values are ids. */
function idKeys(schema: z.ZodType | undefined, io: 'input'): string[] {
  if (!schema) return [];
  const root = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonSchema;
  const found = new Set<string>();
  const walk = (node: JsonSchema, name: string): void => {
    const named = node.$ref?.replace('#/$defs/', '');
    if (named !== undefined) walk(root.$defs?.[named] ?? {}, name);
    if (node.format === 'uuid') found.add(name);
    if (node.items) walk(node.items, name);
    for (const option of node.anyOf ?? []) walk(option, name);
    for (const [key, value] of Object.entries(node.properties ?? {})) walk(value, key);
  };
  walk(root, '');
  return [...found];
}
