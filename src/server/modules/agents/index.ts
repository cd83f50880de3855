import { contract } from '../../../contract/index.ts';
import { handle, type Binding } from '../../platform/http/context.ts';
import { notFound } from '../../platform/http/fault.ts';
import { listAgents, listQueues, listSpans } from './repository.ts';

export { listAgents, listQueues } from './repository.ts';
export { agentId, openAgents, storeAgents, type AgentPlace } from './store.ts';
export type { AgentChange, OpenAgent } from './reducer/model.ts';
export { createAgentReducer } from './reducer/index.ts';

export function agentRoutes(): Binding[] {
  const { agents } = contract;
  return [
    handle(agents.list, async ({ db }, { params }) => ({ items: await listAgents(db, params.customerId) })),
    handle(agents.spans, async ({ db }, { params, query }) => {
      const agent = await db
        .selectFrom('agents')
        .select('id')
        .where('customer_id', '=', params.customerId)
        .where('id', '=', params.agentId)
        .executeTakeFirst();
      if (!agent) throw notFound();
      return { items: await listSpans(db, params.customerId, params.agentId, query) };
    }),
    handle(agents.queues, async ({ db }, { params }) => ({ items: await listQueues(db, params.customerId) })),
  ];
}
