import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { contract } from '../../contract/index.ts';
import type { Me } from '../../contract/identity.ts';
import { call } from './client.ts';
import { resellerQuery } from './tenants.ts';

export type Membership = Me['memberships'][number];

/** Who is logged in, with all memberships; fails with 401 when nobody is. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => call(contract.identity.me, {}, { signal }),
  staleTime: 60_000,
  retry: false,
});

/** The membership one acts in: the one asked for, else the first that is not disabled, else the first. */
export function membershipOf(me: Me, tenantId: string | undefined): Membership | undefined {
  const asked = me.memberships.find((membership) => membership.tenantId === tenantId);
  return asked ?? me.memberships.find(({ tenantStatus }) => tenantStatus === 'active') ?? me.memberships[0];
}

/**
 * What one acts with: a membership of one's own or, for the enterprise's people who opened a reseller,
 * their rights in that reseller. @param tenantId as asked for in the address; what is out of reach counts as absent
 */
export async function actingIn(client: QueryClient, me: Me, tenantId: string | undefined): Promise<Membership | undefined> {
  const own = membershipOf(me, tenantId);
  if (tenantId === undefined || own === undefined || own.tenantId === tenantId || own.tenantKind !== 'enterprise') return own;
  const reseller = await client.ensureQueryData(resellerQuery(tenantId)).catch(() => null);
  if (reseller === null) return own;
  const { id, name } = reseller;
  return {
    ...own,
    tenantId: id,
    tenantName: name,
    tenantKind: 'reseller',
    tenantStatus: 'active',
    path: [...own.path, { id, name, kind: 'reseller' }],
  };
}
