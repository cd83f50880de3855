/** The OpenAPI 3.1 document, made from the contract alone. */
import * as z from 'zod';
import { ALWAYS, ERRORS, Problem, type ErrorCode } from '../contract/errors.ts';
import { contract } from '../contract/index.ts';
import type { Route } from '../contract/route.ts';

type Json = Record<string, unknown>;

export const allRoutes: readonly Route[] = Object.values(contract).flatMap((resource) => Object.values(resource) as Route[]);

export function openApiDocument(serverUrl: string): Json {
  const components: Json = {};
  const paths: Record<string, Json> = {};
  for (const route of allRoutes) {
    (paths[route.path] ??= {})[route.method.toLowerCase()] = operationOf(route, components);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Ringside', version: '1', description: 'Customers, phone systems, calls and agents. Every route the portal uses.' },
    servers: [{ url: serverUrl }],
    paths,
    components: {
      schemas: { ...components, Problem: schemaOf(Problem, 'output', components) },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'ringside_session' },
      },
    },
  };
}

/** Every status the route may answer: its own and one per error code. */
export function statusesOf(route: Route): number[] {
  return [...new Set([route.status, ...errorsOf(route).map((code) => ERRORS[code].status)])].sort((a, b) => a - b);
}

function errorsOf(route: Route): ErrorCode[] {
  const codes: ErrorCode[] = [...ALWAYS, 'invalid', 'malformed', ...(route.errors ?? [])];
  if (route.access.of !== 'anyone') codes.push('unauthenticated', 'forbidden', 'notFound');
  if (route.params) codes.push('notFound');
  if (route.body) codes.push('tooLarge', 'unsupportedMedia');
  // A cookie sent along by another site's page.
  if (route.method !== 'GET') codes.push('forbidden');
  if (route.idempotent) codes.push('conflict', 'keyReused');
  return [...new Set(codes)];
}

function operationOf(route: Route, components: Json): Json {
  return {
    operationId: route.id,
    summary: route.summary,
    tags: [route.id.split('.')[0]],
    security: route.access.of === 'anyone' ? [] : [{ bearer: [] }, { session: [] }],
    ...('permission' in route.access ? { 'x-permission': route.access.permission } : {}),
    parameters: [
      ...parametersOf(route.params, 'path', components),
      ...parametersOf(route.query, 'query', components),
      ...(route.idempotent ? [{ name: 'Idempotency-Key', in: 'header', schema: { type: 'string', maxLength: 200 } }] : []),
      ...(route.access.of === 'tenant' ? [{ name: 'Ringside-Tenant', in: 'header', schema: { type: 'string', format: 'uuid' } }] : []),
    ],
    ...(route.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(route.body, 'input', components) } } } }
      : {}),
    responses: responsesOf(route, components),
  };
}

function responsesOf(route: Route, components: Json): Json {
  const responses: Json = {};
  for (const status of statusesOf(route)) {
    const codes = errorsOf(route).filter((code) => ERRORS[code].status === status);
    responses[status] = {
      description: codes.join(', '),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    };
  }
  responses[route.status] = {
    description: route.summary,
    ...(route.answer ? { content: { [route.media ?? 'application/json']: { schema: schemaOf(route.answer, 'output', components) } } } : {}),
  };
  return responses;
}

function parametersOf(schema: z.ZodType | undefined, where: 'path' | 'query', components: Json): Json[] {
  if (!schema) return [];
  const object = schemaOf(schema, 'input', components) as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(object.properties ?? {}).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || (object.required?.includes(name) ?? false),
    schema: property,
  }));
}

/** JSON Schema with every named schema moved to the components. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', components: Json): Json {
  const suffix = io === 'input' ? 'Input' : '';
  const { $schema: _, $defs, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json & { $defs?: Record<string, Json> };
  const name = (definition: string): string =>
    io === 'input' && !/(Create|Patch|Input|Change)$/.test(definition) ? definition + suffix : definition;
  const relink = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(relink);
    if (value === null || typeof value !== 'object') return value;
    const { id: _id, ...entries } = value as Json;
    return Object.fromEntries(
      Object.entries('id' in (value as Json) && typeof _id !== 'string' ? (value as Json) : entries).map(([key, inner]) =>
        key === '$ref' && typeof inner === 'string'
          ? [key, inner.replace(/^#\/\$defs\/(.+)$/, (_m, d: string) => `#/components/schemas/${name(d)}`)]
          : [key, relink(inner)],
      ),
    );
  };
  for (const [definition, body] of Object.entries($defs ?? {})) components[name(definition)] ??= relink(body);
  return relink(rest) as Json;
}
