import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../shell/app-route.ts';

const auditRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/audit-events',
  validateSearch: (search: Record<string, unknown>): { subject?: string } =>
    typeof search['subject'] === 'string' ? { subject: search['subject'] } : {},
  component: lazyRouteComponent(() => import('./AuditPage.tsx'), 'AuditPage'),
});

export const auditRoutes = [auditRoute] as const;
