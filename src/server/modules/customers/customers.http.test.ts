import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditEvent } from '../../../contract/audit-events.ts';
import type { Customer } from '../../../contract/customers.ts';
import type { Problem } from '../../../contract/errors.ts';
import type { ProductType } from '../../../contract/product-types.ts';
import type { User } from '../../../contract/users.ts';
import { PASSWORD, startTestRingside, type Caller, type TestRingside } from '../../../../test/harness/ringside.ts';

let house: TestRingside;
let enterprise: Caller;
let reseller: Caller;
let resellerId: string;
let types: Map<string, string>;
let count = 0;

beforeAll(async () => {
  house = await startTestRingside({ LOG_LEVEL: 'silent' });
  ({ enterprise } = await house.setUp());
  ({ id: resellerId } = await house.makeReseller(enterprise, 'North', 'rita@north.example'));
  reseller = await house.accept('rita@north.example');
  const { items } = await reseller.ok<{ items: ProductType[] }>('GET', '/v1/product-types');
  types = new Map(items.map((type) => [type.key, type.id]));
});
afterAll(() => house.stop());

function draft(more: object = {}): object {
  count += 1;
  return {
    name: `Customer ${count}`,
    productTypeId: types.get('analytics'),
    primaryUser: { displayName: 'Paula Primary', email: `paula${count}@customer.example` },
    ...more,
  };
}

async function make(more: object = {}): Promise<Customer> {
  return (await house.makeCustomer(reseller, draft(more))).customer;
}

async function refused(method: string, path: string, body: object, caller = reseller): Promise<Record<string, string>> {
  const answer = await caller.call<Problem>(method, path, body);
  expect(answer.status).toBe(400);
  return Object.fromEntries(answer.body.errors.map((error) => [error.path, error.code]));
}

