/** A customer's shares of phone systems: made, checked, changed, tried out. */
export { checkConnection } from './check.ts';
export { createConnection } from './create.ts';
export { pbxConnectionRoutes } from './routes.ts';
