import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../../shell/app-route.ts';

const templatesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/pbx-templates',
  component: lazyRouteComponent(() => import('./TemplatesPage.tsx'), 'TemplatesPage'),
});

const newTemplateRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/pbx-templates/new',
  component: lazyRouteComponent(() => import('./NewTemplatePage.tsx'), 'NewTemplatePage'),
});

const editTemplateRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/pbx-templates/$templateId',
  component: lazyRouteComponent(() => import('./EditTemplatePage.tsx'), 'EditTemplatePage'),
});

export const pbxTemplatesRoutes = [templatesRoute, newTemplateRoute, editTemplateRoute] as const;
