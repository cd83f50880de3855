/** What a board shows, read from rows: at once for a newcomer, in parts for what changed. */
import type { LinkNow, LiveSnapshot, QueueNow } from '../../../contract/live.ts';
import type { Call, Gap } from '../../../contract/calls.ts';
import type { Db } from '../../platform/db/index.ts';
import { listAgents, listQueues } from '../agents/index.ts';
import { callOf, gapOf } from '../calls/index.ts';

type Board = Omit<LiveSnapshot, 'type' | 'now'>;

/** Gaps older than this are for the call list, not for the board. */
const GAP_MEMORY_MS = 3_600_000;

export async function readBoard(db: Db, customerId: string, now: number): Promise<Board> {
  return {
    seq: await readSeq(db, customerId),
    links: await readLinks(db, customerId),
    calls: await readOpenCalls(db, customerId),
    agents: await listAgents(db, customerId),
    queues: await readQueues(db, customerId),
    gaps: await readGaps(db, customerId, now),
  };
}

/** Number of the customer's last stored change. */
export async function readSeq(db: Db, customerId: string): Promise<number> {
  const row = await db.selectFrom('live_sequences').select('seq').where('customer_id', '=', customerId).executeTakeFirst();
  return row?.seq ?? 0;
}

export async function readLinks(db: Db, customerId: string): Promise<LinkNow[]> {
  const rows = await db
    .selectFrom('pbx_connections')
    .select(['id', 'name', 'enabled', 'link_state', 'link_state_since', 'link_failure', 'last_event_at'])
    .where('tenant_id', '=', customerId)
    .where('removed_at', 'is', null)
    .orderBy('created_at')
    .execute();
  return rows.map((row) => ({
    connectionId: row.id,
    name: row.name,
    state: row.enabled ? (row.link_state as LinkNow['state']) : 'disabled',
    since: row.link_state_since.toISOString(),
    failure: row.link_failure,
    lastEventAt: row.last_event_at?.toISOString() ?? null,
  }));
}

async function readOpenCalls(db: Db, customerId: string): Promise<Call[]> {
  const rows = await db
    .selectFrom('calls')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('ended_at', 'is', null)
    .orderBy('started_at')
    .orderBy('id')
    .execute();
  return rows.map(callOf);
}

export async function readCalls(db: Db, customerId: string, ids: readonly string[]): Promise<Call[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('calls')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('id', 'in', [...ids])
    .orderBy('started_at')
    .orderBy('id')
    .execute();
  return rows.map(callOf);
}

export async function readQueues(db: Db, customerId: string): Promise<QueueNow[]> {
  const queues = await listQueues(db, customerId);
  const waiting = await db
    .selectFrom('calls')
    .select(['id', 'waiting_queue_id', 'state_since'])
    .where('customer_id', '=', customerId)
    .where('ended_at', 'is', null)
    .where('waiting_queue_id', 'is not', null)
    .orderBy('state_since')
    .execute();
  return queues.map((queue) => ({
    ...queue,
    waiting: waiting
      .filter((row) => row.waiting_queue_id === queue.id)
      .map((row) => ({ callId: row.id, since: row.state_since.toISOString() })),
  }));
}

export async function readGaps(db: Db, customerId: string, now: number): Promise<Gap[]> {
  const rows = await db
    .selectFrom('gaps')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where((eb) => eb.or([eb('to_at', 'is', null), eb('to_at', '>', new Date(now - GAP_MEMORY_MS))]))
    .orderBy('from_at', 'desc')
    .execute();
  return rows.map(gapOf);
}
