import type { QueryClient } from '@tanstack/react-query';
import { createRoute, createRouter, redirect } from '@tanstack/react-router';
import type { Membership } from '../api/session.ts';
import { apiClientsRoutes } from '../features/api-clients/routes.tsx';
import { auditRoutes } from '../features/audit-events/routes.tsx';
import { customersRoutes } from '../features/customers/routes.tsx';
import { LoginPage } from '../features/identity/LoginPage.tsx';
import { identityRoutes } from '../features/identity/routes.tsx';
import { mailsRoutes } from '../features/mails/routes.tsx';
import { operationsRoutes } from '../features/operations/routes.tsx';
import { pbxTemplatesRoutes } from '../features/pbx-templates/routes.tsx';
import { profileRoutes } from '../features/profile/routes.tsx';
import { resellersRoutes } from '../features/resellers/routes.tsx';
import { appRoute, rootRoute } from './app-route.ts';
import { FailurePage, NotFoundPage } from './Failures.tsx';

const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  component: LoginPage,
  validateSearch: (search: Record<string, unknown>): { next?: string } => (isOwnPath(search['next']) ? { next: search['next'] } : {}),
});

const homeRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/',
  beforeLoad: ({ context }) => goHome(context.membership),
  component: NotFoundPage,
});

/** Every other address: behind the login too, so that a stranger learns nothing from it. */
const elsewhereRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '$',
  component: NotFoundPage,
});

const routeTree = rootRoute.addChildren([
  loginRoute,
  ...identityRoutes,
  appRoute.addChildren([
    homeRoute,
    ...resellersRoutes,
    ...customersRoutes,
    ...pbxTemplatesRoutes,
    ...operationsRoutes,
    ...apiClientsRoutes,
    ...auditRoutes,
    ...mailsRoutes,
    ...profileRoutes,
    elsewhereRoute,
  ]),
]);

export function makeRouter(client: QueryClient) {
  return createRouter({
    routeTree,
    context: { client },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultNotFoundComponent: NotFoundPage,
    defaultErrorComponent: FailurePage,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}

/** Where each level's work begins. */
function goHome(membership: Membership | undefined): void {
  if (membership?.tenantStatus !== 'active') return;
  switch (membership.tenantKind) {
    case 'enterprise':
      throw redirect({ to: '/resellers', replace: true });
    case 'reseller':
      throw redirect({ to: '/customers', replace: true });
    case 'customer':
      throw redirect({ to: '/customers/$customerId/live', params: { customerId: membership.tenantId }, replace: true });
  }
}

/** Only a path of ours may be gone to after the login, never another site's address. */
function isOwnPath(next: unknown): next is string {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next);
}
