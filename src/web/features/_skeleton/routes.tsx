import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { customerRoute } from '../customers/customer-route.tsx';

const listRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: 'skeleton-things',
  component: lazyRouteComponent(() => import('./SkeletonThingsPage.tsx'), 'SkeletonThingsPage'),
});

export const skeletonThingsRoutes = [listRoute] as const;
