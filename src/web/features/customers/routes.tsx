import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../shell/app-route.ts';
import { agentsRoutes } from '../agents/routes.tsx';
import { callsRoutes } from '../calls/routes.tsx';
import { liveRoutes } from '../live/routes.tsx';
import { pbxConnectionsRoutes } from '../pbx-connections/routes.tsx';
import { usersRoutes } from '../users/routes.tsx';
import { customerRoute } from './customer-route.tsx';
import { customersSearch } from './customers-view.ts';
import { wizardSearch } from './wizard/wizard-search.ts';

const customersRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/customers',
  validateSearch: customersSearch,
  component: lazyRouteComponent(() => import('./CustomersPage.tsx'), 'CustomersPage'),
});

const createRouteOfWizard = createRoute({
  getParentRoute: () => appRoute,
  path: '/customers/new',
  validateSearch: wizardSearch,
  component: lazyRouteComponent(() => import('./wizard/CreateCustomerPage.tsx'), 'CreateCustomerPage'),
});

const overviewRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./OverviewPage.tsx'), 'OverviewPage'),
});

const editRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: 'edit',
  component: lazyRouteComponent(() => import('./EditCustomerPage.tsx'), 'EditCustomerPage'),
});

export const customersRoutes = [
  customersRoute,
  createRouteOfWizard,
  customerRoute.addChildren([
    overviewRoute,
    editRoute,
    ...usersRoutes,
    ...pbxConnectionsRoutes,
    ...liveRoutes,
    ...callsRoutes,
    ...agentsRoutes,
  ]),
] as const;