describe('creating', () => {
  test('a customer stands in the grid with what the wizard asks for, its administrator invited', async () => {
    const customer = await make({ reference: 'REF-1', country: 'ES', notes: 'call Monday', name: 'Acme' });
    expect(customer).toMatchObject({
      resellerId,
      name: 'Acme',
      reference: 'REF-1',
      country: 'ES',
      notes: 'call Monday',
      status: 'active',
      trial: null,
    });
    expect(customer.effective).toEqual({ country: 'ES', timeZone: 'Europe/London', language: 'en' });
    const list = await reseller.ok<{ items: { id: string }[]; total: number }>('GET', '/v1/customers?q=acme');
    expect(list.items.map((item) => item.id)).toEqual([customer.id]);
    const users = await reseller.ok<{ items: User[] }>('GET', `/v1/customers/${customer.id}/users`);
    expect(users.items).toMatchObject([
      { displayName: 'Paula Primary', access: 'invited', roles: ['customer.user', 'admin.user'], source: 'manual' },
    ]);
  });

  test('the same request sent twice, and twice at once, makes one customer and gives one answer', async () => {
    const body = draft();
    const headers = { 'idempotency-key': 'create-once' };
    const answers = await Promise.all([1, 2, 3].map(() => reseller.call<{ customer: Customer }>('POST', '/v1/customers', body, headers)));
    const again = await reseller.call<{ customer: Customer }>('POST', '/v1/customers', body, headers);
    expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201]);
    expect(new Set([...answers, again].map((answer) => answer.text)).size).toBe(1);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const rows = await house.db.rows(`select 1 from tenants where name = $1`, [(body as { name: string }).name]);
    expect(rows).toHaveLength(1);
    const mails = await house.db.rows(
      `select 1 from invitations v join memberships m on m.id = v.membership_id join identities i on i.id = m.identity_id where i.email = $1`,
      [(body as { primaryUser: { email: string } }).primaryUser.email],
    );
    expect(mails).toHaveLength(1);
  });

  test('a key used for another body is refused, and a failed request leaves the key free', async () => {
    const headers = { 'idempotency-key': 'another-body' };
    await reseller.ok('POST', '/v1/customers', draft(), headers);
    expect((await reseller.call('POST', '/v1/customers', draft(), headers)).status).toBe(422);
    const retried = { 'idempotency-key': 'failed-first' };
    expect((await reseller.call('POST', '/v1/customers', draft({ name: 'Acme' }), retried)).status).toBe(400);
    expect((await reseller.call('POST', '/v1/customers', draft(), retried)).status).toBe(201);
  });

  test('every field error is told at once, and nothing is made', async () => {
    const before = await house.db.rows(`select count(*) from tenants`);
    const errors = await refused('POST', '/v1/customers', {
      name: '',
      productTypeId: 'nonsense',
      country: 'Spain',
      timeZone: 'Mars/Olympus',
      colour: 'red',
      primaryUser: { displayName: 'x'.repeat(101), email: 'nobody' },
    });
    expect(errors).toEqual({
      'body.name': 'required',
      'body.productTypeId': 'wrongFormat',
      'body.country': 'wrongFormat',
      'body.timeZone': 'wrongFormat',
      body: 'unknownField',
      'body.primaryUser.displayName': 'tooLong',
      'body.primaryUser.email': 'notAnEmail',
    });
    expect(await house.db.rows(`select count(*) from tenants`)).toEqual(before);
  });

  test('rules of the house are told together too: name, product, trial and phone system', async () => {
    await make({ name: 'Ñandú' });
    const errors = await refused('POST', '/v1/customers', {
      ...draft({ name: 'ñANDÚ', country: 'JP', productTypeId: types.get('call-archive') }),
      trial: { startDate: '2099-01-01', endDate: '2099-12-31' },
      pbxConnection: { type: 'telegraph', settings: {} },
    });
    expect(errors).toMatchObject({ 'body.name': 'taken', 'body.productTypeId': 'notForCountry', 'body.trial.endDate': 'trialTooLong' });
    expect(Object.keys(errors).some((path) => path.startsWith('body.pbxConnection'))).toBe(true);
  });

  test('two requests for one name at the same moment: one is made, the other is told', async () => {
    const answers = await Promise.all([1, 2].map(() => reseller.call<Problem>('POST', '/v1/customers', draft({ name: 'Racer' }))));
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 400]);
    expect(answers.find((answer) => answer.status === 400)?.body.errors).toMatchObject([{ path: 'body.name', code: 'taken' }]);
  });

  test('a reseller that may not grant trials cannot', async () => {
    const { id } = await house.makeReseller(enterprise, 'Strict', 'sam@strict.example');
    await enterprise.ok('PATCH', `/v1/resellers/${id}`, { mayGrantTrials: false });
    const strict = await house.accept('sam@strict.example');
    const errors = await refused('POST', '/v1/customers', draft({ trial: { startDate: '2099-01-01', endDate: '2099-01-02' } }), strict);
    expect(errors).toEqual({ 'body.trial': 'notAllowed' });
  });

  test('the enterprise names the reseller; a customer never stands directly under it', async () => {
    expect(await refused('POST', '/v1/customers', draft(), enterprise)).toEqual({ 'body.resellerId': 'required' });
    const { customer } = await house.makeCustomer(enterprise, draft({ resellerId }));
    expect(customer.resellerId).toBe(resellerId);
  });
});

describe('the grid', () => {
  test('searches every visible field, sorts both ways and pages on the server', async () => {
    const { id } = await house.makeReseller(enterprise, 'Grid', 'gina@grid.example');
    const grid = await house.accept('gina@grid.example');
    for (const [name, reference] of [
      ['Beta', 'x-1'],
      ['alpha', 'X-2'],
      ['Gamma 100%', 'y_3'],
    ])
      await house.makeCustomer(grid, draft({ name, reference }));
    const names = async (query: string): Promise<string[]> =>
      (await grid.ok<{ items: { name: string }[] }>('GET', `/v1/customers?${query}`)).items.map((item) => item.name);
    expect(await names('')).toEqual(['alpha', 'Beta', 'Gamma 100%']);
    expect(await names('order=desc')).toEqual(['Gamma 100%', 'Beta', 'alpha']);
    expect(await names('sort=reference&order=desc')).toEqual(['Gamma 100%', 'alpha', 'Beta']);
    expect(await names('q=x-')).toEqual(['alpha', 'Beta']);
    expect(await names('q=100%25')).toEqual(['Gamma 100%']);
    expect(await names('q=_3')).toEqual(['Gamma 100%']);
    expect(await names('q=active')).toHaveLength(3);
    expect(await names('pageSize=1&page=2')).toEqual(['Beta']);
    expect(await enterprise.ok('GET', `/v1/customers?resellerId=${id}`)).toMatchObject({ total: 3 });
  });

  test('an unknown filter or sort key is refused, never ignored', async () => {
    const answer = await reseller.call<Problem>('GET', '/v1/customers?colour=red&sort=secret');
    expect(answer.body.errors.map((error) => error.path).sort()).toEqual(['query', 'query.sort']);
  });
});

