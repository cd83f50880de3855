import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Call } from '../../src/contract/calls.ts';
import type { User } from '../../src/contract/users.ts';
import { startSimulatedPbx, type SimulatedPbx } from '../../src/server/simulator/index.ts';
import { startTestRingside, until, type Caller, type TestRingside } from '../harness/ringside.ts';

let house: TestRingside;
let pbx: SimulatedPbx;
let enterprise: Caller;
beforeAll(async () => {
  house = await startTestRingside();
  pbx = await startSimulatedPbx({ seed: 7 });
  ({ enterprise } = await house.setUp());
});
afterAll(async () => {
  await house.stop();
  await pbx.stop();
});

test('from an empty house to a call on the board while it rings, and in the list when it ends', async () => {
  await house.makeReseller(enterprise, 'North', 'rita@north.example');
  const reseller = await house.accept('rita@north.example');
  const { items: types } = await reseller.ok<{ items: { id: string; key: string }[] }>('GET', '/v1/product-types');
  const { customer, operationId } = await house.makeCustomer(reseller, {
    name: 'Acme',
    productTypeId: types.find((type) => type.key === 'contact-centre')?.id,
    primaryUser: { displayName: 'Paula Primary', email: 'paula@acme.example' },
    pbxConnection: { type: 'asterisk', settings: { host: pbx.host, port: pbx.port, username: pbx.user, secret: pbx.secret } },
  });
  const began = Date.now();
  const operation = await house.finished(reseller, operationId ?? '');
  expect(operation.status).toBe('done');
  const users = await reseller.ok<{ items: User[]; total: number }>('GET', `/v1/customers/${customer.id}/users?pageSize=200`);
  expect(users.total).toBe((pbx.companies[0]?.people.length ?? 0) + 1);
  expect(Date.now() - began).toBeLessThan(10_000);

  const board = await reseller.live(customer.id);
  await board.frame((frame) => frame.type === 'snapshot');
  await until(async () => {
    const last = board.frames.at(-1);
    return last?.links.some((link) => link.state === 'live');
  });
  const placed = pbx.place({
    kind: 'internal',
    caller: pbx.companies[0]?.people[0]?.extension ?? '',
    to: pbx.companies[0]?.people[1]?.extension ?? '',
  });
  await board.frame((frame) => frame.type === 'delta' && frame.calls.some((call) => call.state === 'ringing'));
  const facts = await placed.done;
  expect(facts).not.toBeNull();
  const calls = await until(async () => {
    const list = await reseller.ok<{ items: Call[] }>('GET', `/v1/customers/${customer.id}/calls`);
    return list.items[0]?.endedAt ? list.items : null;
  });
  expect(calls).toHaveLength(1);
  board.close();
}, 60_000);
