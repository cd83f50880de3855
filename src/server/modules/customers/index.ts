export { customerRoutes, type CustomerServices } from './routes.ts';