describe('changing', () => {
  test('everything can be changed later, and the audit tells before and after', async () => {
    const customer = await make();
    const updated = await reseller.ok<Customer>('PATCH', `/v1/customers/${customer.id}`, {
      name: 'Renamed',
      productTypeId: types.get('contact-centre'),
      language: 'es',
      country: 'PT',
    });
    expect(updated).toMatchObject({ name: 'Renamed', language: 'es', effective: { country: 'PT', language: 'es' } });
    const { items } = await reseller.ok<{ items: (typeof AuditEvent)['_zod']['output'][] }>(
      'GET',
      `/v1/audit-events?subjectId=${customer.id}`,
    );
    expect(items[0]).toMatchObject({
      action: 'customers.update',
      actor: { kind: 'identity' },
      before: { name: customer.name, country: null },
      after: { name: 'Renamed', country: 'PT' },
    });
    expect(Object.keys(items[0]?.after ?? {})).not.toContain('reference');
  });

  test('a locked product type is refused with the reason', async () => {
    const customer = await make({ productTypeId: types.get('call-archive') });
    const answer = await reseller.call<Problem>('PATCH', `/v1/customers/${customer.id}`, { productTypeId: types.get('analytics') });
    expect(answer.body.errors).toMatchObject([
      { path: 'body.productTypeId', code: 'locked', message: 'This product type cannot be changed once assigned.' },
    ]);
    const spanish = await reseller.call<Problem>(
      'PATCH',
      `/v1/customers/${customer.id}`,
      { productTypeId: types.get('analytics') },
      { 'accept-language': 'es-ES' },
    );
    expect(spanish.status).toBe(400);
  });

  test('disabling stops logins, not the reseller, and enabling lets people in again', async () => {
    const email = `owner${count + 1}@customer.example`;
    const customer = await make({ primaryUser: { displayName: 'Olga', email } });
    const owner = await house.accept(email);
    expect((await owner.call('GET', `/v1/customers/${customer.id}`)).status).toBe(200);
    expect(await reseller.ok<Customer>('POST', `/v1/customers/${customer.id}/disable`)).toMatchObject({ status: 'disabled' });
    expect((await owner.call('GET', `/v1/customers/${customer.id}`)).status).toBe(403);
    expect((await reseller.call('GET', `/v1/customers/${customer.id}`)).status).toBe(200);
    await reseller.ok('POST', `/v1/customers/${customer.id}/enable`);
    expect((await owner.call('GET', `/v1/customers/${customer.id}`)).status).toBe(200);
  });

  test('one internal system per reseller', async () => {
    const [first, second] = [await make(), await make()];
    await reseller.ok('PATCH', `/v1/customers/${first.id}`, { isInternal: true });
    expect(await refused('PATCH', `/v1/customers/${second.id}`, { isInternal: true })).toEqual({ 'body.isInternal': 'taken' });
  });

  test('what the reseller notes about a customer is not the customer’s to read', async () => {
    const email = `reader${count + 1}@customer.example`;
    const customer = await make({ notes: 'pays late', reference: 'K-9', primaryUser: { displayName: 'Rea', email } });
    const reader = await house.accept(email);
    const answer = await reader.call('GET', `/v1/customers/${customer.id}`);
    expect(answer.text).not.toContain('pays late');
    expect(answer.text).not.toContain('K-9');
  });
});

