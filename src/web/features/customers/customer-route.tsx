import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { customerQuery } from '../../api/tenants.ts';
import { appRoute } from '../../shell/app-route.ts';

/** Around all pages of one customer; the sections (users, phone system, live, calls) are its children. */
export const customerRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/customers/$customerId',
  loader: ({ context, params }) => context.client.ensureQueryData(customerQuery(params.customerId)),
  component: lazyRouteComponent(() => import('./CustomerLayout.tsx'), 'CustomerLayout'),
});
