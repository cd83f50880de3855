import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Problem } from '../../../contract/errors.ts';
import type { Reseller } from '../../../contract/tenants.ts';
import type { ProductType } from '../../../contract/product-types.ts';
import { startTestRingside, type Caller, type TestRingside } from '../../../../test/harness/ringside.ts';

let house: TestRingside;
let enterprise: Caller;
beforeAll(async () => {
  house = await startTestRingside({ LOG_LEVEL: 'silent' });
  ({ enterprise } = await house.setUp());
});
afterAll(() => house.stop());

test('a reseller inherits what it does not set itself, and so do its customers', async () => {
  const reseller = await enterprise.ok<Reseller>('POST', '/v1/resellers', {
    name: 'Sur',
    language: 'es',
    primaryUser: { displayName: 'Sofía', email: 'sofia@sur.example' },
  });
  expect(reseller).toMatchObject({
    country: null,
    language: 'es',
    effective: { country: 'GB', timeZone: 'Europe/London', language: 'es' },
  });
  const sofia = await house.accept('sofia@sur.example');
  const { items } = await sofia.ok<{ items: ProductType[] }>('GET', '/v1/product-types');
  const { customer } = await house.makeCustomer(sofia, {
    name: 'Cliente',
    productTypeId: items[0]?.id,
    primaryUser: { displayName: 'Paco', email: 'paco@cliente.example' },
  });
  expect(customer.effective).toEqual({ country: 'GB', timeZone: 'Europe/London', language: 'es' });
  await enterprise.ok('PATCH', `/v1/resellers/${reseller.id}`, { country: 'ES', timeZone: 'Europe/Madrid' });
  expect(await sofia.ok('GET', `/v1/customers/${customer.id}`)).toMatchObject({ effective: { country: 'ES', timeZone: 'Europe/Madrid' } });
});

test('an invitation speaks the language of the tenant it is for', async () => {
  const [mail] = await house.db.rows<{ subject: string }>(`select subject from mails where recipient = 'sofia@sur.example'`);
  expect(mail?.subject).toMatch(/invitaci|acceso|bienvenid/i);
});

test('a disabled reseller’s people are locked out; the enterprise and the customers’ people are not', async () => {
  const { id } = await house.makeReseller(enterprise, 'Late Payer', 'lena@late.example');
  const lena = await house.accept('lena@late.example');
  const { items } = await lena.ok<{ items: ProductType[] }>('GET', '/v1/product-types');
  const { customer } = await house.makeCustomer(lena, {
    name: 'Bystander',
    productTypeId: items[0]?.id,
    primaryUser: { displayName: 'Bea', email: 'bea@bystander.example' },
  });
  const bea = await house.accept('bea@bystander.example');
  await enterprise.ok('POST', `/v1/resellers/${id}/disable`);
  expect((await lena.call<Problem>('GET', '/v1/customers')).body.code).toBe('tenantDisabled');
  expect((await bea.call('GET', `/v1/customers/${customer.id}`)).status).toBe(200);
  expect((await enterprise.call('GET', `/v1/customers/${customer.id}`)).status).toBe(200);
  await enterprise.ok('POST', `/v1/resellers/${id}/enable`);
  expect((await lena.call('GET', '/v1/customers')).status).toBe(200);
});

test('names are unique in the enterprise, whatever their letter case, and the grid counts customers', async () => {
  const again = await enterprise.call<Problem>('POST', '/v1/resellers', {
    name: 'sUR',
    primaryUser: { displayName: 'X', email: 'x@sur.example' },
  });
  expect(again.body.errors).toMatchObject([{ path: 'body.name', code: 'taken' }]);
  const list = await enterprise.ok<{ items: Reseller[]; total: number }>('GET', '/v1/resellers?q=sur');
  expect(list).toMatchObject({ total: 1, items: [{ name: 'Sur', customerCount: 1 }] });
});

test('a reseller’s own people see neither the list of resellers nor a way to change their own terms', async () => {
  const sofia = await house.login('sofia@sur.example');
  expect((await sofia.call('GET', '/v1/resellers')).status).toBe(403);
  const { items } = await enterprise.ok<{ items: Reseller[] }>('GET', '/v1/resellers?q=sur');
  expect((await sofia.call('PATCH', `/v1/resellers/${items[0]?.id}`, { mayGrantTrials: true })).status).toBe(403);
  const other = (await enterprise.ok<{ items: Reseller[] }>('GET', '/v1/resellers?q=late')).items[0];
  expect((await sofia.call('GET', `/v1/resellers/${other?.id}`)).status).toBe(404);
});