describe('people and licences', () => {
  async function addUser(customerId: string, more: object = {}): Promise<User> {
    count += 1;
    return reseller.ok<User>('POST', `/v1/customers/${customerId}/users`, {
      displayName: 'Uma User',
      email: `uma${count}@customer.example`,
      ...more,
    });
  }
  const spans = (
    userId: string,
  ): Promise<{ role: string; is_trial: boolean; is_internal: boolean; product_type_id: string; open: boolean }[]> =>
    house.db.rows(
      `select role, is_trial, is_internal, product_type_id, to_at is null as open from licence_spans where user_id = $1 order by from_at, id`,
      [userId],
    );

  test('roles given and taken write licence spans, website access invites and ends', async () => {
    const customer = await make();
    const user = await addUser(customer.id, { roles: ['customer.user.pbx'] });
    expect(user).toMatchObject({ access: 'none', roles: ['customer.user.pbx'] });
    const path = `/v1/customers/${customer.id}/users/${user.id}`;
    const widened = await reseller.ok<User>('PATCH', path, { roles: ['customer.user.pbx', 'customer.user.acd', 'admin.user'] });
    expect(widened).toMatchObject({ access: 'invited', roles: ['customer.user', 'admin.user', 'customer.user.pbx', 'customer.user.acd'] });
    await reseller.ok('PATCH', path, { roles: ['customer.user.pbx'] });
    expect(await spans(user.id)).toMatchObject([
      { role: 'customer.user.pbx', open: true },
      { role: 'customer.user.acd', open: false },
    ]);
    expect(await reseller.ok<User>('GET', path)).toMatchObject({ access: 'none' });
  });

  test('a change of product, trial or internal flag splits the open spans', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const customer = await make({ trial: { startDate: today, endDate: today } });
    const user = await addUser(customer.id, { roles: ['customer.user.pbx'] });
    await reseller.ok('PATCH', `/v1/customers/${customer.id}`, { trial: null });
    await reseller.ok('PATCH', `/v1/customers/${customer.id}`, { productTypeId: types.get('contact-centre') });
    const found = await spans(user.id);
    expect(found.map((span) => [span.is_trial, span.product_type_id === types.get('contact-centre'), span.open])).toEqual([
      [true, false, false],
      [false, false, false],
      [false, true, true],
    ]);
  });

  test('many users at once: all or none, and the last administrator stays', async () => {
    const customer = await make();
    const [one, two] = [await addUser(customer.id), await addUser(customer.id)];
    const path = `/v1/customers/${customer.id}/users/roles`;
    expect(await reseller.ok('POST', path, { userIds: [one.id, two.id], add: ['customer.user.pbx'] })).toEqual({ changed: 2, invited: 0 });
    const stranger = '01900000-0000-7000-8000-000000000000';
    expect(await refused('POST', path, { userIds: [one.id, stranger], add: ['customer.user.pbx.realtime'] })).toEqual({
      'body.userIds.1': 'unknown',
    });
    expect((await spans(one.id)).map((span) => span.role)).toEqual(['customer.user.pbx']);
    const { items } = await reseller.ok<{ items: User[] }>('GET', `/v1/customers/${customer.id}/users?q=paula`);
    expect(await refused('PATCH', `/v1/customers/${customer.id}/users/${items[0]?.id}`, { roles: ['customer.user'] })).toEqual({
      'body.roles': 'lastAdmin',
    });
  });

  test('a customer’s own administrator gives website access but no licences', async () => {
    const email = `boss${count + 1}@customer.example`;
    const customer = await make({ primaryUser: { displayName: 'Bo', email } });
    const boss = await house.accept(email);
    const user = await addUser(customer.id, { roles: ['customer.user.pbx'] });
    const path = `/v1/customers/${customer.id}/users/${user.id}`;
    expect(await refused('PATCH', path, { roles: ['customer.user.pbx', 'customer.user.acd'] }, boss)).toEqual({
      'body.roles': 'notAllowed',
    });
    expect(await boss.ok<User>('PATCH', path, { roles: ['customer.user.pbx', 'customer.user'] })).toMatchObject({ access: 'invited' });
  });
});

test('a password works after an invitation, and the portal’s own cookie is one of many sessions', async () => {
  const again = await house.login('rita@north.example', PASSWORD);
  const { items } = await again.ok<{ items: { current: boolean }[] }>('GET', '/v1/sessions');
  expect(items.length).toBeGreaterThan(1);
  expect(items.filter((session) => session.current)).toHaveLength(1);
});
