import type { QueryClient } from '@tanstack/react-query';
import { createRoute, createRouter } from '@tanstack/react-router';
import { customersRoutes } from '../features/customers/routes.tsx';
import { LoginPage } from '../features/identity/LoginPage.tsx';
import { operationsRoutes } from '../features/operations/routes.tsx';
import { pbxTemplatesRoutes } from '../features/pbx-templates/routes.tsx';
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
  appRoute.addChildren([homeRoute, ...customersRoutes, ...pbxTemplatesRoutes, ...operationsRoutes, elsewhereRoute]),
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

/** Only a path of ours may be gone to after the login, never another site's address. */
function isOwnPath(next: unknown): next is string {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next);
}
