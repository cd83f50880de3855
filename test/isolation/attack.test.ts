/** What somebody with a login of their own, or none, would try. */
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENTERPRISE_ROLES, RESELLER_ROLES } from '../../src/contract/permissions.ts';
import type { Problem } from '../../src/contract/errors.ts';
import type { User } from '../../src/contract/users.ts';
import { allRoutes } from '../../src/server/openapi.ts';
import { PASSWORD, type Caller } from '../harness/ringside.ts';
import { marksIn } from './marks.ts';
import { requestFor } from './requests.ts';
import { makeWorld, type CustomerSide, type World } from './world.ts';

let world: World;
let acme: CustomerSide;
let twin: CustomerSide;
beforeAll(async () => {
  world = await makeWorld();
  [acme, twin] = world.resellers.map((reseller) => reseller.customers[0]) as [CustomerSide, CustomerSide];
}, 90_000);
afterAll(() => world.stop());

const codes = (answer: { body: unknown }): string[] => (answer.body as Problem).errors.map((error) => error.code);

const NASTY = [
  `' or '1'='1`,
  `'; drop table tenants; --`,
  `x') or set_config('ringside.tenant', '00000000-0000-0000-0000-000000000000', true) is not null --`,
  '%',
  '_',
  '\\',
  '%_\\%',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '${jndi:ldap://x}',
  '{{7*7}}',
  '../../../etc/passwd',
  '=cmd|calc!A1',
  '💥'.repeat(30),
];

let turn = 0;
/** For one place: what has been refused nowhere but by us, and the others in turn. */
function texts(): string[] {
  turn++;
  return [`' or '1'='1`, '\u0000', '\ud800', ...[0, 1].map((step) => NASTY[(2 * turn + step) % NASTY.length] ?? '')];
}

/** The good body with a nasty text in one place, for each place that takes a text. */
function poisoned(value: unknown): unknown[] {
  if (typeof value === 'string') return texts();
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => poisoned(item).map((bad): unknown => value.with(index, bad)));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, item]) => poisoned(item).map((bad) => ({ ...value, [key]: bad })));
}

