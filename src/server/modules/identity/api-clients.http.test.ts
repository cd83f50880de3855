import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import type { ApiClient, Me } from '../../../contract/identity.ts';
import { RESELLER_ROLES } from '../../../contract/permissions.ts';
import { createAdmin, createApiClient } from './index.ts';
import { ADMIN, PUBLIC_URL, startIdentityApp, type IdentityApp } from './testing/identity-app.ts';

let house: IdentityApp;
let cookie: string;
let tenantId: string;
beforeAll(async () => {
  house = await startIdentityApp();
  ({ cookie, tenantId } = await house.setUp());
});
afterAll(() => house.close());

interface Made {
  client: z.infer<typeof ApiClient>;
  clientSecret: string;
}
const make = async (as = cookie) =>
  (await house.app.inject({ method: 'POST', url: '/v1/api-clients', payload: { name: 'Billing' }, headers: { cookie: as } })).json<Made>();
const form = { 'content-type': 'application/x-www-form-urlencoded' };
/** Without the book-keeping of what was said: a token is said once, here. */
const token = (payload: object | string, headers: Record<string, string> = {}, remoteAddress = '10.4.0.1') =>
  house.app.inject({ method: 'POST', url: '/v1/oauth/token', payload, headers, remoteAddress });
const grant = (made: Made) => ({ grant_type: 'client_credentials', client_id: made.client.clientId, client_secret: made.clientSecret });
const bearer = async (made: Made) => (await token(grant(made))).json<{ access_token: string }>().access_token;
const meBy = (access: string) => house.call({ method: 'GET', url: '/v1/me', headers: { authorization: `Bearer ${access}` } });

test('a client gets a token by form, by JSON and by Basic header, in OAuth’s shape', async () => {
  const made = await make();
  expect(made.client).toMatchObject({ clientId: expect.stringMatching(/^rs_[\w-]{16}$/), tenantId, lastUsedAt: null, revokedAt: null });
  const basic = `Basic ${Buffer.from(`${made.client.clientId}:${made.clientSecret}`).toString('base64')}`;
  const answers = [
    await token(grant(made)),
    await token(new URLSearchParams(grant(made)).toString(), form),
    await token('grant_type=client_credentials', { ...form, authorization: basic }),
    await token({ grant_type: 'client_credentials' }, { authorization: basic }),
  ];
  for (const answer of answers) {
    expect(answer.json()).toEqual({ access_token: expect.stringMatching(/^[\w-]{43}$/), token_type: 'Bearer', expires_in: 3600 });
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.cookies).toEqual([]);
    expect((await meBy(answer.json<{ access_token: string }>().access_token)).json<Me>().memberships).toMatchObject([{ tenantId }]);
  }
  const { items } = (await house.get('/v1/api-clients', cookie)).json<{ items: Made['client'][] }>();
  expect(items).toMatchObject([{ id: made.client.id, lastUsedAt: new Date(house.clock.now()).toISOString() }]);
});

test('unknown clients and wrong secrets get the same answer and are throttled', async () => {
  const made = await make();
  const wrong = await token({ ...grant(made), client_secret: 'x'.repeat(43) });
  const unknown = await token({ ...grant(made), client_id: 'rs_unknown' });
  expect(wrong.json()).toMatchObject({ status: 401, code: 'badCredentials' });
  expect(unknown.body.replace(/"requestId":"[^"]+"/, '')).toBe(wrong.body.replace(/"requestId":"[^"]+"/, ''));
  const guesses = await Promise.all(Array.from({ length: 11 }, () => token({ ...grant(made), client_secret: 'guess' }, {}, '10.4.0.2')));
  expect(guesses.filter((answer) => answer.statusCode === 429)).toHaveLength(1);
});

test('what is missing or strange is told', async () => {
  const answer = await token({ grant_type: 'client_credentials' });
  expect(answer.json<{ errors: { path: string }[] }>().errors.map((error) => error.path)).toEqual(['body.client_id', 'body.client_secret']);
  expect((await token({ grant_type: 'password', client_id: 'a', client_secret: 'b' })).statusCode).toBe(400);
});

