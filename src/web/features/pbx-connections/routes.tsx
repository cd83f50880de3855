import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { customerRoute } from '../customers/customer-route.tsx';

const pbxRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: 'pbx',
  component: lazyRouteComponent(() => import('./PbxPage.tsx'), 'PbxPage'),
});

const connectRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: 'pbx/new',
  component: lazyRouteComponent(() => import('./ConnectPage.tsx'), 'ConnectPage'),
});

const settingsRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: 'pbx/$connectionId',
  component: lazyRouteComponent(() => import('./SettingsPage.tsx'), 'SettingsPage'),
});

export const pbxConnectionsRoutes = [pbxRoute, connectRoute, settingsRoute] as const;