describe('texts that mean something to a database', () => {
  test('in any field of any body they are a text or are refused, and never an error of ours', async () => {
    const { caller } = world.resellers[1].admin;
    const before = await world.db.rows('select id, name from tenants order by id');
    for (const route of allRoutes) {
      if (
        !route.body ||
        route.access.of === 'anyone' ||
        route.id.startsWith('me.') ||
        route.id === 'customers.create' ||
        route.id.endsWith('.test') ||
        route.id.endsWith('.preview')
      )
        continue;
      const { body } = requestFor(route, world.resellers[1].ids);
      for (const bad of poisoned(body)) {
        const { method, path } = requestFor(route, twin.ids);
        const answer = await caller.call(method, path, bad);
        expect(answer.status, `${route.id} ${JSON.stringify(bad)} ${answer.text}`).toBeLessThan(500);
      }
    }
    const after = await world.db.rows<{ id: string; name: string }>('select id, name from tenants where id = any ($1) order by id', [
      before.map((row) => (row as { id: string }).id),
    ]);
    expect(after).toEqual(before);
  });

  test('in a search they are searched for, and find nothing of others', async () => {
    const { caller } = twin.admin;
    const q = encodeURIComponent;
    for (const nasty of NASTY) {
      for (const path of [
        `/v1/customers?q=${q(nasty.toWellFormed())}`,
        `/v1/customers/${twin.id}/users?q=${q(nasty.toWellFormed())}`,
        `/v1/customers/${twin.id}/calls?q=${q(nasty.toWellFormed())}`,
        `/v1/customers/${twin.id}/calls?cursor=${q(nasty.toWellFormed())}`,
      ]) {
        const answer = await caller.call<{ items: unknown[] }>('GET', path);
        expect(answer.status, `${path} ${answer.text}`).toBeLessThan(500);
        expect([...marksIn(answer.text)].filter((label) => label !== 'r2.acme')).toEqual([]);
      }
    }
    // What matches everything in a pattern is an ordinary letter here.
    for (const wild of ['%', '_', '\\'])
      expect((await acme.admin.caller.ok<{ total: number }>('GET', `/v1/customers/${acme.id}/users?q=${q(wild)}`)).total, wild).toBe(0);
    const cursor = Buffer.from(`2026-01-01T00:00:00Z ${'-'.repeat(36)}`).toString('base64url');
    expect((await caller.call('GET', `/v1/customers/${twin.id}/calls?cursor=${cursor}`)).status).toBe(400);
  });

  test('the tenant acted in is an id or nothing: no list, no piece of SQL, no two at once', async () => {
    const { caller } = twin.reseller.admin;
    for (const tenant of [`${twin.id},${acme.id}`, `${acme.id},${twin.id}`, `{${acme.id}}`, `${twin.id}' or true --`, '%', 'null', '']) {
      const answer = await caller.call('GET', '/v1/customers', undefined, { 'ringside-tenant': tenant });
      expect(answer.status, tenant).toBe(404);
    }
  });

  test('sort keys, filters and fields that are not declared are refused, never ignored', async () => {
    const { caller } = world.resellers[1].admin;
    for (const path of [
      '/v1/customers?sort=notes',
      '/v1/customers?sort=name;drop',
      '/v1/customers?order=asc,id',
      '/v1/customers?tenant_id=x',
      '/v1/customers?pageSize=100000',
      '/v1/product-types?x=1',
    ]) {
      expect((await caller.call('GET', path)).status, path).toBe(400);
    }
    for (const route of allRoutes.filter((each) => each.body !== undefined && each.access.of !== 'anyone')) {
      for (const extra of [
        { tenantId: acme.id },
        { parentId: acme.reseller.id },
        { status: 'active' },
        { isAdmin: true },
        JSON.parse('{"__proto__":{"x":1}}') as object,
      ]) {
        const { method, path, body } = requestFor(route, twin.ids);
        const answer = await caller.call(method, path, Object.assign(Object.create(null), body, Object.fromEntries(Object.entries(extra))));
        expect([400, 403], `${route.id} ${JSON.stringify(extra)} ${answer.text}`).toContain(answer.status);
      }
    }
  });
});

