import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../shell/app-route.ts';

const mailsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/mail',
  validateSearch: (search: Record<string, unknown>): { mail?: string } =>
    typeof search['mail'] === 'string' ? { mail: search['mail'] } : {},
  component: lazyRouteComponent(() => import('./MailsPage.tsx'), 'MailsPage'),
});

export const mailsRoutes = [mailsRoute] as const;
