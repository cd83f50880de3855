/** A customer's shares of phone systems: made, checked, changed, tried out. */
export { checkConnection, type ConnectionFacts } from './check.ts';
export { createConnection } from './create.ts';
export { pbxConnectionRoutes } from './routes.ts';
export type { PbxConnectionServices, ResolvedConnection } from './services.ts';
