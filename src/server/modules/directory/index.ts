/** People and queues of the phone systems, brought into line with each customer's users. */
import type { TaskHandlers } from '../../platform/jobs/index.ts';
import type { DirectoryServices } from './services.ts';
import { runSync } from './sync.ts';

export { forgetConnection } from './forget.ts';
export { FAILURE_TEXTS } from './messages.ts';
export { namesOfShares } from './names.ts';
export type { DirectoryServices } from './services.ts';
export { startSync, syncDue } from './start.ts';

export function directoryTasks(services: DirectoryServices): Pick<TaskHandlers, 'pbx-connections.sync'> {
  return { 'pbx-connections.sync': ({ operationId, tenantId }) => runSync(services, { id: operationId, tenantId }) };
}