test('a token ends after an hour, and at once when its client is revoked', async () => {
  const made = await make();
  const old = await bearer(made);
  house.clock.advance(3_599_999);
  expect((await meBy(old)).statusCode).toBe(200);
  const fresh = await bearer(made);
  house.clock.advance(1);
  expect((await meBy(old)).statusCode).toBe(401);
  expect((await meBy(fresh)).statusCode).toBe(200);
  const revoke = () => house.call({ method: 'DELETE', url: `/v1/api-clients/${made.client.id}`, headers: { cookie } });
  expect((await revoke()).statusCode).toBe(204);
  expect((await meBy(fresh)).statusCode).toBe(401);
  expect((await token(grant(made))).statusCode).toBe(401);
  expect((await revoke()).statusCode).toBe(204);
  expect(await house.db.rows("select from audit_events where action = 'api-clients.revoke'")).toHaveLength(1);
});

test('a client has its tenant’s roles, but never more than its maker', async () => {
  expect((await make()).client.roles).toEqual(['enterprise.user', 'user.admin', 'account.admin', 'onboarding.admin']);
  const limited = await house.join(tenantId, 'api@enterprise.example', 'a phrase for apis', ['enterprise.user', 'onboarding.admin']);
  const made = await make(limited);
  expect(made.client.roles).toEqual(['enterprise.user', 'onboarding.admin']);
});

test('a client of another tenant is not there: neither to see nor to end', async () => {
  const above = await make();
  const first = await house.join(await house.addReseller(tenantId, 'First'), 'a@first.example', 'a phrase of first', RESELLER_ROLES);
  const second = await house.join(await house.addReseller(tenantId, 'Second'), 'b@second.example', 'a phrase of second', RESELLER_ROLES);
  const theirs = await make(second);
  const end = (id: string, as: string) => house.call({ method: 'DELETE', url: `/v1/api-clients/${id}`, headers: { cookie: as } });
  for (const id of [above.client.id, theirs.client.id]) expect((await end(id, first)).statusCode).toBe(404);
  expect((await house.get('/v1/api-clients', first)).json()).toEqual({ items: [] });
  expect((await meBy(await bearer(theirs))).statusCode).toBe(200);
  expect((await end(theirs.client.id, cookie)).statusCode).toBe(204);
});

test('a client has no sessions, password or profile of its own', async () => {
  const access = await bearer(await make());
  const headers = { authorization: `Bearer ${access}` };
  for (const [method, url, payload] of [
    ['GET', '/v1/sessions', undefined],
    ['DELETE', '/v1/sessions/current', undefined],
    ['PATCH', '/v1/me', { displayName: 'Me' }],
    ['PUT', '/v1/me/password', { current: 'x', password: 'long enough words' }],
  ] as const) {
    expect((await house.call({ method, url, headers, ...(payload && { payload }) })).statusCode, url).toBe(403);
  }
});

test('the command makes a client of the enterprise that works', async () => {
  const made = await createApiClient(house.database, house.clock, { name: 'Script', tenantId: null });
  const answer = await token({ grant_type: 'client_credentials', client_id: made.clientId, client_secret: made.clientSecret });
  expect((await meBy(answer.json<{ access_token: string }>().access_token)).json<Me>().memberships[0]?.permissions).toContain(
    'resellers.write',
  );
});

test('the command for an administrator gives a link that lets in with every role', async () => {
  const services = { secretBox: house.box, publicUrl: PUBLIC_URL };
  const input = { email: 'back@enterprise.example', displayName: 'Back', language: 'en' as const };
  const { link } = await createAdmin(house.database, house.clock, services, input);
  const accepted = await house.post(`/v1/invitations/${link?.split('/').at(-1) ?? ''}/accept`, {
    displayName: 'Back',
    password: 'a phrase to be back',
  });
  expect(accepted.json<Me>().memberships[0]?.roles).toEqual(['enterprise.user', 'user.admin', 'account.admin', 'onboarding.admin']);
  expect(await createAdmin(house.database, house.clock, services, { ...input, email: ADMIN.email })).toEqual({ link: null, until: null });
});

test('secrets and tokens are kept as hashes and said once', async () => {
  const made = await make();
  const access = await bearer(made);
  await house.get('/v1/api-clients', cookie);
  const kept = JSON.stringify([
    await house.db.rows('select * from api_clients'),
    await house.db.rows('select * from sessions'),
    await house.db.rows('select * from audit_events'),
  ]);
  for (const secret of [made.clientSecret, access]) {
    expect(kept).not.toContain(secret);
    expect(house.spoken.join('\n')).not.toContain(secret);
  }
});
