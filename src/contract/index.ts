/** Every route there is, by resource. */
import { agents } from './agents.ts';
import { auditEvents } from './audit-events.ts';
import { calls } from './calls.ts';
import { customers } from './customers.ts';
import { apiClients, identity, mails } from './identity.ts';
import { operations } from './operations.ts';
import { pbxConnections, pbxTemplates, pbxTypes } from './pbx-connections.ts';
import { productTypes } from './product-types.ts';
import { resellers } from './tenants.ts';
import { users } from './users.ts';

export const contract = {
  identity,
  apiClients,
  mails,
  resellers,
  customers,
  users,
  productTypes,
  pbxTypes,
  pbxTemplates,
  pbxConnections,
  operations,
  calls,
  agents,
  auditEvents,
};
