import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import type { Me, Session } from '../../../contract/identity.ts';
import { ADMIN, cookieOf, startIdentityApp, type IdentityApp } from './testing/identity-app.ts';

let house: IdentityApp;
beforeAll(async () => {
  house = await startIdentityApp();
  await house.setUp();
});
afterAll(() => house.close());

const from = (address: string, email: string, password: string, language = 'en') =>
  house.call({
    method: 'POST',
    url: '/v1/sessions',
    payload: { email, password },
    remoteAddress: address,
    headers: { 'accept-language': language },
  });

test('login takes the address in any letter case and sets a cookie that scripts cannot read', async () => {
  const answer = await house.post('/v1/sessions', { email: ADMIN.email.toUpperCase(), password: ADMIN.password });
  expect(answer.statusCode).toBe(201);
  expect(answer.json<Me>().email).toBe(ADMIN.email);
  expect(answer.cookies).toMatchObject([{ name: 'ringside_session', httpOnly: true, sameSite: 'Lax', path: '/' }]);
  expect((await house.get('/v1/me', cookieOf(answer))).statusCode).toBe(200);
});

test('an unknown address and a wrong password get the same answer and take the same work', async () => {
  const strip = (body: string) => body.replace(/"requestId":"[^"]+"/, '');
  const wrong = await from('10.0.0.1', ADMIN.email, 'not the password');
  const unknown = await from('10.0.0.1', 'nobody@enterprise.example', 'not the password');
  expect(wrong.statusCode).toBe(401);
  expect(unknown.statusCode).toBe(401);
  expect(strip(unknown.body)).toBe(strip(wrong.body));
  const headers = ({ 'request-id': _id, date: _date, ...rest }: Record<string, unknown>) => rest;
  expect(headers(unknown.headers)).toEqual(headers(wrong.headers));

  const times: Record<string, number[]> = { [ADMIN.email]: [], 'nobody@enterprise.example': [] };
  for (let round = 0; round < 7; round++) {
    for (const [email, taken] of Object.entries(times)) {
      const start = performance.now();
      await from(`10.0.1.${round}`, email, 'not the password');
      taken.push(performance.now() - start);
    }
  }
  const [known = 0, nobody = 0] = Object.values(times).map((taken) => Math.min(...taken));
  // Without a password check for nobody it would be a tenth.
  expect(nobody).toBeGreaterThan(known * 0.4);
  expect(nobody).toBeLessThan(known * 2.5);
});

test('guessing at an account is throttled for that address alone, the same whether the account is there or not', async () => {
  for (const email of [ADMIN.email, 'ghost@enterprise.example']) {
    const answers = await Promise.all(Array.from({ length: 12 }, () => from('10.0.2.1', email, 'guess after guess')));
    expect(answers.map((answer) => answer.statusCode).toSorted((a, b) => a - b)).toEqual([...Array<number>(10).fill(401), 429, 429]);
  }
  const right = await from('10.0.2.1', ADMIN.email, ADMIN.password, 'es');
  expect(right.json()).toMatchObject({ status: 429, code: 'tooMany', detail: 'Vuelva a intentarlo en 15 min.' });
  expect((await from('10.0.2.2', ADMIN.email, ADMIN.password)).statusCode).toBe(201);
});

test('one address, or one IPv6 network, that goes through many accounts is throttled', async () => {
  const answers: number[] = [];
  for (let start = 0; start < 110; start += 10) {
    const batch = Array.from({ length: 10 }, (_, index) =>
      from(`2001:db8:0:1::${(start + index).toString(16)}`, `a${start + index}@x.example`, 'one guess each'),
    );
    answers.push(...(await Promise.all(batch)).map((answer) => answer.statusCode));
  }
  expect(answers.filter((status) => status === 429)).toHaveLength(10);
  expect((await from('2001:db8:0:2::1', ADMIN.email, ADMIN.password)).statusCode).toBe(201);
}, 60_000);

test('right logins do not use up the tries', async () => {
  for (let round = 0; round < 12; round++) expect((await from('10.0.3.1', ADMIN.email, ADMIN.password)).statusCode).toBe(201);
});

