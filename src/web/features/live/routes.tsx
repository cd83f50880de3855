import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { customerRoute } from '../customers/customer-route.tsx';
import { liveView } from './live-view.ts';

const liveRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: 'live',
  validateSearch: liveView,
  component: lazyRouteComponent(() => import('./LivePage.tsx'), 'LivePage'),
});

export const liveRoutes = [liveRoute] as const;
