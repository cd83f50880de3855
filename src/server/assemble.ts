/** Every route with its handler and every task of the workers, from the modules. */
import { agentRoutes } from './modules/agents/index.ts';
import { auditEventRoutes } from './modules/audit-events/index.ts';
import { callRoutes } from './modules/calls/index.ts';
import { customerRoutes } from './modules/customers/index.ts';
import { directoryTasks } from './modules/directory/index.ts';
import { identityRoutes, identityTasks, invite } from './modules/identity/index.ts';
import { licenceTasks } from './modules/licences/index.ts';
import type { Links, PbxPorts } from './modules/links/index.ts';
import { operationRoutes } from './modules/operations/index.ts';
import { checkConnection, createConnection, pbxConnectionRoutes } from './modules/pbx-connections/index.ts';
import { pbxTemplateRoutes } from './modules/pbx-templates/index.ts';
import { productTypeRoutes } from './modules/product-types/index.ts';
import { resellerRoutes } from './modules/tenants/index.ts';
import { userRoutes } from './modules/users/index.ts';
import type { Clock } from './platform/clock/index.ts';
import type { SecretBox } from './platform/crypto/index.ts';
import { purgeExpired, type Database } from './platform/db/index.ts';
import type { Binding } from './platform/http/context.ts';
import type { TaskHandlers } from './platform/jobs/index.ts';
import type { Log } from './platform/log/index.ts';
import { createMailSender } from './platform/mail/index.ts';

export interface Services {
  database: Database;
  clock: Clock;
  log: Log;
  box: SecretBox;
  ports: PbxPorts;
  publicUrl: string;
  /** Null: mails stay in the outbox. */
  smtpUrl: string | null;
  /** The links of this process, to be told of changes at once; null where another process holds them. */
  links: () => Pick<Links, 'poke'> | null;
}

export function assembleRoutes(services: Services): Binding[] {
  const identity = { secretBox: services.box, publicUrl: services.publicUrl, smtpConfigured: services.smtpUrl !== null };
  const pbx = { ports: services.ports, box: services.box, poke: () => services.links()?.poke() };
  return [
    ...identityRoutes(identity),
    ...resellerRoutes({ invite }),
    ...customerRoutes({ checkConnection: checkConnection(pbx), createConnection: createConnection(pbx) }),
    ...userRoutes(),
    ...productTypeRoutes(),
    ...pbxTemplateRoutes(pbx),
    ...pbxConnectionRoutes(pbx),
    ...operationRoutes(),
    ...callRoutes(),
    ...agentRoutes(),
    ...auditEventRoutes(),
  ];
}

export function assembleTasks(services: Services): TaskHandlers {
  const { database, clock } = services;
  return {
    ...identityTasks(database, clock, { secretBox: services.box, publicUrl: services.publicUrl }),
    ...directoryTasks(services),
    ...licenceTasks(database, clock),
    'mails.send': createMailSender(database, clock, services),
    housekeeping: () => database.system([], (db) => purgeExpired(db, clock.now())),
  };
}
