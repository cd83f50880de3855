/** The two routes every page hangs below; apart from `router.tsx`, so that features can name them as parents. */
import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, Outlet, redirect, retainSearchParams } from '@tanstack/react-router';
import { actAs } from '../api/client.ts';
import { ApiProblem } from '../api/problem.ts';
import { actingIn, meQuery } from '../api/session.ts';
import { AppLayout } from './AppLayout.tsx';
import { FailurePage, NotFoundPage } from './Failures.tsx';

interface Context {
  client: QueryClient;
}

export const rootRoute = createRootRouteWithContext<Context>()({
  component: Outlet,
  notFoundComponent: NotFoundPage,
  errorComponent: FailurePage,
  // Which tenant one acts in stands in the address and stays there from page to page.
  validateSearch: (search: Record<string, unknown>): { as?: string } => (typeof search['as'] === 'string' ? { as: search['as'] } : {}),
  search: { middlewares: [retainSearchParams(['as'])] },
});

/** Behind the login. */
export const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'app',
  component: AppLayout,
  beforeLoad: async ({ context, location, search, preload }) => {
    const me = await context.client.ensureQueryData(meQuery).catch((error: unknown) => {
      if (error instanceof ApiProblem && error.status === 401)
        throw redirect({ to: '/login', search: location.pathname === '/' ? {} : { next: location.href } });
      throw error;
    });
    const membership = await actingIn(context.client, me, search.as);
    // What is only looked at ahead changes nothing yet; what was read in another tenant is not shown in this one.
    if (!preload && actAs(membership?.tenantId ?? null))
      context.client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' });
    return { membership };
  },
});
