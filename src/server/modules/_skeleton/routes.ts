import { skeletonThings, type SkeletonThing } from '../../../contract/_skeleton.ts';
import { audit } from '../../platform/audit/index.ts';
import { uniqueViolation } from '../../platform/db/index.ts';
import { handle, type Binding, type Context } from '../../platform/http/context.ts';
import { invalid, notFound } from '../../platform/http/fault.ts';
import { newId } from '../../platform/ids/index.ts';
import { deleteSkeletonThing, insertSkeletonThing, listSkeletonThings, lockSkeletonThing, updateSkeletonThing } from './repository.ts';

export function skeletonThingRoutes(): Binding[] {
  return [
    handle(skeletonThings.list, async ({ db }, { params }) => ({ items: await listSkeletonThings(db, params.customerId) })),
    handle(skeletonThings.create, async (context, { params, body }) => {
      const createdAt = new Date(context.clock.now()).toISOString();
      const thing: SkeletonThing = { id: newId(), customerId: params.customerId, ...body, createdAt };
      await insertSkeletonThing(context.db, thing).catch(told);
      await audit(context, { tenantId: params.customerId, action: 'skeleton-things.create', subjectId: thing.id, after: thing });
      return thing;
    }),
    handle(skeletonThings.update, async (context, { params, body }) => {
      const before = await found(context, params);
      const after: SkeletonThing = { ...before, name: body.name ?? before.name, day: body.day ?? before.day };
      await updateSkeletonThing(context.db, after).catch(told);
      await audit(context, { tenantId: params.customerId, action: 'skeleton-things.update', subjectId: before.id, before, after });
      return after;
    }),
    handle(skeletonThings.remove, async (context, { params }) => {
      const before = await found(context, params);
      await deleteSkeletonThing(context.db, before.id);
      await audit(context, { tenantId: params.customerId, action: 'skeleton-things.remove', subjectId: before.id, before });
    }),
  ];
}

async function found({ db }: Context, params: { customerId: string; skeletonThingId: string }): Promise<SkeletonThing> {
  const thing = await lockSkeletonThing(db, params.customerId, params.skeletonThingId);
  if (!thing) throw notFound();
  return thing;
}

function told(error: unknown): never {
  if (uniqueViolation(error) === 'skeleton_things_name') throw invalid('body.name', 'taken');
  throw error;
}
