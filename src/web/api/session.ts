import { queryOptions } from '@tanstack/react-query';
import { contract } from '../../contract/index.ts';
import type { Me } from '../../contract/identity.ts';
import { call } from './client.ts';

export type Membership = Me['memberships'][number];

/** Who is logged in, with all memberships; fails with 401 when nobody is. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => call(contract.identity.me, {}, { signal }),
  staleTime: 60_000,
  retry: false,
});

/** The membership one acts in: the one asked for, else the first. */
export function membershipOf(me: Me, tenantId: string | undefined): Membership | undefined {
  return me.memberships.find((membership) => membership.tenantId === tenantId) ?? me.memberships[0];
}
