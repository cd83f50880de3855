/**
 * Work that follows a commit. A job is a row written in the transaction that causes it, run by a
 * worker at least once; handlers are written so that running twice does no harm.
 */
import { sql } from 'kysely';
import type { Db } from '../db/index.ts';

/** Every task there is and what it needs. Ids only: the handler reads the rest under its own scope. */
export interface Tasks {
  'mails.send': { mailId: string; tenantId: string };
  'invitations.mail': { invitationId: string; tenantId: string; round: number };
  /** The address as it was typed: whether it is known must not show in the request. */
  'password-resets.mail': { resetId: string; email: string };
  'pbx-connections.sync': { operationId: string; tenantId: string };
  'licences.renewTerms': { customerId: string };
  /** By the clock, once an hour. */
  housekeeping: Record<string, never>;
}

export type TaskName = keyof Tasks;
export type TaskHandlers = { [T in TaskName]: (payload: Tasks[T]) => Promise<void> };

/**
 * @param when key: a job of the same key that has not begun is replaced; runAt: not before
 */
export async function enqueue<T extends TaskName>(
  db: Db,
  task: T,
  payload: Tasks[T],
  when: { key?: string; runAt?: Date } = {},
): Promise<void> {
  await sql`select enqueue_job(${task}, ${JSON.stringify(payload)}::json, ${when.key ?? null}, ${when.runAt ?? null})`.execute(db);
}
