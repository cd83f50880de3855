/** Every route of the contract and the live socket, as everybody, with everybody's ids. */
import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '../../src/contract/errors.ts';
import type { Route } from '../../src/contract/route.ts';
import { allRoutes, statusesOf } from '../../src/server/openapi.ts';
import type { Answer } from '../harness/ringside.ts';
import { idsIn, marksIn } from './marks.ts';
import { principalsOf, type Principal, type Stranger } from './principals.ts';
import { placesOf, requestFor, type Place, type Request } from './requests.ts';
import { makeWorld, type Ids, type World } from './world.ts';

let world: World;
let principals: Principal[];
beforeAll(async () => {
  world = await makeWorld();
  principals = await principalsOf(world);
}, 90_000);
afterAll(() => world.stop());

const NAMES = [
  'enterprise administrator',
  'enterprise client',
  'reseller administrator',
  'reseller clerk',
  'reseller client',
  'customer administrator',
  'customer’s person',
  'customer client',
  'person of many customers',
  'person of a disabled customer',
  'person logged out',
  'anonymous',
];

function principal(name: string): Principal {
  const found = principals.find((each) => each.name === name);
  if (!found) throw new Error(`nobody is called ${name}`);
  return found;
}

async function send(who: Principal, request: Request): Promise<Answer> {
  const answer = await who.login.caller.call(request.method, request.path, request.body, request.headers);
  const where = `${who.name}: ${request.method} ${request.path} → ${answer.status}`;
  const marks = [...marksIn(answer.text)].filter((label) => !who.mayShow.has(label));
  expect(marks, `${where} shows marks of others`).toEqual([]);
  const ids = idsIn(answer.text).flatMap((id) => who.hidden.get(id) ?? []);
  expect(ids, `${where} shows ids of others`).toEqual([]);
  for (const secret of world.secrets) expect(answer.text.includes(secret), `${where} shows a secret`).toBe(false);
  const log = answer.status < 500 ? '' : world.house.lines.filter((line) => line.includes('request failed')).at(-1);
  expect(answer.status, `${where} ${log}`).toBeLessThan(500);
  expect(statusesOf(request.route), where).toContain(answer.status);
  return answer;
}

