import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { z } from 'zod';
import type { Invitation, Me } from '../../../contract/identity.ts';
import { newId } from '../../platform/ids/index.ts';
import { endMembership, renewInvitation, setMembershipRoles } from './index.ts';
import { ADMIN, cookieOf, startIdentityApp, type IdentityApp } from './testing/identity-app.ts';

const DAY = 24 * 3_600_000;
const PASSWORD = 'a phrase of grace';

let house: IdentityApp;
let enterprise: string;
let reseller: string;
let serial = 0;
let email: string;
beforeAll(async () => {
  house = await startIdentityApp();
  ({ tenantId: enterprise } = await house.setUp());
  reseller = await house.addReseller(enterprise, 'Fabrikam <Resale>');
});
afterAll(() => house.close());
beforeEach(() => {
  email = `grace${serial++}@example.com`;
});

async function invited(tenantId = reseller): Promise<string> {
  await house.inviteTo({ tenantId, email, roles: ['account.user'] });
  await house.work();
  return house.linkTo(email);
}
const look = async (token: string) => (await house.get(`/v1/invitations/${token}`)).json<z.infer<typeof Invitation>>();
const accept = (token: string, password = PASSWORD, remoteAddress = '10.2.0.1') =>
  house.call({ method: 'POST', url: `/v1/invitations/${token}/accept`, payload: { displayName: 'Grace H.', password }, remoteAddress });
const renew = (token: string) => house.post(`/v1/invitations/${token}/renew`);
const source = () => ({ actor: null, requestId: 'test', clock: house.clock });
const inReseller = <T>(work: Parameters<typeof house.database.app<T>>[1]) =>
  house.database.app<T>({ tenantId: reseller, identityId: null }, work);

test('an invitation says what it is for; taking it up chooses a password, logs in and gives the roles', async () => {
  const token = await invited();
  expect(await look(token)).toEqual({
    state: 'valid',
    email,
    displayName: 'Grace',
    tenantName: 'Fabrikam <Resale>',
    hasLogin: false,
    language: 'en',
  });
  expect((await accept(token, 'password123')).json()).toMatchObject({ errors: [{ code: 'commonPassword' }] });
  const answer = await accept(token);
  expect(answer.statusCode).toBe(201);
  const me = (await house.get('/v1/me', cookieOf(answer))).json<Me>();
  expect(me).toMatchObject({ displayName: 'Grace H.', email, memberships: [{ tenantId: reseller, roles: ['account.user'] }] });
  expect(await look(token)).toMatchObject({ state: 'used', hasLogin: true });
  await house.login(email, PASSWORD);
});

test('before it is taken up an invitation gives nothing', async () => {
  await invited();
  expect((await house.post('/v1/sessions', { email, password: PASSWORD })).statusCode).toBe(401);
});

test('two who take up the same invitation at once: one is in, the other’s link is gone', async () => {
  const token = await invited();
  const answers = await Promise.all([accept(token, 'phrase of one'), accept(token, 'phrase of two'), accept(token, 'phrase of three')]);
  expect(answers.map((answer) => answer.statusCode).toSorted((a, b) => a - b)).toEqual([201, 410, 410]);
  const won = ['phrase of one', 'phrase of two', 'phrase of three'][answers.findIndex((answer) => answer.statusCode === 201)] ?? '';
  await house.login(email, won);
  expect((await accept(token, won)).statusCode).toBe(410);
});

test('two invitations of one new person taken up at once set one password', async () => {
  const first = await invited();
  const second = await invited(enterprise);
  const answers = await Promise.all([accept(first, 'phrase of one'), accept(second, 'phrase of two')]);
  expect(answers.map((answer) => answer.statusCode).toSorted((a, b) => a - b)).toEqual([201, 401]);
  const won = answers[0]?.statusCode === 201 ? 'phrase of one' : 'phrase of two';
  await house.login(email, won);
  const rest = answers[0]?.statusCode === 201 ? second : first;
  expect((await accept(rest, won)).json<Me>().memberships).toHaveLength(2);
});

test('whoever has a login proves it by its password, throttled; the link alone opens nothing', async () => {
  await accept(await invited());
  const second = await invited(enterprise);
  expect(await look(second)).toMatchObject({ state: 'valid', hasLogin: true });
  const guesses = await Promise.all(Array.from({ length: 12 }, () => accept(second, 'another password', '10.2.0.9')));
  expect(guesses.map((answer) => answer.statusCode).toSorted((a, b) => a - b)).toEqual([...Array<number>(10).fill(401), 429, 429]);
  expect(guesses.every((answer) => answer.cookies.length === 0)).toBe(true);
  const me = (await accept(second)).json<Me>();
  expect(me.displayName).toBe('Grace H.');
  expect(me.memberships.map((membership) => membership.tenantId)).toEqual([enterprise, reseller]);
});

test('an invitation holds 7 days; an expired one can be asked for again, and the new link ends the old', async () => {
  const old = await invited();
  house.clock.advance(7 * DAY - 1);
  expect((await look(old)).state).toBe('valid');
  expect((await renew(old)).statusCode).toBe(202);
  await house.work();
  expect(await house.linkTo(email)).toBe(old);
  house.clock.advance(1);
  expect((await look(old)).state).toBe('expired');
  expect((await accept(old)).statusCode).toBe(410);
  expect((await renew(old)).statusCode).toBe(202);
  await house.work();
  const fresh = await house.linkTo(email);
  expect(fresh).not.toBe(old);
  expect((await look(old)).state).toBe('expired');
  expect((await accept(old)).statusCode).toBe(410);
  expect((await accept(fresh)).statusCode).toBe(201);
  expect((await renew(old)).statusCode).toBe(202);
  const rows = await house.db.rows<{ rounds: number }>(
    'select round as rounds from invitations v join memberships m on m.id = v.membership_id join identities i on i.id = m.identity_id where i.email = $1',
    [email],
  );
  expect(rows).toEqual([{ rounds: 2 }]);
});

