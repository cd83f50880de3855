import { sql } from 'kysely';
import type { z } from 'zod';
import type { Agent, AgentSpan, Queue } from '../../../contract/agents.ts';
import type { Db } from '../../platform/db/index.ts';
import type { AgentMembership } from './reducer/model.ts';
import { readQueueIds } from './queues.ts';

/** Agents of a customer with their state now. @param only these ids, else all that belong to a present connection */
export async function listAgents(db: Db, customerId: string, only?: readonly string[]): Promise<Agent[]> {
  let found = db
    .selectFrom('agents as a')
    .innerJoin('agent_spans as s', (join) => join.onRef('s.customer_id', '=', 'a.customer_id').onRef('s.agent_id', '=', 'a.id'))
    .innerJoin('pbx_connections as c', 'c.id', 'a.connection_id')
    .where('a.customer_id', '=', customerId)
    .where('s.to_at', 'is', null)
    .where('c.removed_at', 'is', null)
    .select(['a.id', 'a.name', 'a.user_id', 'a.agent', 'a.memberships', 'a.connection_id', 's.state', 's.reason', 's.from_at']);
  if (only) found = found.where('a.id', 'in', [...only]);
  const rows = await found
    .orderBy(sql`lower(a.name)`)
    .orderBy('a.id')
    .execute();
  const queueIds = await readQueueIds(db, customerId);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    userId: row.user_id,
    agent: row.agent,
    queueIds: (row.memberships as unknown as AgentMembership[]).flatMap(
      (member) => queueIds.get(`${row.connection_id} ${member.queue}`) ?? [],
    ),
    state: row.state as Agent['state'],
    reason: row.reason,
    since: row.from_at.toISOString(),
  }));
}

export async function listSpans(
  db: Db,
  customerId: string,
  agentId: string,
  query: { from?: string | undefined; to?: string | undefined; limit: number },
): Promise<z.infer<typeof AgentSpan>[]> {
  let found = db.selectFrom('agent_spans').selectAll().where('customer_id', '=', customerId).where('agent_id', '=', agentId);
  const { from, to } = query;
  if (from !== undefined) found = found.where((eb) => eb.or([eb('to_at', 'is', null), eb('to_at', '>', new Date(from))]));
  if (to !== undefined) found = found.where('from_at', '<', new Date(to));
  const rows = await found.orderBy('from_at', 'desc').limit(query.limit).execute();
  return rows.map((row) => ({
    agentId: row.agent_id,
    state: row.state as Agent['state'],
    reason: row.reason,
    from: row.from_at.toISOString(),
    to: row.to_at?.toISOString() ?? null,
    quality: row.quality as 'exact',
  }));
}

export async function listQueues(db: Db, customerId: string): Promise<Queue[]> {
  const rows = await db
    .selectFrom('queues as q')
    .innerJoin('pbx_connections as c', 'c.id', 'q.connection_id')
    .where('q.tenant_id', '=', customerId)
    .where('q.present', '=', true)
    .where('c.removed_at', 'is', null)
    .select(['q.id', 'q.name', 'q.number', 'q.strategy', 'q.connection_id'])
    .orderBy(sql`lower(q.name)`)
    .orderBy('q.id')
    .execute();
  return rows.map((row) => ({ id: row.id, name: row.name, number: row.number, strategy: row.strategy, connectionId: row.connection_id }));
}