/** What can be told from an answer, without what differs in any two requests. */
function shape(answer: Answer): object {
  const headers = [...answer.headers.keys()].filter((name) => name !== 'date').sort();
  return { status: answer.status, headers, text: answer.text.replaceAll(/"requestId":"[^"]*"|"ms":\d+/g, '') };
}

interface Try {
  foreign: Request;
  unknown: Request;
}

/** The same request twice: with a stranger's id in one place, and with an id that nobody has. */
function tryAt(route: Route, place: Place, base: Ids, stranger: Stranger): Try | null {
  const both = (make: (id: string) => Request, id: string): Try => ({ foreign: make(id), unknown: make(randomUUID()) });
  if (place.where === 'header') return both((tenant) => requestFor(route, base, {}, { 'ringside-tenant': tenant }), stranger.tenantId);
  const name = place.name === 'tenant' ? 'subjectId' : place.name;
  const id = stranger.ids[name];
  // Whose customer one is, is known.
  if (id === undefined || (base[name] === id && place.where !== 'path')) return null;
  if (place.where === 'query') return both((value) => requestFor(route, base, { [place.name]: value }), id);
  return both((value) => requestFor(route, { ...base, [name]: value }, {}, {}, name), id);
}

/** The answer that a stranger's id in this place is to have. */
function check(who: Principal, place: Place, request: Request, answer: Answer): void {
  const { access } = request.route;
  const where = `${who.name}: ${request.method} ${request.path} (${place.where} ${place.name})`;
  if (access.of === 'anyone') return;
  if (who.standing === 'out') return expect(answer.status, where).toBe(401);
  if (access.of === 'login') return expect([403, 404], where).toContain(answer.status);
  if (who.standing === 'lockedOut') return expect([403, 404], where).toContain(answer.status);
  const isAllowed = who.permissions.has(access.permission);
  const isTenantPlace = place.where === 'header' || (place.where === 'path' && place.name === `${access.of}Id`);
  if (isTenantPlace) return expect(answer.status, where).toBe(404);
  if (!isAllowed) return expect(answer.status, where).toBe(403);
  if (place.where === 'path') return expect(answer.status, where).toBe(404);
  if (place.where === 'query') {
    if (answer.status === 404) return;
    expect(answer.status, where).toBe(200);
    expect((answer.body as { items: unknown[] }).items, where).toEqual([]);
    return;
  }
  if (answer.status === 404) return;
  expect(answer.status, `${where} ${answer.text}`).toBe(400);
  expect(
    (answer.body as Problem).errors.map((error) => error.code),
    where,
  ).toContain('unknown');
}

describe.each(NAMES)('%s', (name) => {
  test('gets the same for a stranger’s id in any place of any route as for an id that nobody has', async () => {
    const who = principal(name);
    let tried = 0;
    for (const stranger of who.strangers) {
      for (const route of allRoutes) {
        for (const place of placesOf(route)) {
          const attempt = tryAt(route, place, who.own ?? nobody(), stranger);
          if (!attempt) continue;
          const foreign = await send(who, attempt.foreign);
          const unknown = await send(who, attempt.unknown);
          expect(shape(foreign), `${attempt.foreign.method} ${attempt.foreign.path} of ${stranger.name}`).toEqual(shape(unknown));
          check(who, place, attempt.foreign, foreign);
          tried++;
        }
      }
    }
    if (who.strangers.length > 0) expect(tried).toBeGreaterThan(20);
  });

  test('gets a whole stranger’s set of ids refused at every route that names one', async () => {
    const who = principal(name);
    for (const stranger of who.strangers) {
      for (const route of allRoutes) {
        if (!route.path.includes('Id}')) continue;
        const answer = await send(who, requestFor(route, { ...nobody(), ...stranger.ids }));
        if (route.access.of !== 'anyone') expect([401, 403, 404], `${route.method} ${route.path}`).toContain(answer.status);
      }
    }
  });
});

/** Those who have a place of their own, and what they do there in this order: read, write, take away. */
const ORDER = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const ACTORS = [
  'enterprise client',
  'reseller administrator',
  'reseller clerk',
  'customer administrator',
  'customer’s person',
  'customer client',
  'person of many customers',
];

describe('one’s own', () => {
  test.each(ACTORS)('%s never meets an error of ours, nor an answer that the document does not declare', async (name) => {
    const who = principal(name);
    const { own } = who;
    if (!own) throw new Error(`${name} has nothing`);
    const routes = [...allRoutes].sort((a, b) => ORDER.indexOf(a.method) - ORDER.indexOf(b.method));
    let good = 0;
    for (const route of routes) {
      // What would end one's own login, or the world of those who come after, has its turn elsewhere.
      if (route.method === 'DELETE' || route.access.of === 'anyone') continue;
      const answer = await send(
        who,
        requestFor(route, own, {}, 'permission' in route.access && route.access.of === 'tenant' ? tenantOf(who) : {}),
      );
      const isAllowed = route.access.of === 'login' || who.permissions.has(route.access.permission);
      if (!isAllowed) expect([403, 404], `${route.id} ${answer.text}`).toContain(answer.status);
      if (answer.status < 300) good++;
    }
    expect(good).toBeGreaterThan(10);
  });

  test('a customer’s own people see neither what their reseller keeps about them nor what the link is made of', async () => {
    for (const name of ['customer administrator', 'customer’s person', 'customer client']) {
      const who = principal(name);
      const { caller } = who.login;
      const id = who.own?.customerId ?? '';
      expect((await caller.ok<{ reference: string; notes: string }>('GET', `/v1/customers/${id}`)).reference, name).toBe('');
      const { items } = await caller.ok<{ items: { id: string; reference: string }[] }>('GET', '/v1/customers');
      expect(
        items.map((item) => [item.id, item.reference]),
        name,
      ).toEqual([[id, '']]);
      // Neither by asking for it letter by letter.
      expect((await caller.ok<{ total: number }>('GET', '/v1/customers?q=REF-')).total, name).toBe(0);
      expect((await caller.ok<{ total: number }>('GET', '/v1/customers?q=Acme')).total, name).toBe(1);
      for (const path of [
        `/v1/customers/${id}/pbx-connections/${who.own?.connectionId}/settings`,
        '/v1/audit-events',
        '/v1/pbx-templates',
        '/v1/api-clients',
        '/v1/mails',
      ]) {
        expect((await caller.call('GET', path)).status, `${name} ${path}`).toBe(403);
      }
    }
    const me = await principal('customer administrator').login.caller.call('GET', '/v1/me');
    expect(me.text).not.toMatch(/Reseller|Enterprise/);
  });
});

function tenantOf(who: Principal): Record<string, string> {
  return who.name.startsWith('enterprise') ? { 'ringside-tenant': who.own?.resellerId ?? '' } : {};
}

describe('the live socket', () => {
  test.each(NAMES)('%s is let in to one’s own only, and gets the same for a stranger’s as for none', async (name) => {
    const who = principal(name);
    const expected = who.standing === 'out' ? 401 : who.standing === 'lockedOut' ? 403 : 404;
    for (const stranger of who.strangers) {
      const status = await knock(who, stranger.ids.customerId ?? stranger.tenantId);
      expect([expected, 404], stranger.name).toContain(status);
      expect(status).toBe(await knock(who, randomUUID()));
    }
  });

  test('no frame holds a byte of another customer, not of the sibling on the same phone system either', async () => {
    const watchers = ['reseller administrator', 'customer administrator', 'customer’s person', 'customer client'].map(principal);
    const open = await Promise.all(watchers.map(async (who) => ({ who, live: await who.login.caller.live(who.own?.customerId ?? '') })));
    const calls = world.resellers.flatMap(({ pbx, customers }) =>
      customers.map(({ company }) => {
        const people = pbx.companies.find((each) => each.key === company)?.people ?? [];
        const talk = [{ act: 'talk' as const, ms: 200 }];
        return pbx.place({ company, kind: 'internal', caller: people[4]?.extension ?? '', to: people[5]?.extension ?? '', acts: talk })
          .done;
      }),
    );
    await Promise.all(calls);
    for (const { who, live } of open) {
      await live.frame((frame) => frame.type === 'delta' && frame.calls.some((call) => call.state === 'ended'));
      await live.frame((frame) => frame.type === 'heartbeat');
      const ended = new Set(live.frames.flatMap((frame) => (frame.type === 'delta' ? frame.calls.map((call) => call.id) : [])));
      expect(ended.size, 'four calls were made, one is ours').toBe(1);
      const text = JSON.stringify(live.frames);
      expect([...marksIn(text)].filter((label) => label !== 'r1.acme')).toEqual([]);
      const acme = new Set(
        (await world.db.rows<{ id: string }>('select id from calls where customer_id = $1', [who.own?.customerId])).map((row) => row.id),
      );
      expect([...ended].filter((id) => !acme.has(id))).toEqual([]);
      expect(idsIn(text).flatMap((id) => principal('customer client').hidden.get(id) ?? [])).toEqual([]);
      live.close();
    }
  });
});

/** HTTP status that the socket is refused with; 101 when let in. */
async function knock(who: Principal, customerId: string): Promise<number> {
  const headers = {
    ...(who.login.credentials.cookie === undefined ? {} : { cookie: who.login.credentials.cookie }),
    ...(who.login.credentials.bearer === undefined ? {} : { authorization: `Bearer ${who.login.credentials.bearer}` }),
  };
  const socket = new WebSocket(`${world.house.url.replace('http', 'ws')}/v1/customers/${customerId}/live`, { headers });
  return new Promise((resolve, reject) => {
    socket.on('open', () => {
      socket.close();
      resolve(101);
    });
    socket.on('unexpected-response', (request, response) => {
      request.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', reject);
  });
}

test('a stranger’s customer takes no longer to be refused than one that nobody has', async () => {
  const who = principal('reseller administrator');
  const foreign = world.resellers[1].customers[0]?.id ?? '';
  const times = { foreign: [] as number[], unknown: [] as number[] };
  for (let round = 0; round < 60; round++) {
    for (const [kind, id] of [
      ['foreign', foreign],
      ['unknown', randomUUID()],
    ] as const) {
      const began = performance.now();
      await who.login.caller.call('GET', `/v1/customers/${id}`);
      times[kind].push(performance.now() - began);
    }
  }
  const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length / 2] ?? 0;
  // The same statements run in both cases; what is left is noise of a busy machine.
  expect(Math.abs(median(times.foreign) - median(times.unknown))).toBeLessThan(2 + median(times.unknown) / 2);
});

test('taking away one’s own works and is told as declared; a stranger’s stays', async () => {
  const stranger = principal('customer administrator').strangers.find((each) => each.name === 'another reseller’s customer');
  const who = principal('reseller client');
  const { own } = who;
  if (!own || !stranger) throw new Error('nobody there');
  const count = () =>
    world.db.rows<{ n: number }>(
      `select (select count(*) from pbx_connections where removed_at is null)::int + (select count(*) from pbx_templates)::int
      + (select count(*) from api_clients where revoked_at is null)::int + (select count(*) from sessions where revoked_at is null)::int as n`,
    );
  const before = (await count())[0]?.n ?? 0;
  const removals = allRoutes.filter((route) => route.method === 'DELETE' && route.access.of !== 'login');
  for (const route of removals) expect((await send(who, requestFor(route, { ...nobody(), ...stranger.ids }))).status, route.id).toBe(404);
  expect((await count())[0]?.n).toBe(before);
  // Its own client last: the token ends with it.
  const order = [...removals].sort((a, b) => Number(a.path.includes('apiClientId')) - Number(b.path.includes('apiClientId')));
  for (const route of order) expect((await send(who, requestFor(route, own))).status, route.id).toBe(204);
  expect((await who.login.caller.call('GET', '/v1/customers')).status).toBe(401);
});

function nobody(): Ids {
  const keys = [
    'resellerId',
    'customerId',
    'productTypeId',
    'templateId',
    'connectionId',
    'operationId',
    'userId',
    'callId',
    'agentId',
    'apiClientId',
    'sessionId',
    'subjectId',
  ] as const;
  return Object.fromEntries(keys.map((key) => [key, randomUUID()])) as unknown as Ids;
}
