/** Skeleton things of customers. */
export { skeletonThingRoutes } from './routes.ts';
