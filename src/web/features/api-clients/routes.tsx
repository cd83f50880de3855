import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../shell/app-route.ts';

const apiClientsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/api-clients',
  component: lazyRouteComponent(() => import('./ApiClientsPage.tsx'), 'ApiClientsPage'),
});

export const apiClientsRoutes = [apiClientsRoute] as const;
