/** Writes what the agent reducer gave out. Writing the same twice changes nothing. */
import { sql } from 'kysely';
import { jsonText, type Db } from '../../platform/db/index.ts';
import { factId } from '../../platform/ids/index.ts';
import type { AgentChange, AgentMembership, AgentSpan, OpenAgent } from './reducer/model.ts';

/** Where a link's agents belong and what its names mean in each customer. */
export interface AgentPlace {
  linkId: string;
  connectionOf(customerId: string): string | null;
  queueIdOf(customerId: string, queue: string): string | null;
  userIdOf(customerId: string, device: string): string | null;
}

export function agentId(customerId: string, linkId: string, agent: string): string {
  return factId('agent', customerId, linkId, agent);
}

export async function storeAgents(db: Db, changes: readonly { place: AgentPlace; change: AgentChange }[]): Promise<void> {
  const agents: object[] = [];
  const spans: object[] = [];
  for (const { place, change } of changes) {
    const connectionId = place.connectionOf(change.customerId);
    if (connectionId === null) continue;
    const id = agentId(change.customerId, place.linkId, change.agent);
    agents.push({
      customer_id: change.customerId,
      id,
      link_id: place.linkId,
      connection_id: connectionId,
      agent: change.agent,
      name: change.name ?? change.agent,
      user_id: place.userIdOf(change.customerId, change.device ?? change.agent),
      memberships: change.queues,
    });
    for (const span of change.spans) spans.push(spanRow(place, change.customerId, id, span));
  }
  if (agents.length === 0) return;
  await sql`insert into agents select * from jsonb_populate_recordset(null::agents, ${jsonText(lastOf(agents))}::jsonb)
    on conflict (customer_id, id) do update set connection_id = excluded.connection_id, name = excluded.name, user_id = excluded.user_id,
      memberships = excluded.memberships`.execute(db);
  await writeSpans(db, spans);
}

/** Ended spans first: at most one span of an agent is open at any moment. A span of no length takes back one given out before. */
async function writeSpans(db: Db, spans: readonly object[]): Promise<void> {
  const all = lastOf(spans) as { from_at: string; to_at: string | null }[];
  const [gone, rows] = [all.filter((row) => row.to_at === row.from_at), all.filter((row) => row.to_at !== row.from_at)];
  if (gone.length > 0) {
    await sql`delete from agent_spans s using jsonb_populate_recordset(null::agent_spans, ${jsonText(gone)}::jsonb) g
      where s.customer_id = g.customer_id and s.agent_id = g.agent_id and s.from_at = g.from_at`.execute(db);
  }
  for (const part of [rows.filter((row) => row.to_at !== null), rows.filter((row) => row.to_at === null)]) {
    if (part.length === 0) continue;
    await sql`insert into agent_spans select * from jsonb_populate_recordset(null::agent_spans, ${jsonText(part)}::jsonb)
      on conflict (customer_id, agent_id, from_at) do update set to_at = excluded.to_at, state = excluded.state, paused = excluded.paused,
        reason = excluded.reason, queue_id = excluded.queue_id, quality = excluded.quality, closed_reason = excluded.closed_reason`.execute(
      db,
    );
  }
}

/** Agents as they stand in the database, for the reducer to go on with. */
export async function openAgents(db: Db, linkId: string): Promise<OpenAgent[]> {
  const rows = await db
    .selectFrom('agents as a')
    .innerJoin('agent_spans as s', (join) => join.onRef('s.customer_id', '=', 'a.customer_id').onRef('s.agent_id', '=', 'a.id'))
    .leftJoin('queues as q', 'q.id', 's.queue_id')
    .where('a.link_id', '=', linkId)
    .where('s.to_at', 'is', null)
    .select([
      'a.customer_id',
      'a.agent',
      'a.name',
      'a.memberships',
      's.state',
      's.from_at',
      's.paused',
      's.reason',
      's.quality',
      's.closed_reason',
      'q.external_id as queue',
    ])
    .execute();
  return rows.map((row) => ({
    customerId: row.customer_id,
    agent: row.agent,
    name: row.name,
    queues: row.memberships as unknown as AgentMembership[],
    current: {
      state: row.state as AgentSpan['state'],
      from: row.from_at.getTime(),
      to: null,
      paused: row.paused,
      reason: row.reason,
      queue: row.queue,
      quality: row.quality as AgentSpan['quality'],
      closedReason: row.closed_reason as AgentSpan['closedReason'],
    },
  }));
}

function spanRow(place: AgentPlace, customerId: string, id: string, span: AgentSpan) {
  return {
    customer_id: customerId,
    agent_id: id,
    from_at: new Date(span.from).toISOString(),
    to_at: span.to === null ? null : new Date(span.to).toISOString(),
    state: span.state,
    paused: span.paused,
    reason: span.reason,
    queue_id: span.queue === null ? null : place.queueIdOf(customerId, span.queue),
    quality: span.quality,
    closed_reason: span.closedReason,
  };
}

/** Of rows with the same key the last: one statement may touch a row only once. */
function lastOf(rows: readonly object[]): object[] {
  const keyed = new Map(
    rows.map((row) => {
      const { customer_id, id, agent_id, from_at } = row as Record<string, string | undefined>;
      return [`${customer_id} ${id ?? agent_id} ${from_at ?? ''}`, row];
    }),
  );
  return [...keyed.values()];
}
