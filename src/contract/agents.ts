import * as z from 'zod';
import { Id, Instant, listOf } from './common.ts';
import { route } from './route.ts';

export const AgentState = z.enum(['loggedOut', 'available', 'ringing', 'onCall', 'wrapUp', 'paused', 'unavailable', 'unknown']);
export type AgentState = z.infer<typeof AgentState>;

export const Agent = z
  .strictObject({
    id: Id,
    name: z.string(),
    userId: Id.nullable(),
    /** The PBX's name of the agent, e.g. `PJSIP/acme-101`. */
    agent: z.string(),
    queueIds: z.array(Id),
    state: AgentState,
    reason: z.string().nullable(),
    since: Instant,
  })
  .meta({ id: 'Agent' });
export type Agent = z.infer<typeof Agent>;

export const AgentSpan = z
  .strictObject({
    agentId: Id,
    state: AgentState,
    reason: z.string().nullable(),
    from: Instant,
    to: Instant.nullable(),
    quality: z.enum(['exact', 'inferred', 'partial']),
  })
  .meta({ id: 'AgentSpan' });

export const Queue = z
  .strictObject({ id: Id, name: z.string(), number: z.string().nullable(), strategy: z.string().nullable(), connectionId: Id })
  .meta({ id: 'Queue' });
export type Queue = z.infer<typeof Queue>;

const customerParams = z.strictObject({ customerId: Id });

export const agents = {
  list: route({
    id: 'agents.list',
    method: 'GET',
    path: '/v1/customers/{customerId}/agents',
    summary: 'Queue agents with their state now',
    access: { of: 'customer', permission: 'agents.read' },
    params: customerParams,
    status: 200,
    answer: listOf(Agent),
  }),
  spans: route({
    id: 'agents.spans',
    method: 'GET',
    path: '/v1/customers/{customerId}/agents/{agentId}/spans',
    summary: 'States of one agent over time, newest first',
    access: { of: 'customer', permission: 'agents.read' },
    params: z.strictObject({ customerId: Id, agentId: Id }),
    query: z.strictObject({
      from: Instant.optional(),
      to: Instant.optional(),
      limit: z.coerce.number().int().min(1).max(1000).default(200),
    }),
    status: 200,
    answer: listOf(AgentSpan),
  }),
  queues: route({
    id: 'queues.list',
    method: 'GET',
    path: '/v1/customers/{customerId}/queues',
    summary: 'The customer’s queues',
    access: { of: 'customer', permission: 'agents.read' },
    params: customerParams,
    status: 200,
    answer: listOf(Queue),
  }),
};
