import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADMIN, startIdentityApp, type IdentityApp } from './testing/identity-app.ts';

let house: IdentityApp;
let tenantId: string;
beforeAll(async () => {
  house = await startIdentityApp();
  ({ tenantId } = await house.setUp());
});
afterAll(() => house.close());

async function resetLink(email = ADMIN.email): Promise<string> {
  expect((await house.post('/v1/password-resets', { email: email.toUpperCase() })).statusCode).toBe(202);
  await house.work();
  return house.linkTo(email);
}
const use = (token: string, password: string) => house.post('/v1/password-resets/use', { token, password });

test('asking gives the same answer and does the same work for an unknown address', async () => {
  const known = await house.post('/v1/password-resets', { email: ADMIN.email });
  const jobs = await house.db.rows('select from graphile_worker._private_jobs');
  const unknown = await house.post('/v1/password-resets', { email: 'ghost@enterprise.example' });
  expect([unknown.statusCode, unknown.body]).toEqual([known.statusCode, known.body]);
  expect(await house.db.rows('select from graphile_worker._private_jobs')).toHaveLength(jobs.length + 1);
  await house.work();
  expect((await house.letters()).map((letter) => letter.recipient)).toEqual([ADMIN.email]);
});

test('the mailed link sets a password once and ends every session', async () => {
  const cookie = await house.login(ADMIN.email, ADMIN.password);
  const earlier = await resetLink();
  const token = await resetLink();
  expect(token).not.toBe(earlier);
  expect((await use(token, 'password123')).json()).toMatchObject({ errors: [{ path: 'body.password', code: 'commonPassword' }] });

  const answers = await Promise.all([use(token, 'first new phrase'), use(token, 'second new phrase'), use(token, 'third new phrase')]);

  expect(answers.map((answer) => answer.statusCode).toSorted((a, b) => a - b)).toEqual([204, 410, 410]);
  const won = ['first new phrase', 'second new phrase', 'third new phrase'][answers.findIndex((answer) => answer.statusCode === 204)] ?? '';
  expect((await house.get('/v1/me', cookie)).statusCode).toBe(401);
  await house.login(ADMIN.email, won);
  await expect(house.login(ADMIN.email, ADMIN.password)).rejects.toThrow();
  // The other open link ended with it.
  expect((await use(earlier, 'yet another phrase')).statusCode).toBe(410);
  expect(await house.db.rows("select from audit_events where action = 'password-resets.use'")).toHaveLength(1);
  const restored = await use(await resetLink(), ADMIN.password);
  expect(restored.statusCode).toBe(204);
});

test('the link ends after an hour', async () => {
  await house.join(tenantId, 'slow@enterprise.example', 'a phrase of slow');
  const late = await resetLink('slow@enterprise.example');
  house.clock.advance(3_600_000);
  expect((await use(late, 'a new long phrase')).statusCode).toBe(410);
  const inTime = await resetLink('slow@enterprise.example');
  house.clock.advance(3_599_999);
  expect((await use(inTime, 'a new long phrase')).statusCode).toBe(204);
});

test('a token is as good as its every bit, and no table but the outbox holds one', async () => {
  const token = Buffer.from(await house.linkTo(ADMIN.email), 'base64url');
  for (let at = 0; at < token.length; at += 5) {
    const bent = Buffer.from(token);
    bent.writeUInt8(token.readUInt8(at) ^ 1, at);
    expect((await use(bent.toString('base64url'), 'a new long phrase')).statusCode).toBe(410);
  }
  const resets = JSON.stringify(await house.db.rows('select * from password_resets'));
  expect(resets).not.toContain(token.toString('base64url'));
  expect(house.spoken.join('\n')).not.toContain(token.toString('base64url'));
});

test('somebody who was only invited has no password to reset', async () => {
  await house.inviteTo({ tenantId, email: 'grace@enterprise.example' });
  await house.work();
  const before = (await house.letters()).length;
  await house.post('/v1/password-resets', { email: 'grace@enterprise.example' });
  await house.work();
  expect(await house.letters()).toHaveLength(before);
});

test('a mailbox is not flooded: the sixth letter in an hour is not written, and the answer does not say so', async () => {
  await house.join(tenantId, 'joan@enterprise.example', 'a phrase of joan');
  const before = (await house.letters()).length;
  const asked = await Promise.all(
    Array.from({ length: 7 }, (_, index) =>
      house.call({
        method: 'POST',
        url: '/v1/password-resets',
        payload: { email: 'joan@enterprise.example' },
        remoteAddress: `10.1.0.${index}`,
      }),
    ),
  );
  expect(new Set(asked.map((answer) => answer.statusCode))).toEqual(new Set([202]));
  await house.work();
  expect(await house.letters()).toHaveLength(before + 5);
});

test('one address cannot ask for ever', async () => {
  const asked = await Promise.all(
    Array.from({ length: 21 }, (_, index) =>
      house.call({
        method: 'POST',
        url: '/v1/password-resets',
        payload: { email: `x${index}@enterprise.example` },
        remoteAddress: '10.1.1.1',
      }),
    ),
  );
  expect(asked.filter((answer) => answer.statusCode === 429)).toHaveLength(1);
});
