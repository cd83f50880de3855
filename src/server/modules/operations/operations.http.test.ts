import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestRingside, type Caller, type TestRingside } from '../../../../test/harness/ringside.ts';
import type { Operation } from '../../../contract/operations.ts';
import { systemClock } from '../../platform/clock/index.ts';
import { newId } from '../../platform/ids/index.ts';
import { startOperation, stepDone, stepNeedsDecision, stepProgress, stepRunning } from './index.ts';

let house: TestRingside;
let reseller: Caller;
let stranger: Caller;
let customerId: string;
beforeAll(async () => {
  house = await startTestRingside({ LOG_LEVEL: 'warn' });
  const { enterprise } = await house.setUp();
  await house.makeReseller(enterprise, 'North', 'rita@north.example');
  await house.makeReseller(enterprise, 'South', 'sam@south.example');
  reseller = await house.accept('rita@north.example');
  stranger = await house.accept('sam@south.example');
  const { items } = await reseller.ok<{ items: { id: string }[] }>('GET', '/v1/product-types');
  const made = await house.makeCustomer(reseller, {
    name: 'Acme',
    productTypeId: items[0]?.id,
    primaryUser: { displayName: 'Paula', email: 'paula@acme.example' },
  });
  customerId = made.customer.id;
});
afterAll(() => house.stop());

/** An operation that waits for a decision at its second step. */
async function asking(): Promise<string> {
  return house.ringside.services.database.system([customerId], async (db) => {
    const id = await startOperation(db, systemClock, {
      tenantId: customerId,
      kind: 'pbx-connections.sync',
      subjectId: newId(),
      steps: ['connect', 'sync'],
    });
    const operation = { id, tenantId: customerId };
    await stepRunning(db, systemClock, operation, 'connect');
    await stepDone(db, systemClock, operation, 'connect');
    await stepRunning(db, systemClock, operation, 'sync');
    await stepProgress(db, operation, 'sync', { done: 3, total: 9 });
    await stepNeedsDecision(db, operation, 'sync', { message: { en: 'Really?', es: '¿De verdad?' }, state: { asked: ['x'] } });
    return id;
  });
}

test('an operation shows how far it has come and what it asks; stopped, it is over', async () => {
  const id = await asking();
  const before = await reseller.ok<Operation>('GET', `/v1/operations/${id}`);
  expect(before.status).toBe('needsDecision');
  expect(before.steps.map(({ key, status, done, total, message }) => ({ key, status, done, total, message }))).toEqual([
    { key: 'connect', status: 'done', done: null, total: null, message: null },
    { key: 'sync', status: 'needsDecision', done: 3, total: 9, message: { en: 'Really?', es: '¿De verdad?' } },
  ]);
  const after = await reseller.ok<Operation>('POST', `/v1/operations/${id}/decision`, { decision: 'stop' });
  expect([after.status, after.finishedAt === null, after.steps[1]?.status]).toEqual(['cancelled', false, 'failed']);
  expect((await reseller.call('POST', `/v1/operations/${id}/decision`, { decision: 'continue' })).status).toBe(409);
  const list = await reseller.ok<{ items: Operation[] }>('GET', `/v1/operations?subjectId=${before.subjectId}`);
  expect(list.items.map((operation) => operation.id)).toEqual([id]);
});

test('to a stranger an operation does not exist', async () => {
  const id = await asking();
  expect((await stranger.call('GET', `/v1/operations/${id}`)).status).toBe(404);
  expect((await stranger.call('POST', `/v1/operations/${id}/decision`, { decision: 'stop' })).status).toBe(404);
  expect((await stranger.ok<{ items: Operation[] }>('GET', '/v1/operations')).items).toEqual([]);
});