describe('more rights than one has', () => {
  test('a customer’s administrator can give nobody a role of staff, nor a licence', async () => {
    const { caller } = acme.admin;
    const me = await userOf(caller, acme, acme.admin.email);
    for (const role of [...RESELLER_ROLES, ...ENTERPRISE_ROLES]) {
      for (const [method, path, body] of [
        ['PATCH', `/users/${me.id}`, { roles: ['customer.user', 'admin.user', role] }],
        ['POST', '/users/roles', { userIds: [me.id], add: [role] }],
        ['POST', '/users', { displayName: 'Eve', email: 'eve@evil.example', roles: [role] }],
      ] as const) {
        expect(codes(await caller.call(method, `/v1/customers/${acme.id}${path}`, body)), `${method} ${path} ${role}`).toContain(
          'notAnOption',
        );
      }
    }
    // However one writes one's customer's id: it is no other's, and makes nobody staff.
    for (const id of [acme.id, acme.id.toUpperCase()]) {
      const answer = await caller.call('PATCH', `/v1/customers/${id}/users/${me.id}`, {
        roles: ['customer.user', 'admin.user', 'customer.user.pbx'],
      });
      expect([answer.status, ...codes(answer)], id).toEqual([400, 'notAllowed']);
      expect(await caller.ok<{ notes: string; reference: string }>('GET', `/v1/customers/${id}`), id).toMatchObject({
        notes: '',
        reference: '',
      });
    }
    expect((await caller.call('POST', '/v1/api-clients', { name: 'Mine' })).status).toBe(403);
    expect((await caller.call('PATCH', `/v1/customers/${acme.id}`, { name: 'Mine' })).status).toBe(403);
  });

  test('a client gets no right that its maker lacks, in one’s own tenant or one below', async () => {
    const maker = await world.staff(acme.reseller.id, 'otto@r1.example', ['onboarding.admin']);
    for (const tenantId of [acme.reseller.id, acme.id, acme.id.toUpperCase()]) {
      const made = await maker.caller.ok<{ client: { roles: string[] } }>(
        'POST',
        '/v1/api-clients',
        { name: 'Mine' },
        { 'ringside-tenant': tenantId },
      );
      expect(
        made.client.roles.filter((role) => role !== 'onboarding.admin'),
        tenantId,
      ).toEqual([]);
    }
    for (const tenantId of [twin.id, twin.reseller.id, world.enterpriseId]) {
      expect((await maker.caller.call('POST', '/v1/api-clients', { name: 'Mine' }, { 'ringside-tenant': tenantId })).status).toBe(404);
    }
  });

  test('a person of two resellers acts in one at a time, with the rights they have there', async () => {
    const email = 'olga@both.example';
    await world.staff(acme.reseller.id, email, ['account.user']);
    const olga = await world.staff(twin.reseller.id, email, [...RESELLER_ROLES]);
    const name = { name: 'Olga was here' };
    expect((await olga.caller.call('PATCH', `/v1/customers/${acme.id}`, name)).status).toBe(403);
    expect((await olga.caller.call('POST', '/v1/api-clients', name, { 'ringside-tenant': acme.reseller.id })).status).toBe(403);
    const inFirst = await olga.caller.ok<{ items: { resellerId: string }[] }>('GET', '/v1/customers', undefined, {
      'ringside-tenant': acme.reseller.id,
    });
    expect(new Set(inFirst.items.map((item) => item.resellerId))).toEqual(new Set([acme.reseller.id]));
    const stolen = await olga.caller.call('GET', `/v1/operations/${acme.ids.operationId}`, undefined, {
      'ringside-tenant': twin.reseller.id,
    });
    expect(stolen.status).toBe(404);
  });
});

