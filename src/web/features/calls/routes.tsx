import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { customerRoute } from '../customers/customer-route.tsx';
import { callsSearch, callsView } from './calls-view.ts';

const callsRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: 'calls',
  validateSearch: (search: Record<string, unknown>) => callsSearch(callsView(search)),
  component: lazyRouteComponent(() => import('./CallsPage.tsx'), 'CallsPage'),
});

const callRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: 'calls/$callId',
  component: lazyRouteComponent(() => import('./CallPage.tsx'), 'CallPage'),
});

export const callsRoutes = [callsRoute, callRoute] as const;