test('a session can be seen and ended from another place, and ends by itself after 30 days', async () => {
  const here = await house.login(ADMIN.email, ADMIN.password);
  const there = await house.login(ADMIN.email, ADMIN.password);
  const list = (await house.get('/v1/sessions', here)).json<{ items: z.infer<typeof Session>[] }>().items;
  expect(list.filter((session) => session.current)).toHaveLength(1);
  const other = (await house.get('/v1/sessions', there))
    .json<{ items: z.infer<typeof Session>[] }>()
    .items.find((session) => session.current);
  const end = (id: string) => house.call({ method: 'DELETE', url: `/v1/sessions/${id}`, headers: { cookie: here } });
  expect((await end(other?.id ?? '')).statusCode).toBe(204);
  expect((await house.get('/v1/me', there)).statusCode).toBe(401);
  expect((await end(other?.id ?? '')).statusCode).toBe(404);
  expect((await house.get('/v1/me', here)).statusCode).toBe(200);

  const lasting = await house.login(ADMIN.email, ADMIN.password);
  house.clock.advance(30 * 24 * 3_600_000 - 1000);
  expect((await house.get('/v1/me', lasting)).statusCode).toBe(200);
  house.clock.advance(1000);
  expect((await house.get('/v1/me', lasting)).statusCode).toBe(401);
});

test('logging out ends the session, not only the cookie', async () => {
  const cookie = await house.login(ADMIN.email, ADMIN.password);
  const answer = await house.call({ method: 'DELETE', url: '/v1/sessions/current', headers: { cookie } });
  expect(answer.statusCode).toBe(204);
  expect(answer.cookies[0]?.value).toBe('');
  expect((await house.get('/v1/me', cookie)).statusCode).toBe(401);
});

test('a form of another site cannot log anybody in', async () => {
  const answer = await house.call({
    method: 'POST',
    url: '/v1/sessions',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(ADMIN).toString(),
  });
  expect(answer.statusCode).toBe(415);
});

test('changing the password asks for the present one and ends the other sessions', async () => {
  const here = await house.login(ADMIN.email, ADMIN.password);
  const there = await house.login(ADMIN.email, ADMIN.password);
  const change = (current: string, password: string) =>
    house.call({ method: 'PUT', url: '/v1/me/password', headers: { cookie: here }, payload: { current, password } });
  expect((await change('not this', 'another long phrase')).json()).toMatchObject({
    errors: [{ path: 'body.current', code: 'wrongPassword' }],
  });
  for (const easy of [ADMIN.email, 'Password2026!', 'qwertyuiop', '1234567890', 'aaaaaaaaaaaa', 'Ringside1234']) {
    expect((await change(ADMIN.password, easy)).json(), easy).toMatchObject({
      errors: [{ path: 'body.password', code: 'commonPassword' }],
    });
  }
  expect((await change(ADMIN.password, 'too short')).json()).toMatchObject({ errors: [{ path: 'body.password', code: 'tooShort' }] });
  expect((await change(ADMIN.password, 'another long phrase')).statusCode).toBe(204);
  expect((await house.get('/v1/me', there)).statusCode).toBe(401);
  expect((await house.get('/v1/me', here)).statusCode).toBe(200);
  expect((await house.post('/v1/sessions', ADMIN)).statusCode).toBe(401);
  await house.login(ADMIN.email, 'another long phrase');
  expect(await change('another long phrase', ADMIN.password)).toMatchObject({ statusCode: 204 });
});

test('name and language are changed by oneself and written down', async () => {
  const cookie = await house.login(ADMIN.email, ADMIN.password);
  const answer = await house.call({ method: 'PATCH', url: '/v1/me', headers: { cookie }, payload: { language: 'es' } });
  expect(answer.json()).toMatchObject({ displayName: 'Ada', language: 'es' });
  expect((await house.get('/v1/me', cookie)).json()).toEqual(answer.json());
  const rows = await house.db.rows<{ before: object; after: object }>("select before, after from audit_events where action = 'me.update'");
  expect(rows).toEqual([{ before: { language: 'en' }, after: { language: 'es' } }]);
});

test('no password, token or hash is logged, answered or left in the audit', async () => {
  const audit = await house.db.rows('select before, after from audit_events');
  const kept = await house.db.rows<{ hash: string }>(
    'select token_hash as hash from sessions union all select password_hash from identities',
  );
  const spoken = house.spoken.join('\n') + JSON.stringify(audit);
  for (const secret of [ADMIN.password, 'another long phrase', ...kept.map((row) => row.hash)]) expect(spoken).not.toContain(secret);
  expect(JSON.stringify(kept)).not.toContain(ADMIN.password);
});