describe('keys, links and templates of others', () => {
  test('an idempotency key of another is one’s own to use, and tells nothing of what it was used for', async () => {
    const key = { 'idempotency-key': 'make-ann' };
    const body = { displayName: 'Same Name', email: 'new@r2.example', roles: [] };
    const answer = await twin.admin.caller.call<User>('POST', `/v1/customers/${twin.id}/users`, body, key);
    expect([answer.status, answer.body.email, answer.headers.get('idempotency-replayed')]).toEqual([201, 'new@r2.example', null]);
    const sibling = acme.reseller.customers[1] as CustomerSide;
    expect(
      (
        await sibling.client.caller.call('POST', `/v1/customers/${sibling.id}/users`, { ...body, email: 'new@r1.example' }, key)
      ).headers.get('idempotency-replayed'),
    ).toBeNull();
  });

  test('a stored answer is not given out again to who has lost the right to it', async () => {
    const key = { 'idempotency-key': 'before-the-fall' };
    const body = { displayName: 'Same Name', email: 'kept@r1.example', roles: [] };
    const path = `/v1/customers/${acme.id}/users`;
    const fallen = await userLogin('fay@r1.acme.example', ['admin.user']);
    expect((await fallen.caller.call('POST', path, body, key)).status).toBe(201);
    expect((await fallen.caller.call('POST', path, body, key)).headers.get('idempotency-replayed')).toBe('true');
    const user = await userOf(acme.admin.caller, acme, 'fay@r1.acme.example');
    await acme.admin.caller.ok('PATCH', `${path}/${user.id}`, { roles: ['customer.user'] });
    expect((await fallen.caller.call('POST', path, body, key)).status).toBe(403);
    await acme.admin.caller.ok('PATCH', `${path}/${user.id}`, { roles: [] });
    expect([403, 404]).toContain((await fallen.caller.call('POST', path, body, key)).status);
  });

  test('a template of another reseller is unknown, whoever names it', async () => {
    const { caller } = twin.reseller.admin;
    const { templateId } = acme.ids;
    const bodies = [
      ['POST', '/v1/pbx-connection-tests', { type: 'asterisk', templateId, settings: {} }],
      ['POST', `/v1/customers/${twin.id}/pbx-connections`, { type: 'asterisk', templateId, settings: {} }],
    ] as const;
    for (const [method, path, body] of bodies) {
      const foreign = await caller.call(method, path, body);
      const unknown = await caller.call(method, path, { ...body, templateId: randomUUID() });
      expect([foreign.status, codes(foreign)]).toEqual([400, ['unknown']]);
      expect([unknown.status, codes(unknown)]).toEqual([400, ['unknown']]);
    }
    expect((await caller.call('PATCH', `/v1/pbx-templates/${templateId}`, { name: 'Mine' })).status).toBe(404);
    expect((await caller.call('DELETE', `/v1/pbx-templates/${templateId}`)).status).toBe(404);
  });

  test('a connection to a phone system that another reseller has is a link of one’s own, with one’s own credentials or none', async () => {
    const { pbx } = acme.reseller;
    const { caller } = twin.reseller.admin;
    const before = await world.db.rows('select id, settings, secrets, revision from pbx_links where tenant_id = $1', [acme.reseller.id]);
    const wanted = {
      type: 'asterisk',
      settings: { host: pbx.host, port: pbx.port, username: pbx.user, secret: 'a guess' },
      attribution: { by: 'context', value: 'acme' },
      enabled: false,
    };
    const made = await caller.call<{ connection: { id: string } }>('POST', `/v1/customers/${twin.id}/pbx-connections`, wanted);
    expect(made.status, made.text).toBe(201);
    const settings = await caller.ok<{ sharedWith: number }>(
      'GET',
      `/v1/customers/${twin.id}/pbx-connections/${made.body.connection.id}/settings`,
    );
    expect(settings.sharedWith).toBe(1);
    // Without a secret nothing is joined and nothing is borrowed.
    const { secret: _, ...bare } = wanted.settings;
    const probe = await caller.call('POST', '/v1/pbx-connection-tests', { type: 'asterisk', templateId: null, settings: bare });
    expect([probe.status, codes(probe)]).toEqual([400, ['required']]);
    expect(await world.db.rows('select id, settings, secrets, revision from pbx_links where tenant_id = $1', [acme.reseller.id])).toEqual(
      before,
    );
    // One's own kept secret does not go to a place of one's choice either.
    const elsewhere = await caller.call('POST', '/v1/pbx-connection-tests', {
      type: 'asterisk',
      connectionId: twin.ids.connectionId,
      settings: { port: pbx.port },
    });
    expect([elsewhere.status, codes(elsewhere)]).toEqual([400, ['required']]);
  });

  test('links for passwords and invitations open only with the whole token', async () => {
    const [mail] = await world.db.rows<{ text_body: string }>(
      `select text_body from mails where text_body like '%/reset/%' and recipient = $1`,
      [acme.admin.email],
    );
    const token = /\/reset\/([\w-]+)/.exec(mail?.text_body ?? '')?.[1] ?? '';
    const [reset] = await world.db.rows<{ id: string; identity_id: string }>('select id, identity_id from password_resets limit 1');
    const forged = Buffer.concat([Buffer.from(`${reset?.id}${reset?.identity_id}`.replaceAll('-', ''), 'hex'), Buffer.alloc(32)]).toString(
      'base64url',
    );
    const changed = `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`;
    for (const bad of [forged, changed, token.toLowerCase(), reset?.id ?? '', `${token}x`]) {
      expect(
        (await world.house.anonymous.call('POST', '/v1/password-resets/use', { token: bad, password: 'another fine password' })).status,
        bad,
      ).toBe(410);
      expect((await world.house.anonymous.call('GET', `/v1/invitations/${bad}`)).status, bad).toBe(404);
    }
    expect((await world.house.anonymous.call('GET', `/v1/invitations/${token}`)).status, 'a reset link is no invitation').toBe(404);
  });
});

