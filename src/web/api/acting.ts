import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Permission } from '../../contract/permissions.ts';
import type { Membership } from './session.ts';
import { resellerQuery } from './tenants.ts';

const app = getRouteApi('/app');

/** What one acts with on this page; undefined when one belongs to no tenant. */
export function useMembership(): Membership | undefined {
  return app.useRouteContext().membership;
}

/** Whether one's roles give a permission. The API decides; this only spares buttons that would be refused. */
export function useMay(permission: Permission): boolean {
  return useMembership()?.permissions.includes(permission) === true;
}

/** A reseller, as far as one may see it: a customer's own people may not. @param resellerId null while none is chosen */
export function useReseller(resellerId: string | null) {
  const reachable = useMembership()?.tenantKind !== 'customer';
  return useQuery({ ...resellerQuery(resellerId ?? ''), enabled: resellerId !== null && reachable });
}
