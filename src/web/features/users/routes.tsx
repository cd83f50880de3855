import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { customerRoute } from '../customers/customer-route.tsx';
import { usersSearch } from './users-view.ts';

const usersRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: 'users',
  validateSearch: usersSearch,
  component: lazyRouteComponent(() => import('./UsersPage.tsx'), 'UsersPage'),
});

export const usersRoutes = [usersRoute] as const;