describe('from another site, another socket, another spelling', () => {
  test('a cookie does not speak for its owner from elsewhere', async () => {
    const { caller } = acme.reseller.admin;
    const change = (headers: Record<string, string>) => caller.call('PATCH', '/v1/me', { displayName: 'Same Name' }, headers);
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'not an origin' },
      { origin: `${world.house.url}.evil.example` },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
    ]) {
      expect((await change(headers as Record<string, string>)).status, JSON.stringify(headers)).toBe(403);
    }
    expect((await change({ origin: world.house.url })).status).toBe(200);
    expect((await change({})).status).toBe(200);
    const form = await fetch(`${world.house.url}/v1/me`, {
      method: 'PATCH',
      body: 'displayName=Mine',
      headers: { cookie: acme.reseller.admin.credentials.cookie ?? '', 'content-type': 'text/plain' },
    });
    expect([400, 415]).toContain(form.status);
    expect((await change({ origin: world.house.url })).headers.get('access-control-allow-origin')).toBeNull();
  });

  test('the live socket takes no cookie from another site’s page, and none that is broken', async () => {
    const cookie = acme.admin.credentials.cookie ?? '';
    const own = world.house.url;
    for (const [headers, status] of [
      [{ cookie, origin: 'https://evil.example' }, 403],
      [{ cookie, origin: 'null' }, 403],
      [{ cookie, origin: `${own}.evil.example` }, 403],
      [{ cookie: 'ringside_session=%' }, 401],
      [{ cookie: `${cookie}x` }, 401],
      [{ authorization: 'Bearer x' }, 401],
      [{ cookie, origin: own }, 101],
    ] as const) {
      expect(await upgrade(`/v1/customers/${acme.id}/live`, headers), JSON.stringify(headers)).toBe(status);
    }
    expect(await upgrade(`/v1/customers/${acme.id}/live/`, { cookie })).toBe(404);
    expect(await upgrade(`/v1/customers/${twin.id}/../${acme.id}/live`, { cookie })).toBe(404);
    expect(await upgrade(`/v1/customers/${twin.id}/live?customerId=${acme.id}`, { cookie })).toBe(404);
  });

  test('a live socket closes within ten seconds of the end of the membership', async () => {
    const login = await userLogin('gus@r1.acme.example', ['customer.user']);
    const live = await login.caller.live(acme.id.toUpperCase());
    await live.frame((frame) => frame.type === 'snapshot');
    const user = await userOf(acme.admin.caller, acme, 'gus@r1.acme.example');
    await acme.admin.caller.ok('PATCH', `/v1/customers/${acme.id}/users/${user.id}`, { roles: [] });
    const began = Date.now();
    expect(await live.closed).toBe(4403);
    expect(Date.now() - began).toBeLessThan(10_000);
  });

  test('paths in other spellings lead nowhere else', async () => {
    for (const path of [
      `/v1/customers/${twin.id}/../${acme.id}`,
      `/v1/customers/${twin.id}%2f..%2f${acme.id}`,
      `/v1/customers/%2e%2e/customers/${acme.id}`,
      `/v1/customers/${acme.id}/`,
      `/V1/customers/${acme.id}`,
      `//v1/customers/${acme.id}`,
      `/v1/customers/${acme.id};x`,
      `/v1/customers/${acme.id}%00`,
      `/v1/customers/{${acme.id}}`,
      `/v1/customers/${acme.id.replaceAll('-', '')}`,
      '/v1/customers/..%2f..%2fpackage.json',
      '/..%2f..%2fpackage.json',
    ]) {
      const answer = await raw('GET', path, twin.admin.credentials.cookie ?? '');
      expect(answer.status, `${path} ${answer.text.slice(0, 200)}`).not.toBe(500);
      expect([...marksIn(answer.text)], path).toEqual([]);
      expect(answer.text, path).not.toContain(acme.ids.userId);
      expect(answer.text, path).not.toContain('"dependencies"');
    }
  });

  test('bodies that are too large, too deep or no JSON are refused before anything is done', async () => {
    const { caller } = twin.reseller.admin;
    expect((await caller.call('PATCH', `/v1/customers/${twin.id}`, { notes: 'x'.repeat(2_000_000) })).status).toBe(413);
    expect((await caller.call('PATCH', `/v1/customers/${twin.id}`, { notes: 'x'.repeat(5000) })).status).toBe(400);
    const send = (body: string) =>
      fetch(`${world.house.url}/v1/me`, {
        method: 'PATCH',
        body,
        headers: { cookie: twin.reseller.admin.credentials.cookie ?? '', 'content-type': 'application/json' },
      });
    for (const body of [
      '{',
      '[]',
      '"x"',
      '['.repeat(100_000),
      `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
      `{"displayName":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
    ])
      expect((await send(body)).status, body.slice(0, 10)).toBe(400);
    expect(
      (await caller.call('POST', `/v1/customers/${twin.id}/users/roles`, { userIds: Array.from({ length: 501 }, () => randomUUID()) }))
        .status,
    ).toBe(400);
  });
});

