/** Ringside whole, connected to a real Asterisk that serves two customers with the same extensions. */
import type { Agent } from '../../src/contract/agents.ts';
import type { Call, CallDetail } from '../../src/contract/calls.ts';
import type { PbxConnection } from '../../src/contract/pbx-connections.ts';
import type { ProductType } from '../../src/contract/product-types.ts';
import { openBench, type Bench } from '../../lab/asterisk/bench.ts';
import { startLab, type AmiUser, type Lab, type LabVersion } from '../../lab/asterisk/lab.ts';
import { startTestRingside, until, type Caller, type TestRingside } from '../harness/ringside.ts';

export type TenantName = 'acme' | 'globex';

export interface AsteriskWorld {
  lab: Lab;
  bench: Bench;
  house: TestRingside;
  reseller: Caller;
  customers: Record<TenantName, string>;
  /** Ended calls that began at or after a moment, oldest first, with all their parts; waits for `count` of them and for a doubled one. */
  callsSince(tenant: TenantName, from: number, count: number): Promise<CallDetail[]>;
  agentsOf(tenant: TenantName): Promise<Agent[]>;
  stop(): Promise<void>;
}

/** How this PBX tells its customers apart, for each login: the least rights do not show account codes of people. */
const RULES: Record<'readonly' | 'analytics', (tenant: TenantName) => { by: string; value: string }> = {
  analytics: (tenant) => ({ by: 'accountcode', value: tenant }),
  readonly: (tenant) => ({ by: 'name', value: `PJSIP/${tenant}-*` }),
};

export async function startWorld(version: LabVersion, user: AmiUser & ('readonly' | 'analytics')): Promise<AsteriskWorld> {
  const lab = await startLab({ version });
  const bench = await openBench(lab);
  const house = await startTestRingside();
  const { enterprise } = await house.setUp();
  await house.makeReseller(enterprise, 'Lab reseller', 'lab@reseller.example');
  const reseller = await house.accept('lab@reseller.example');
  const { items } = await reseller.ok<{ items: ProductType[] }>('GET', '/v1/product-types');
  const productTypeId = items.find((type) => type.key === 'contact-centre')?.id;
  const { username, secret } = lab.ami.users[user];
  const connect = async (tenant: TenantName): Promise<string> => {
    const { customer, operationId } = await house.makeCustomer(reseller, {
      name: tenant,
      productTypeId,
      primaryUser: { displayName: `${tenant} owner`, email: `owner@${tenant}.example` },
      pbxConnection: {
        type: 'asterisk',
        settings: { host: lab.ami.host, port: lab.ami.port, username, secret },
        attribution: RULES[user](tenant),
      },
    });
    const operation = await house.finished(reseller, operationId ?? '');
    if (operation.status !== 'done') throw new Error(`sync of ${tenant}: ${JSON.stringify(operation)}`);
    return customer.id;
  };
  const customers = { acme: await connect('acme'), globex: await connect('globex') };
  for (const id of Object.values(customers)) {
    await until(async () => {
      const { items: links } = await reseller.ok<{ items: PbxConnection[] }>('GET', `/v1/customers/${id}/pbx-connections`);
      return links.every((link) => link.health.state === 'live');
    });
  }
  return {
    lab,
    bench,
    house,
    reseller,
    customers,
    async callsSince(tenant, from, count) {
      const path = `/v1/customers/${customers[tenant]}/calls`;
      // The PBX's clock, corrected by a measured skew, may be some milliseconds off ours.
      const since = new Date(from - 10).toISOString();
      const read = (): Promise<{ items: Call[] }> => reseller.ok('GET', `${path}?from=${since}&limit=200`);
      await until(async () => {
        const { items: seen } = await read();
        return seen.length >= count && seen.every((call) => call.endedAt !== null);
      }, 3000).catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 200));
      const { items: calls } = await read();
      const details: CallDetail[] = [];
      for (const call of calls.toReversed()) details.push(await reseller.ok<CallDetail>('GET', `${path}/${call.id}`));
      return details;
    },
    agentsOf: async (tenant) => (await reseller.ok<{ items: Agent[] }>('GET', `/v1/customers/${customers[tenant]}/agents`)).items,
    async stop() {
      await house.stop();
      await bench.close();
      await lab.stop();
    },
  };
}
