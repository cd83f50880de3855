import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { customerRoute } from '../customers/customer-route.tsx';
import { dayFrom } from '../calls/ranges.ts';

const agentsRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: 'agents',
  validateSearch: (search: Record<string, unknown>): { day?: string } => {
    const day = dayFrom(search['day']);
    return day === undefined ? {} : { day };
  },
  component: lazyRouteComponent(() => import('./AgentsPage.tsx'), 'AgentsPage'),
});

export const agentsRoutes = [agentsRoute] as const;
