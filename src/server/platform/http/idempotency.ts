import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Context } from './context.ts';
import { Fault, invalid } from './fault.ts';

/** 1 to 200 visible ASCII characters. */
const KEY = /^[\x21-\x7e]{1,200}$/;

/**
 * Key, work and stored answer are one transaction: a second caller waits at the unique key until the
 * first commits and then gets the stored answer; a failure rolls the key back with the work.
 */
export async function withIdempotency(
  context: Context,
  request: FastifyRequest,
  work: () => Promise<string>,
): Promise<{ text: string; replayed: boolean }> {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return { text: await work(), replayed: false };
  if (typeof key !== 'string' || !KEY.test(key)) throw invalid('header.idempotency-key', 'wrongFormat');
  const row = {
    tenant_id: context.tenantId,
    actor_id: context.actor.id,
    key,
    method: request.method,
    path: request.url.split('?')[0] ?? '',
    body_hash: createHash('sha256')
      .update(JSON.stringify(request.body ?? null))
      .digest('hex'),
  };
  const claimed = await context.db
    .insertInto('idempotency_keys')
    .values({ ...row, status: 0, answer: null, created_at: new Date(context.clock.now()) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  const mine = context.db
    .selectFrom('idempotency_keys')
    .selectAll()
    .where('tenant_id', '=', row.tenant_id)
    .where('actor_id', '=', row.actor_id)
    .where('key', '=', key);
  if (claimed.numInsertedOrUpdatedRows === 0n) {
    const stored = await mine.executeTakeFirst();
    // The first caller failed and rolled back between our two statements: the key is free again.
    if (!stored) throw new Fault('conflict');
    if (stored.method !== row.method || stored.path !== row.path || stored.body_hash !== row.body_hash) throw new Fault('keyReused');
    return { text: (stored.answer as { text: string }).text, replayed: true };
  }
  const text = await work();
  await context.db
    .updateTable('idempotency_keys')
    .set({ status: 1, answer: JSON.stringify({ text }) })
    .where('tenant_id', '=', row.tenant_id)
    .where('actor_id', '=', row.actor_id)
    .where('key', '=', key)
    .execute();
  return { text, replayed: false };
}
