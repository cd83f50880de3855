import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestRingside, until, type Caller, type TestRingside } from '../../../../test/harness/ringside.ts';
import type { Problem } from '../../../contract/errors.ts';
import type { PbxConnection, PbxTemplate } from '../../../contract/pbx-connections.ts';
import type { User } from '../../../contract/users.ts';
import { startSimulatedPbx, type SimulatedPbx } from '../../simulator/index.ts';

let house: TestRingside;
let pbx: SimulatedPbx;
let enterprise: Caller;
let reseller: Caller;
let resellerId: string;
let stranger: Caller;
let productTypeId: string;

beforeAll(async () => {
  [house, pbx] = await Promise.all([startTestRingside({ LOG_LEVEL: 'warn' }), startSimulatedPbx({ seed: 7, companies: 2 })]);
  ({ enterprise } = await house.setUp());
  resellerId = (await house.makeReseller(enterprise, 'North', 'rita@north.example')).id;
  reseller = await house.accept('rita@north.example');
  await house.makeReseller(enterprise, 'South', 'sam@south.example');
  stranger = await house.accept('sam@south.example');
  const types = await reseller.ok<{ items: { id: string; key: string }[] }>('GET', '/v1/product-types');
  productTypeId = types.items.find((type) => type.key === 'contact-centre')?.id ?? '';
});
afterAll(async () => {
  await house.stop();
  await pbx.stop();
});

interface Created {
  connection: PbxConnection;
  operationId: string | null;
}

const login = (): Record<string, unknown> => ({ host: pbx.host, port: pbx.port, username: pbx.user, secret: pbx.secret });
const faults = (body: Problem): string[] => body.errors.map((error) => `${error.path} ${error.code}`).sort();

let customers = 0;
async function customer(): Promise<string> {
  const name = `Customer ${++customers}`;
  const made = await house.makeCustomer(reseller, {
    name,
    productTypeId,
    primaryUser: { displayName: name, email: `c${customers}@example.com` },
  });
  return made.customer.id;
}
/** A running connection with its users. */
async function connect(customerId: string, body: object): Promise<PbxConnection> {
  const made = await reseller.ok<Created>('POST', `/v1/customers/${customerId}/pbx-connections`, { type: 'asterisk', ...body });
  expect((await house.finished(reseller, made.operationId ?? '')).status).toBe('done');
  return made.connection;
}
async function names(customerId: string): Promise<string[]> {
  const { items } = await reseller.ok<{ items: User[] }>('GET', `/v1/customers/${customerId}/users?pageSize=200`);
  return items.filter((user) => user.source === 'pbx' && user.status === 'active').map((user) => user.displayName);
}
const peopleOf = (index: number): string[] => (pbx.companies[index]?.people ?? []).map((person) => person.name).sort();

test('what is wrong with a connection is told all at once, each by its field', async () => {
  const id = await customer();
  const answer = await reseller.call<Problem>('POST', `/v1/customers/${id}/pbx-connections`, {
    type: 'asterisk',
    settings: { host: 'a b', port: 70_000, nonsense: true },
    attribution: { by: 'accountcode', value: ' ' },
    monitorSubAccounts: true,
  });
  expect(answer.status).toBe(400);
  expect(faults(answer.body)).toEqual([
    'body.attribution.value required',
    'body.monitorSubAccounts notAnOption',
    'body.settings unknownField',
    'body.settings.host wrongFormat',
    'body.settings.port tooLarge',
    'body.settings.secret required',
    'body.settings.username required',
  ]);
});

