import { describe, expect, test } from 'vitest';
import { ERRORS, FIELD_ERRORS } from '../../src/contract/errors.ts';
import { PERMISSIONS, ROLE_PERMISSIONS } from '../../src/contract/permissions.ts';
import { contract } from '../../src/contract/index.ts';
import type { Route } from '../../src/contract/route.ts';
import { assembleRoutes, type Services } from '../../src/server/assemble.ts';
import { createSecretBox } from '../../src/server/platform/crypto/index.ts';
import { connectors } from '../../src/server/pbx/registry.ts';
import { allRoutes, statusesOf } from '../../src/server/openapi.ts';

/** Only what is looked at while the bindings are made; no handler runs here. */
const box = createSecretBox({ current: Buffer.alloc(32), previous: null });
const bindings = assembleRoutes({ ports: new Map(), links: () => null, smtpUrl: null, publicUrl: '', box } as unknown as Services);
const addressOf = ({ method, path }: Route): string => `${method} ${path.replace(/\{\w+\}/g, '{}')}`;

describe('routes', () => {
  test('each has exactly one handler, and no handler serves another route', () => {
    expect(bindings.map(({ route }) => route.id).sort()).toEqual(allRoutes.map(({ id }) => id).sort());
    expect(new Set(bindings.map(({ route }) => route)).size).toBe(bindings.length);
  });

  test('no two have the same id or the same address', () => {
    expect(repeated(allRoutes.map(({ id }) => id))).toEqual([]);
    expect(repeated(allRoutes.map(addressOf))).toEqual([]);
  });

  test.each(allRoutes.map((route) => [route.id, route] as const))('%s names its parameters, and its reseller or customer', (_, route) => {
    const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
    const declared = Object.keys((route.params as unknown as { shape?: object } | undefined)?.shape ?? {}).sort();
    expect(declared).toEqual(inPath);
    if (route.access.of === 'reseller' || route.access.of === 'customer') expect(inPath).toContain(`${route.access.of}Id`);
    expect(route.path).toMatch(/^\/v1\//);
    expect(route.status === 204 ? route.answer === undefined : route.answer !== undefined || route.status === 202).toBe(true);
    expect(statusesOf(route)).toContain(route.status);
  });
});

describe('texts', () => {
  const texts = { ...Object.fromEntries(Object.entries(ERRORS).map(([code, { title }]) => [code, title])), ...prefixed(FIELD_ERRORS) };
  test.each(Object.entries(texts))('%s is told in both languages, with the same values', (_, { en, es }) => {
    expect(en).toMatch(/\w/);
    expect(es).toMatch(/\w/);
    expect(valuesOf(es)).toEqual(valuesOf(en));
  });
});

describe('permissions', () => {
  test('each is asked for by a route and given by a role', () => {
    const given = new Set(Object.values(ROLE_PERMISSIONS).flat());
    // The live socket is no route of the contract.
    const asked = new Set([...allRoutes.flatMap(({ access }) => ('permission' in access ? [access.permission] : [])), 'live.read']);
    expect(PERMISSIONS.filter((permission) => !given.has(permission))).toEqual([]);
    expect(PERMISSIONS.filter((permission) => !asked.has(permission))).toEqual([]);
  });
});

test('resources of the contract are not written twice', () => {
  expect(repeated(Object.values(contract).flatMap((resource) => Object.values(resource)))).toEqual([]);
});

test('no two connectors have the same id', () => {
  expect(repeated(connectors.map(({ descriptor }) => descriptor.id))).toEqual([]);
});

function repeated<T>(values: readonly T[]): T[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}

function prefixed<T>(texts: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(texts).map(([code, text]) => [`field: ${code}`, text]));
}

function valuesOf(text: string): string[] {
  return (text.match(/\{\w+\}/g) ?? []).sort();
}
