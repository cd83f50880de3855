import type { SkeletonThing } from '../../../contract/_skeleton.ts';
import type { Db } from '../../platform/db/index.ts';

export async function listSkeletonThings(db: Db, customerId: string): Promise<SkeletonThing[]> {
  const rows = await db
    .selectFrom('skeleton_things')
    .selectAll()
    .where('tenant_id', '=', customerId)
    .orderBy('day')
    .orderBy('id')
    .execute();
  return rows.map(skeletonThingOf);
}

/** Locked until the transaction ends. @returns undefined when the customer has none of this id */
export async function lockSkeletonThing(db: Db, customerId: string, id: string): Promise<SkeletonThing | undefined> {
  const row = await db
    .selectFrom('skeleton_things')
    .selectAll()
    .where('tenant_id', '=', customerId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row && skeletonThingOf(row);
}

export async function insertSkeletonThing(db: Db, thing: SkeletonThing): Promise<void> {
  const { id, customerId, name, day, createdAt } = thing;
  await db.insertInto('skeleton_things').values({ id, tenant_id: customerId, name, day, created_at: createdAt }).execute();
}

export async function updateSkeletonThing(db: Db, { id, name, day }: SkeletonThing): Promise<void> {
  await db.updateTable('skeleton_things').set({ name, day }).where('id', '=', id).execute();
}

export async function deleteSkeletonThing(db: Db, id: string): Promise<void> {
  await db.deleteFrom('skeleton_things').where('id', '=', id).execute();
}

function skeletonThingOf(row: { id: string; tenant_id: string; name: string; day: string; created_at: Date }): SkeletonThing {
  return { id: row.id, customerId: row.tenant_id, name: row.name, day: row.day, createdAt: row.created_at.toISOString() };
}
