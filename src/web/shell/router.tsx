import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, Outlet, redirect, retainSearchParams } from '@tanstack/react-router';
import { actAs } from '../api/client.ts';
import { ApiProblem } from '../api/problem.ts';
import { membershipOf, meQuery } from '../api/session.ts';
import { LoginPage } from '../features/identity/LoginPage.tsx';
import { AppLayout } from './AppLayout.tsx';
import { FailurePage, NotFoundPage } from './Failures.tsx';

interface Context {
  client: QueryClient;
}

const rootRoute = createRootRouteWithContext<Context>()({
  component: Outlet,
  notFoundComponent: NotFoundPage,
  errorComponent: FailurePage,
  // Which membership one acts in stands in the address and stays there from page to page.
  validateSearch: (search: Record<string, unknown>): { as?: string } => (typeof search['as'] === 'string' ? { as: search['as'] } : {}),
  search: { middlewares: [retainSearchParams(['as'])] },
});

const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  component: LoginPage,
  validateSearch: (search: Record<string, unknown>): { next?: string } => (isOwnPath(search['next']) ? { next: search['next'] } : {}),
});

const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'app',
  component: AppLayout,
  beforeLoad: async ({ context, location, search }) => {
    const me = await context.client.ensureQueryData(meQuery).catch((error: unknown) => {
      if (error instanceof ApiProblem && error.status === 401)
        throw redirect({ to: '/login', search: location.pathname === '/' ? {} : { next: location.href } });
      throw error;
    });
    const membership = membershipOf(me, search.as);
    actAs(membership?.tenantId ?? null);
    return { membership };
  },
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

export function makeRouter(client: QueryClient) {
  return createRouter({
    routeTree: rootRoute.addChildren([loginRoute, appRoute.addChildren([homeRoute, elsewhereRoute])]),
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
