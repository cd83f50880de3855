import { Monitor } from '../../src/server/modules/monitoring/monitor.ts';
import { newId } from '../../src/server/platform/ids/index.ts';

/** A link shared by one customer for each account code. */
export function createMonitor(accounts: readonly string[]): Monitor {
  const lease = { linkId: newId(), ownerTenantId: newId(), leaseOwner: newId(), fence: 1 };
  const shares = accounts.map((account) => {
    const customerId = newId();
    const rules = [{ customerId, by: 'accountcode', value: account }];
    return { customerId, connectionId: newId(), rules, users: new Map<string, string>(), queues: new Map<string, string>() };
  });
  return new Monitor(lease, shares, { calls: [], agents: [] });
}