test('two customers share one link, each with its own people; the second needs no credentials', async () => {
  const [first, second] = [await customer(), await customer()];
  const one = await connect(first, { settings: login(), attribution: { by: 'accountcode', value: 'acme' } });
  const { secret: _, ...withoutSecret } = login();
  await connect(second, { settings: withoutSecret, attribution: { by: 'name', value: 'PJSIP/globex-*, globex-*' } });
  expect((await names(first)).sort()).toEqual(peopleOf(0));
  expect((await names(second)).sort()).toEqual(peopleOf(1));
  expect(await house.db.rows('select 1 from pbx_links where tenant_id = $1', [resellerId])).toHaveLength(1);
  const path = `/v1/customers/${first}/pbx-connections/${one.id}`;
  const settings = await reseller.call<{ sharedWith: number; secrets: object }>('GET', `${path}/settings`);
  expect(settings.body).toMatchObject({ sharedWith: 2, secrets: { secret: expect.any(String) as string } });
  expect(settings.text).not.toContain(pbx.secret);

  // The same part of it a second time, or all of it, would make what both claim nobody's.
  const third = await customer();
  const again = (attribution: object): Promise<{ body: Problem }> =>
    reseller.call<Problem>('POST', `/v1/customers/${third}/pbx-connections`, { type: 'asterisk', settings: login(), attribution });
  expect(faults((await again({ by: 'accountcode', value: 'acme' })).body)).toEqual(['body.attribution.value taken']);
  expect(faults((await again({ by: 'all' })).body)).toEqual(['body.attribution.by taken']);

  // Disabled it shows so and has no operation; enabled it syncs again; the other share never stops.
  const disabled = await reseller.ok<Created>('PATCH', path, { enabled: false });
  expect([disabled.operationId, disabled.connection.health.state]).toEqual([null, 'disabled']);
  expect((await reseller.call('POST', `${path}/sync`)).status).toBe(409);
  const enabled = await reseller.ok<Created>('PATCH', path, { enabled: true });
  expect((await house.finished(reseller, enabled.operationId ?? '')).status).toBe('done');
  expect(await house.db.rows(`select cause from gaps where connection_id = $1`, [one.id])).toEqual([{ cause: 'disabled' }]);
  expect(faults((await reseller.call<Problem>('PATCH', path, { monitorSubAccounts: true })).body)).toEqual([
    'body.monitorSubAccounts fixed',
  ]);

  // Kept secrets go only where they went before.
  const moved = await reseller.call<Problem>('PATCH', path, { settings: { host: '127.0.0.2' } });
  expect(faults(moved.body)).toEqual(['body.settings.secret required']);
  const probe = { type: 'asterisk', connectionId: one.id, settings: { host: '127.0.0.2' } };
  expect(faults((await reseller.call<Problem>('POST', '/v1/pbx-connection-tests', probe)).body)).toEqual(['body.settings.secret required']);
  expect((await reseller.ok<{ ok: boolean }>('POST', '/v1/pbx-connection-tests', { ...probe, settings: {} })).ok).toBe(true);
  // A shared link stays with the others: this connection alone moves, and nobody is watched on it before its sync.
  const other = await startSimulatedPbx({ seed: 9 });
  const away = { host: other.host, port: other.port, username: other.user, secret: other.secret };
  const change = await reseller.ok<Created>('PATCH', path, { settings: away, attribution: { by: 'all', value: '' } });
  expect(await house.db.rows('select 1 from pbx_links where tenant_id = $1', [resellerId])).toHaveLength(2);
  // Everybody of before would vanish: that is asked first.
  expect((await house.finished(reseller, change.operationId ?? '')).status).toBe('needsDecision');
  await reseller.ok('POST', `/v1/operations/${change.operationId}/decision`, { decision: 'continue' });
  expect((await house.finished(reseller, change.operationId ?? '')).status).toBe('done');
  expect((await names(first)).sort()).toEqual((other.companies[0]?.people ?? []).map((person) => person.name).sort());
  expect((await names(second)).sort()).toEqual(peopleOf(1));

  expect((await reseller.call('DELETE', path)).status).toBe(204);
  expect((await reseller.call('GET', path)).status).toBe(404);
  expect(await names(first)).toEqual([]);
  expect(
    await house.db.rows(`select state, secrets_set from pbx_links where identity like '%' || $1 || '%'`, [String(other.port)]),
  ).toEqual([{ state: 'disabled', secrets_set: {} }]);
  await other.stop();
}, 60_000);

test('the default template fills what a connection leaves out, is shown without its secret and sends it nowhere else', async () => {
  const { port, ...rest } = login();
  const template = await reseller.ok<PbxTemplate>('POST', '/v1/pbx-templates', {
    type: 'asterisk',
    name: 'Ours',
    settings: { ...rest, port },
    isDefault: true,
  });
  expect(JSON.stringify(template)).not.toContain(pbx.secret);
  expect(Object.keys(template.secrets)).toEqual(['secret']);
  const second = await reseller.ok<PbxTemplate>('POST', '/v1/pbx-templates', {
    type: 'asterisk',
    name: 'Other',
    settings: rest,
    isDefault: true,
  });
  await reseller.ok('PATCH', `/v1/pbx-templates/${template.id}`, { isDefault: true });
  const list = await reseller.ok<{ items: PbxTemplate[] }>('GET', '/v1/pbx-templates');
  expect(list.items.map((item) => [item.name, item.isDefault])).toEqual([
    ['Ours', true],
    ['Other', false],
  ]);
  const taken = await reseller.call<Problem>('PATCH', `/v1/pbx-templates/${second.id}`, { name: 'ours' });
  expect(faults(taken.body)).toEqual(['body.name taken']);
  const elsewhere = await reseller.call<Problem>('PATCH', `/v1/pbx-templates/${second.id}`, {
    settings: { ...rest, host: '127.0.0.9', secret: '' },
  });
  expect(faults(elsewhere.body)).toEqual(['body.settings.secret required']);

  const id = await customer();
  const connection = await connect(id, { attribution: { by: 'tenantid', value: 'acme' } });
  expect(connection.templateId).toBe(template.id);
  const diverted = await reseller.call<Problem>('POST', '/v1/pbx-connection-previews', {
    type: 'asterisk',
    settings: { host: '127.0.0.9' },
  });
  expect(faults(diverted.body)).toEqual(['body.settings.secret required']);
  const preview = await reseller.ok<{ users: { keys: string[] }[] }>('POST', '/v1/pbx-connection-previews', {
    type: 'asterisk',
    settings: {},
  });
  expect(preview.users.filter((user) => user.keys.includes('tenantid:globex'))).toHaveLength(peopleOf(1).length);

  expect((await stranger.ok<{ items: PbxTemplate[] }>('GET', '/v1/pbx-templates')).items).toEqual([]);
  expect((await stranger.call('PATCH', `/v1/pbx-templates/${template.id}`, { name: 'Mine' })).status).toBe(404);
  const foreign = { type: 'asterisk', templateId: template.id, settings: {} };
  expect(faults((await stranger.call<Problem>('POST', '/v1/pbx-connection-tests', foreign)).body)).toEqual(['body.templateId unknown']);
  expect((await enterprise.call<Problem>('POST', '/v1/pbx-templates', { type: 'asterisk', name: 'Where', settings: {} })).status).toBe(400);
  expect((await reseller.call('DELETE', `/v1/pbx-templates/${template.id}`)).status).toBe(204);
  expect((await reseller.ok<PbxConnection>('GET', `/v1/customers/${id}/pbx-connections/${connection.id}`)).templateId).toBeNull();
}, 60_000);

