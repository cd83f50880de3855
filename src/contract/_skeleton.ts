import * as z from 'zod';
import { Day, Id, Instant, listOf, Name } from './common.ts';
import { route } from './route.ts';

export const SkeletonThing = z
  .strictObject({
    id: Id,
    customerId: Id,
    name: Name,
    /** The customer's own day, without a time. */
    day: Day,
    createdAt: Instant,
  })
  .meta({ id: 'SkeletonThing' });
export type SkeletonThing = z.infer<typeof SkeletonThing>;

const SkeletonThingCreate = z.strictObject({ name: Name, day: Day }).meta({ id: 'SkeletonThingCreate' });
const SkeletonThingPatch = SkeletonThingCreate.partial().meta({ id: 'SkeletonThingPatch' });

const customerParams = z.strictObject({ customerId: Id });
const params = z.strictObject({ customerId: Id, skeletonThingId: Id });

export const skeletonThings = {
  list: route({
    id: 'skeleton-things.list',
    method: 'GET',
    path: '/v1/customers/{customerId}/skeleton-things',
    summary: 'All skeleton things of the customer, by day',
    access: { of: 'customer', permission: 'customers.read' },
    params: customerParams,
    status: 200,
    answer: listOf(SkeletonThing),
  }),
  create: route({
    id: 'skeleton-things.create',
    method: 'POST',
    path: '/v1/customers/{customerId}/skeleton-things',
    summary: 'Add a skeleton thing',
    access: { of: 'customer', permission: 'customers.write' },
    params: customerParams,
    body: SkeletonThingCreate,
    status: 201,
    answer: SkeletonThing,
    idempotent: true,
  }),
  update: route({
    id: 'skeleton-things.update',
    method: 'PATCH',
    path: '/v1/customers/{customerId}/skeleton-things/{skeletonThingId}',
    summary: 'Change a skeleton thing',
    access: { of: 'customer', permission: 'customers.write' },
    params,
    body: SkeletonThingPatch,
    status: 200,
    answer: SkeletonThing,
  }),
  remove: route({
    id: 'skeleton-things.remove',
    method: 'DELETE',
    path: '/v1/customers/{customerId}/skeleton-things/{skeletonThingId}',
    summary: 'Remove a skeleton thing',
    access: { of: 'customer', permission: 'customers.write' },
    params,
    status: 204,
  }),
};
