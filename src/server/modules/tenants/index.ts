export { resellerRoutes } from './routes.ts';
export {
  effectiveSettings,
  insertTenant,
  lockTenant,
  nameFault,
  readTenant,
  uniqueFault,
  type EffectiveSettings,
  type TenantRow,
} from './repository.ts';
export { changeStatus } from './status.ts';
