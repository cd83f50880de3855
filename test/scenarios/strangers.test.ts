import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Call } from '../../src/contract/calls.ts';
import type { PbxConnection } from '../../src/contract/pbx-connections.ts';
import { startSimulatedPbx, type SimulatedPbx } from '../../src/server/simulator/simulated-pbx.ts';
import { startTestRingside, until, type TestRingside } from '../harness/ringside.ts';

let house: TestRingside;
let pbx: SimulatedPbx;
beforeAll(async () => {
  [house, pbx] = await Promise.all([startTestRingside(), startSimulatedPbx({ seed: 11, companies: 2 })]);
});
afterAll(async () => {
  await house.stop();
  await pbx.stop();
});

test('what belongs to no customer is counted for the link’s owner and stored for nobody', async () => {
  const { enterprise } = await house.setUp();
  await house.makeReseller(enterprise, 'North', 'rita@north.example');
  const reseller = await house.accept('rita@north.example');
  const { items: types } = await reseller.ok<{ items: { id: string; key: string }[] }>('GET', '/v1/product-types');
  const [known, stranger] = pbx.companies;
  const { customer, operationId } = await house.makeCustomer(reseller, {
    name: 'Known',
    productTypeId: types[0]?.id,
    primaryUser: { displayName: 'Paula', email: 'paula@known.example' },
    pbxConnection: {
      type: 'asterisk',
      settings: { host: pbx.host, port: pbx.port, username: pbx.user, secret: pbx.secret },
      attribution: { by: 'accountcode', value: known?.key },
    },
  });
  await house.finished(reseller, operationId ?? '');
  const path = `/v1/customers/${customer.id}/pbx-connections`;
  const connection = await until(async () => (await reseller.ok<{ items: PbxConnection[] }>('GET', path)).items.find((item) => item.health.state === 'live'));
  const [caller, callee] = stranger?.people ?? [];
  await pbx.place({ company: stranger?.key ?? '', kind: 'internal', caller: caller?.extension ?? '', to: callee?.extension ?? '' }).done;
  const settings = await until(async () => {
    const answer = await reseller.ok<{ unattributed: { keys: string; legs: number }[] }>('GET', `${path}/${connection.id}/settings`);
    return answer.unattributed.length > 0 && answer;
  });
  expect(settings.unattributed.map((entry) => entry.keys).join(' ')).toContain(`accountcode:${stranger?.key}`);
  const { items: calls } = await reseller.ok<{ items: Call[] }>('GET', `/v1/customers/${customer.id}/calls`);
  expect(calls).toEqual([]);
});