test('renewing says the same for a made-up link, and mails one person three times an hour at most', async () => {
  const old = await invited();
  house.clock.advance(7 * DAY);
  const before = (await house.letters()).length;
  const call = (token: string, remoteAddress: string) =>
    house.call({ method: 'POST', url: `/v1/invitations/${token}/renew`, remoteAddress });
  const made = await call('A'.repeat(70), '10.3.0.1');
  for (let round = 0; round < 5; round++) {
    const answer = await call(old, `10.3.1.${round}`);
    expect([answer.statusCode, answer.body]).toEqual([made.statusCode, made.body]);
    await house.work();
  }
  expect(await house.letters()).toHaveLength(before + 3);
});

test('a made-up link shows nothing', async () => {
  const token = Buffer.from(await invited(), 'base64url');
  token.writeUInt8(token.readUInt8(30) ^ 1, 30);
  expect((await house.get(`/v1/invitations/${token.toString('base64url')}`)).statusCode).toBe(404);
  expect((await accept(token.toString('base64url'))).statusCode).toBe(410);
});

test('inviting again replaces the roles and ends the earlier link; somebody who is in already gets no mail', async () => {
  const first = await invited();
  await house.inviteTo({ tenantId: reseller, email: email.toUpperCase(), roles: ['account.user', 'customer.admin'] });
  await house.work();
  const second = await house.linkTo(email);
  expect((await look(first)).state).toBe('expired');
  expect((await accept(second)).json<Me>().memberships[0]?.roles).toEqual(['account.user', 'customer.admin']);
  const before = (await house.letters()).length;
  expect(await house.inviteTo({ tenantId: reseller, email, roles: ['account.user'] })).toMatchObject({ invitedUntil: null });
  await house.work();
  expect(await house.letters()).toHaveLength(before);
});

test('two invitations of one new address at once make one person', async () => {
  await Promise.all([reseller, enterprise, reseller].map((tenantId) => house.inviteTo({ tenantId, email })));
  expect(await house.db.rows('select from identities where email = $1', [email])).toHaveLength(1);
  expect(await house.db.rows('select from memberships m join identities i on i.id = m.identity_id where email = $1', [email])).toHaveLength(
    2,
  );
});

test('a membership’s roles can be changed and taken away at once, and only within the scope', async () => {
  const { membershipId } = await house.inviteTo({ tenantId: reseller, email, roles: ['account.user'] });
  await house.work();
  const cookie = cookieOf(await accept(await house.linkTo(email)));
  await inReseller((db) => setMembershipRoles({ ...source(), db }, membershipId, ['account.user', 'user.admin']));
  expect((await house.get('/v1/mails', cookie)).statusCode).toBe(200);
  expect(await inReseller((db) => renewInvitation({ ...source(), db }, membershipId))).toBeNull();
  const stranger = newId();
  const asStranger = house.database.app({ tenantId: stranger, identityId: null }, (db) => endMembership({ ...source(), db }, membershipId));
  await expect(asStranger).rejects.toMatchObject({ code: 'notFound' });
  await inReseller((db) => endMembership({ ...source(), db }, membershipId));
  expect((await house.get('/v1/me', cookie)).json<Me>().memberships).toEqual([]);
  const actions = await house.db.rows<{ action: string }>('select action from audit_events where subject_id = $1 order by id', [
    membershipId,
  ]);
  expect(actions.map((row) => row.action)).toEqual(['memberships.invite', 'invitations.accept', 'memberships.update', 'memberships.end']);
});

test('who stands above one’s own tenants stays out of sight, unless one works there too', async () => {
  const cookie = cookieOf(await accept(await invited()));
  const answer = await house.get('/v1/me', cookie);
  expect(answer.json<Me>().memberships[0]?.path.map((step) => step.name)).toEqual(['Fabrikam <Resale>']);
  expect(answer.body).not.toContain('Northwind');
  email = ADMIN.email;
  const both = (await accept(await invited(), ADMIN.password)).json<Me>();
  expect(both.memberships.map((membership) => membership.path.length)).toEqual([1, 2]);
});

test('a disabled tenant stays listed and gives nothing; its invitations rest', async () => {
  const cookie = cookieOf(await accept(await invited()));
  email = 'late@example.com';
  const open = await invited();
  await house.db.rows("update tenants set status = 'disabled' where id = $1", [reseller]);
  expect((await house.get('/v1/me', cookie)).json<Me>().memberships).toMatchObject([{ tenantStatus: 'disabled', permissions: [] }]);
  expect((await house.get('/v1/mails', cookie)).json()).toMatchObject({ code: 'tenantDisabled' });
  expect((await accept(open)).statusCode).toBe(410);
  await house.db.rows("update tenants set status = 'active' where id = $1", [reseller]);
  expect((await accept(open)).statusCode).toBe(201);
});

test('tokens of invitations stand in no table but the outbox, and in no log line', async () => {
  const token = await invited();
  expect(JSON.stringify(await house.db.rows('select * from invitations'))).not.toContain(token);
  expect(house.spoken.join('\n')).not.toContain(token);
});