test('a connection made disabled neither connects nor syncs before it is enabled', async () => {
  const id = await customer();
  const made = await reseller.ok<Created>('POST', `/v1/customers/${id}/pbx-connections`, {
    type: 'asterisk',
    settings: { ...login(), username: 'nobody-logs-in' },
    enabled: false,
  });
  expect([made.operationId, made.connection.health.state]).toEqual([null, 'disabled']);
  const [link] = await house.db.rows<{ lease_owner: string | null }>(
    `select lease_owner from pbx_links where identity like '%nobody-logs-in%'`,
  );
  expect(link).toEqual({ lease_owner: null });
  const path = `/v1/customers/${id}/pbx-connections/${made.connection.id}`;
  const enabled = await reseller.ok<Created>('PATCH', path, { enabled: true });
  const operation = await house.finished(reseller, enabled.operationId ?? '');
  expect(operation.steps[0]).toMatchObject({
    key: 'connect',
    status: 'failed',
    message: { en: 'The phone system refused user name or password.' },
  });
  expect((await stranger.call('GET', path)).status).toBe(404);
  expect((await stranger.call('GET', `/v1/operations/${operation.id}`)).status).toBe(404);
}, 60_000);

test('a customer’s own people read the health and nothing of the link', async () => {
  const id = await customer();
  const made = await reseller.ok<Created>('POST', `/v1/customers/${id}/pbx-connections`, {
    type: 'asterisk',
    settings: { ...login(), username: 'other' },
    enabled: false,
  });
  const own = await house.accept(`c${customers}@example.com`);
  const path = `/v1/customers/${id}/pbx-connections/${made.connection.id}`;
  expect((await own.ok<PbxConnection>('GET', path)).health.state).toBe('disabled');
  expect((await own.call('GET', `${path}/settings`)).status).toBe(403);
  expect((await own.call('PATCH', path, { enabled: true })).status).toBe(403);
  expect((await own.call('GET', '/v1/pbx-templates')).status).toBe(403);
});

test('a PBX that goes away and comes back is a gap of the connection, told while it lasts', async () => {
  const other = await startSimulatedPbx({ seed: 11 });
  const id = await customer();
  const { id: connectionId } = await connect(id, {
    settings: { host: other.host, port: other.port, username: other.user, secret: other.secret },
  });
  const path = `/v1/customers/${id}/pbx-connections/${connectionId}`;
  const health = async (): Promise<PbxConnection['health']> => (await reseller.ok<PbxConnection>('GET', path)).health;
  await until(async () => (await health()).state === 'live');
  const gaps = (): Promise<{ from_at: Date; to_at: Date | null }[]> =>
    house.db.rows('select from_at, to_at from gaps where connection_id = $1', [connectionId]);
  expect(await gaps()).toEqual([]);
  const lostAt = Date.now();
  const restart = other.restart({ clean: true, downMs: 1500 });
  await until(async () => (await gaps())[0]?.to_at === null);
  expect((await health()).failure).not.toBeNull();
  await restart;
  const [gap] = await until(async () => {
    const found = await gaps();
    return found[0]?.to_at ? found : null;
  });
  expect(gap?.from_at.getTime()).toBeLessThanOrEqual(Date.now());
  expect(Math.abs((gap?.from_at.getTime() ?? 0) - lostAt)).toBeLessThan(2000);
  expect(gap?.to_at?.getTime()).toBeGreaterThanOrEqual(lostAt + 1500);
  await until(async () => (await health()).state === 'live');
  await other.stop();
}, 60_000);

test('tests of connections are limited, tenant by tenant', async () => {
  const probe = { type: 'asterisk', settings: { host: '127.0.0.1' } };
  const statuses = new Set<number>();
  for (let i = 0; i < 25; i++) statuses.add((await stranger.call('POST', '/v1/pbx-connection-tests', probe)).status);
  expect([...statuses]).toEqual([400, 429]);
  expect((await reseller.call('POST', '/v1/pbx-connection-tests', probe)).status).toBe(400);
});
