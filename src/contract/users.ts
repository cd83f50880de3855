import * as z from 'zod';
import { Email, Id, Instant, Name, pageOf, pageQuery } from './common.ts';
import { CustomerRole } from './permissions.ts';
import { route } from './route.ts';

export const UserStatus = z.enum(['active', 'vanished']);

export const User = z
  .strictObject({
    id: Id,
    customerId: Id,
    displayName: Name,
    email: z.string().nullable(),
    extension: z.string().nullable(),
    /** `pbx`: discovered; `manual`: added by hand. */
    source: z.enum(['pbx', 'manual']),
    status: UserStatus,
    /** When the user was no longer found on the phone system. */
    vanishedAt: Instant.nullable(),
    roles: z.array(CustomerRole),
    /** Website access: none, invited and not yet accepted, or with a login. */
    access: z.enum(['none', 'invited', 'active']),
    /** When the open invitation ends. */
    invitedUntil: Instant.nullable(),
    createdAt: Instant,
  })
  .meta({ id: 'User' });
export type User = z.infer<typeof User>;

const UserCreate = z
  .strictObject({ displayName: Name, email: Email, roles: z.array(CustomerRole).default(['customer.user']) })
  .meta({ id: 'UserCreate' });
const UserPatch = z
  .strictObject({ displayName: Name, email: Email.nullable(), roles: z.array(CustomerRole) })
  .partial()
  .meta({ id: 'UserPatch' });
const UsersRolesChange = z
  .strictObject({ userIds: z.array(Id).min(1).max(500), add: z.array(CustomerRole).default([]), remove: z.array(CustomerRole).default([]) })
  .meta({ id: 'UsersRolesChange' });

const customerParams = z.strictObject({ customerId: Id });
const params = z.strictObject({ customerId: Id, userId: Id });
export const USER_SORTS = ['displayName', 'extension', 'email', 'status'] as const;

export const users = {
  list: route({
    id: 'users.list',
    method: 'GET',
    path: '/v1/customers/{customerId}/users',
    summary: 'People tracked in the customer',
    access: { of: 'customer', permission: 'users.read' },
    params: customerParams,
    query: pageQuery(USER_SORTS).extend({ status: UserStatus.optional() }),
    status: 200,
    answer: pageOf(User),
  }),
  create: route({
    id: 'users.create',
    method: 'POST',
    path: '/v1/customers/{customerId}/users',
    summary: 'Add somebody who is not on the phone system',
    access: { of: 'customer', permission: 'users.write' },
    params: customerParams,
    body: UserCreate,
    status: 201,
    answer: User,
    idempotent: true,
  }),
  get: route({
    id: 'users.get',
    method: 'GET',
    path: '/v1/customers/{customerId}/users/{userId}',
    summary: 'One user',
    access: { of: 'customer', permission: 'users.read' },
    params,
    status: 200,
    answer: User,
  }),
  update: route({
    id: 'users.update',
    method: 'PATCH',
    path: '/v1/customers/{customerId}/users/{userId}',
    summary: 'Change a user; website access invites',
    access: { of: 'customer', permission: 'users.write' },
    params,
    body: UserPatch,
    status: 200,
    answer: User,
  }),
  changeRoles: route({
    id: 'users.changeRoles',
    method: 'POST',
    path: '/v1/customers/{customerId}/users/roles',
    summary: 'Give or take roles of many users at once',
    access: { of: 'customer', permission: 'users.write' },
    params: customerParams,
    body: UsersRolesChange,
    status: 200,
    answer: z.strictObject({ changed: z.number().int(), invited: z.number().int() }),
    idempotent: true,
  }),
  invite: route({
    id: 'users.invite',
    method: 'POST',
    path: '/v1/customers/{customerId}/users/{userId}/invitation',
    summary: 'Send the invitation again; the old link ends',
    access: { of: 'customer', permission: 'users.write' },
    params,
    status: 202,
    answer: z.strictObject({ invitedUntil: Instant }),
    errors: ['conflict'],
  }),
};
