/** Long work as a resource: steps with progress, questions to the one who watches, resumed after any crash. */
export {
  activeOperation,
  finish,
  operationState,
  startOperation,
  stepDone,
  stepFailed,
  stepNeedsDecision,
  stepProgress,
  stepRunning,
} from './repository.ts';
export type { OperationRef } from './repository.ts';
export { operationRoutes } from './routes.ts';
