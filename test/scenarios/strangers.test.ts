import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Call } from '../../src/contract/calls.ts';
import type { PbxConnection } from '../../src/contract/pbx-connections.ts';
import { createMonitoring } from '../../src/server/modules/monitoring/index.ts';
import { createLocalBus } from '../../src/server/platform/bus/index.ts';
import { createMetrics } from '../../src/server/platform/metrics/index.ts';
import { startSimulatedPbx, type SimulatedPbx } from '../../src/server/simulator/index.ts';
import { startTestRingside, until, type TestRingside } from '../harness/ringside.ts';

const T0 = Date.UTC(2026, 10, 22);
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
  const connection = await until(async () =>
    (await reseller.ok<{ items: PbxConnection[] }>('GET', path)).items.find((item) => item.health.state === 'live'),
  );
  const [link] = await house.db.rows<{ id: string; tenant_id: string; lease_owner: string; lease_fence: string }>(
    'select * from pbx_links',
  );
  if (!link) throw new Error('there is no link');
  const monitor = await createMonitoring({ ...house.ringside.services, bus: createLocalBus(), metrics: createMetrics(), flushMs: 20 }).open(
    { linkId: link.id, ownerTenantId: link.tenant_id, leaseOwner: link.lease_owner, fence: Number(link.lease_fence) },
    [
      {
        customerId: customer.id,
        connectionId: connection.id,
        rules: [{ customerId: customer.id, by: 'accountcode', value: known?.key ?? '' }],
        users: new Map(),
        queues: new Map(),
      },
    ],
  );
  // A leg stays in memory for a minute after its end, by the time of the events: the second call comes later.
  for (const [leg, at] of [
    ['1.1', 0],
    ['1.2', 61_000],
  ] as const) {
    const envelope = { at: T0 + at, receivedAt: T0 + at, seq: at, origin: 'live' } as const;
    const keys = [`accountcode:${stranger?.key}`];
    const party = { number: '101', name: 'Somebody else' };
    monitor.events([
      { ...envelope, type: 'leg.started', leg, call: leg, kind: 'device', device: 'PJSIP/x', party, dialled: '102', keys, up: false },
      { ...envelope, type: 'leg.ended', leg, cause: 16, causeText: null },
    ]);
    await new Promise((resolve) => setImmediate(resolve));
  }
  const settings = await until(async () => {
    const answer = await reseller.ok<{ unattributed: { keys: string; legs: number }[] }>('GET', `${path}/${connection.id}/settings`);
    return answer.unattributed.length > 0 && answer;
  });
  expect(settings.unattributed).toEqual([{ keys: `accountcode:${stranger?.key}`, legs: 1 }]);
  const { items: calls } = await reseller.ok<{ items: Call[] }>('GET', `/v1/customers/${customer.id}/calls`);
  expect(calls).toEqual([]);
});