test('no secret stands in a log line, an audit row, a stored answer or a job', async () => {
  await acme.reseller.admin.caller.call('PATCH', `/v1/pbx-templates/${acme.ids.templateId}`, {
    settings: { host: 'other.example', username: 'u', secret: 'brand-new-secret' },
  });
  const secrets = [...world.secrets, PASSWORD, 'brand-new-secret'].filter((secret) => secret.length > 8);
  const rows = await world.db.rows<{ name: string; text: string }>(`
    select 'audit ' || action as name, a::text as text from audit_events a
    union all select 'stored answer ' || path, k::text from idempotency_keys k
    union all select 'link', l::text from (select settings, secrets_set, notices, unattributed, failure from pbx_links) l
    union all select 'template', t::text from (select settings, secrets_set from pbx_templates) t
    union all select 'job', payload::text from graphile_worker._private_jobs
    union all select 'operation', o::text from operations o
    union all select 'step', s::text from operation_steps s
    union all select 'client', c::text from api_clients c
    union all select 'session', s::text from sessions s
    union all select 'identity', i::text from identities i`);
  expect(rows.length).toBeGreaterThan(100);
  for (const secret of secrets) {
    expect(rows.filter((row) => row.text.includes(secret)).map((row) => row.name)).toEqual([]);
    expect(world.house.lines.filter((line) => line.includes(secret))).toEqual([]);
  }
  expect(world.house.lines.length).toBeGreaterThan(20);
});

async function userOf(caller: Caller, customer: CustomerSide, email: string): Promise<User> {
  const { items } = await caller.ok<{ items: User[] }>('GET', `/v1/customers/${customer.id}/users?pageSize=200`);
  const user = items.find((item) => item.email === email);
  if (!user) throw new Error(`no user has the address ${email}`);
  return user;
}

/** A new person of the first customer, logged in. */
async function userLogin(email: string, roles: string[]): Promise<{ caller: Caller }> {
  await acme.admin.caller.ok('POST', `/v1/customers/${acme.id}/users`, { displayName: 'Same Name', email, roles });
  return world.acceptIn(acme.id, email);
}

/** Status of an upgrade as it comes over the wire; 101 when let in. */
async function upgrade(path: string, headers: Record<string, string>): Promise<number> {
  const { status } = await raw('GET', path, '', {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    ...headers,
  });
  return status;
}

/** Over a plain socket: clients tidy paths up before they send them. */
function raw(
  method: string,
  path: string,
  cookie: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(world.house.url);
  const lines = Object.entries({ host: `${hostname}:${port}`, connection: 'close', ...(cookie === '' ? {} : { cookie }), ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`));
    let text = '';
    socket.on('data', (data) => {
      text += data.toString();
      if (text.startsWith('HTTP/1.1 101')) socket.destroy();
    });
    socket.on('close', () => resolve({ status: Number(text.split(' ')[1]), text }));
    socket.on('error', reject);
  });
}
