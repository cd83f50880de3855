import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { resellerQuery } from '../../api/tenants.ts';
import { appRoute } from '../../shell/app-route.ts';
import { resellersSearch, resellersView } from './resellers-view.ts';

const resellersRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/resellers',
  validateSearch: (search: Record<string, unknown>) => resellersSearch(resellersView(search)),
  component: lazyRouteComponent(() => import('./ResellersPage.tsx'), 'ResellersPage'),
});

const newResellerRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/resellers/new',
  component: lazyRouteComponent(() => import('./NewResellerPage.tsx'), 'NewResellerPage'),
});

const resellerRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/resellers/$resellerId',
  loader: ({ context, params }) => context.client.ensureQueryData(resellerQuery(params.resellerId)),
  component: lazyRouteComponent(() => import('./ResellerPage.tsx'), 'ResellerPage'),
});

export const resellersRoutes = [resellersRoute, newResellerRoute, resellerRoute] as const;
