import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Me } from '../../../contract/identity.ts';
import { ENTERPRISE_ROLES } from '../../../contract/permissions.ts';
import { ensureSetupToken, printSetupLink } from './index.ts';
import { cookieOf, PUBLIC_URL, setupBody, startIdentityApp, type IdentityApp } from './testing/identity-app.ts';

let house: IdentityApp;
beforeAll(async () => {
  house = await startIdentityApp();
});
afterAll(() => house.close());

test('the set-up link makes the enterprise once, and nothing else does', async () => {
  const first = await ensureSetupToken(house.database);
  const link = await printSetupLink(house.database, PUBLIC_URL);
  const token = link?.replace(`${PUBLIC_URL}/setup/`, '') ?? '';
  expect(token).toMatch(/^[\w-]{43}$/);
  expect((await house.get('/v1/setup')).json()).toEqual({ needed: true });
  // A guess, and the token of an earlier start.
  for (const wrong of ['x'.repeat(43), first ?? '']) expect((await house.post('/v1/setup', setupBody(wrong))).statusCode).toBe(410);
  // A refused form leaves the link as it was.
  const weak = await house.post('/v1/setup', { ...setupBody(token), password: 'password123' });
  expect(weak.json()).toMatchObject({ status: 400, errors: [{ path: 'body.password', code: 'commonPassword' }] });

  const answers = await Promise.all([1, 2, 3].map(() => house.post('/v1/setup', setupBody(token))));

  expect(answers.map((answer) => answer.statusCode).toSorted((a, b) => a - b)).toEqual([201, 410, 410]);
  const won = answers.find((answer) => answer.statusCode === 201);
  if (!won) throw new Error('nobody won');
  const me = (await house.get('/v1/me', cookieOf(won))).json<Me>();
  expect(me).toEqual(won.json());
  expect(me.memberships).toMatchObject([{ tenantKind: 'enterprise', tenantName: 'Northwind Telecom', roles: [...ENTERPRISE_ROLES] }]);
  expect((await house.get('/v1/setup')).json()).toEqual({ needed: false });
  expect(await ensureSetupToken(house.database)).toBeNull();
  expect(await house.db.rows("select kind, name from tenants where kind = 'enterprise'")).toHaveLength(1);
  expect(await house.db.rows('select key from product_types')).toHaveLength(3);
  expect(await house.db.rows('select from identities')).toHaveLength(1);
  const actions = await house.db.rows<{ action: string }>('select action from audit_events order by id');
  expect(actions.map((row) => row.action)).toEqual(['setup.create', 'sessions.create']);
});

test('the set-up token is kept only as a hash and never logged', async () => {
  expect(await house.db.rows('select * from installation')).toEqual([]);
  expect(house.spoken.join('\n')).not.toMatch(/argon2|token_hash/);
});

test('a second enterprise cannot be inserted by the application role', async () => {
  const id = '0199aaaa-0000-7000-8000-000000000001';
  const attempt = house.database.app({ tenantId: id, identityId: null }, (db) =>
    db
      .insertInto('tenants')
      .values({
        id,
        kind: 'enterprise',
        name: 'Two',
        country: 'ES',
        time_zone: 'UTC',
        language: 'en',
        created_at: new Date(0),
        updated_at: new Date(0),
      })
      .execute(),
  );
  await expect(attempt).rejects.toThrow(/row-level security/);
});
