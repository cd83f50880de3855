/** Connection settings a reseller keeps for many customers. */
export { templateFor } from './repository.ts';
export type { Template } from './repository.ts';
export { pbxTemplateRoutes } from './routes.ts';
