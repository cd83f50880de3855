export { userRoutes } from './routes.ts';
export { addPrimaryUser } from './primary-user.ts';
