import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Outlet, useParams, useRouteContext, useSearch } from '@tanstack/react-router';
import type { Me } from '../../contract/identity.ts';
import { meQuery, type Membership } from '../api/session.ts';
import { customerQuery, resellerQuery } from '../api/tenants.ts';
import { AppFrame } from './AppFrame.tsx';
import { navigationFor, type Place } from './navigation.ts';
import { DisabledPage, NoAccessPage } from './Failures.tsx';
import type { TrailItem } from './TenantTrail.tsx';

/** The frame for where one is now: navigation and trail follow the address. */
export function AppLayout() {
  const { data: me } = useSuspenseQuery(meQuery);
  const { customerId } = useParams({ strict: false }) as { customerId?: string };
  const { membership } = useRouteContext({ from: '/app' });
  const { kiosk } = useSearch({ strict: false });
  const usable = membership?.tenantStatus === 'active' ? membership : undefined;
  const place = placeOf(usable, customerId);
  const trail = useTrail(me, membership, usable === undefined ? undefined : customerId);
  // A screen on the wall shows its board and nothing around it.
  if (kiosk === true) return <Content membership={membership} />;
  return (
    <AppFrame me={me} trail={trail} entries={place === null ? [] : navigationFor(place, usable?.permissions ?? [])}>
      <Content membership={membership} />
    </AppFrame>
  );
}

function Content({ membership }: { membership: Membership | undefined }) {
  if (membership === undefined) return <NoAccessPage />;
  if (membership.tenantStatus !== 'active') return <DisabledPage name={membership.tenantName} />;
  return <Outlet />;
}

function placeOf(membership: Membership | undefined, customerId: string | undefined): Place | null {
  if (membership === undefined) return null;
  if (customerId !== undefined) return { level: 'customer', customerId };
  if (membership.tenantKind === 'customer') return { level: 'customer', customerId: membership.tenantId };
  return { level: membership.tenantKind };
}

/** The membership's own path, then the reseller and customer whose page is open. */
function useTrail(me: Me, membership: Membership | undefined, customerId: string | undefined): TrailItem[] {
  const path = (membership?.path ?? []).map((tenant): TrailItem => ({ ...tenant, ...reachable(tenant, me, membership) }));
  const known = new Set(path.map(({ id }) => id));
  const openId = customerId === undefined || known.has(customerId) ? undefined : customerId;
  const customer = useQuery({ ...customerQuery(openId ?? ''), enabled: openId !== undefined }).data;
  const ofEnterprise = membership?.tenantKind === 'enterprise';
  const resellerId = ofEnterprise ? customer?.resellerId : undefined;
  const reseller = useQuery({ ...resellerQuery(resellerId ?? ''), enabled: resellerId !== undefined }).data;
  if (reseller !== undefined) path.push({ id: reseller.id, name: reseller.name, kind: 'reseller', to: '/customers', as: reseller.id });
  if (openId !== undefined && customer !== undefined)
    path.push({ id: customer.id, name: customer.name, kind: 'customer', to: `/customers/${customer.id}` });
  return path;
}

/** One may go to one's own tenants and what lies below them, not above. */
function reachable(
  tenant: { id: string; kind: TrailItem['kind'] },
  me: Me,
  membership: Membership | undefined,
): Pick<TrailItem, 'to' | 'as'> {
  const own = tenant.id === membership?.tenantId || me.memberships.some(({ tenantId }) => tenantId === tenant.id);
  if (!own) return { to: null };
  return tenant.kind === 'customer' ? { to: `/customers/${tenant.id}` } : { to: '/', as: tenant.id };
}
