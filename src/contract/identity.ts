import * as z from 'zod';
import { Country, Email, Id, Instant, Language, listOf, Name, Password, TenantStatus, TimeZone } from './common.ts';
import { AccessRole, PERMISSIONS } from './permissions.ts';
import { route } from './route.ts';

export const Membership = z
  .strictObject({
    tenantId: Id,
    tenantName: z.string(),
    tenantKind: z.enum(['enterprise', 'reseller', 'customer']),
    tenantStatus: TenantStatus,
    roles: z.array(AccessRole),
    permissions: z.array(z.enum(PERMISSIONS)),
    /** From the enterprise down to this tenant, as far as one may see. */
    path: z.array(z.strictObject({ id: Id, name: z.string(), kind: z.enum(['enterprise', 'reseller', 'customer']) })),
  })
  .meta({ id: 'Membership' });

export const Me = z
  .strictObject({ id: Id, displayName: Name, email: z.string(), language: Language, memberships: z.array(Membership) })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof Me>;

export const Session = z
  .strictObject({ id: Id, current: z.boolean(), createdAt: Instant, lastSeenAt: Instant, userAgent: z.string(), address: z.string() })
  .meta({ id: 'Session' });

export const SetupInput = z
  .strictObject({
    token: z.string().max(200),
    enterpriseName: Name,
    country: Country,
    timeZone: TimeZone,
    language: Language,
    displayName: Name,
    email: Email,
    password: Password,
  })
  .meta({ id: 'SetupInput' });

export const Invitation = z
  .strictObject({
    state: z.enum(['valid', 'expired', 'used']),
    email: z.string(),
    displayName: z.string(),
    tenantName: z.string(),
    hasLogin: z.boolean(),
    language: Language,
  })
  .meta({ id: 'Invitation' });

export const ApiClient = z
  .strictObject({
    id: Id,
    name: Name,
    clientId: z.string(),
    tenantId: Id,
    roles: z.array(AccessRole),
    createdAt: Instant,
    lastUsedAt: Instant.nullable(),
    revokedAt: Instant.nullable(),
  })
  .meta({ id: 'ApiClient' });

export const Mail = z
  .strictObject({
    id: Id,
    to: z.string(),
    subject: z.string(),
    text: z.string(),
    html: z.string(),
    createdAt: Instant,
    sentAt: Instant.nullable(),
  })
  .meta({ id: 'Mail' });

const token = z.string().min(10).max(200);
const tokenParams = z.strictObject({ token });

export const identity = {
  setupState: route({
    id: 'setup.state',
    method: 'GET',
    path: '/v1/setup',
    summary: 'Whether the first enterprise is still to be made',
    access: { of: 'anyone' },
    status: 200,
    answer: z.strictObject({ needed: z.boolean() }),
  }),
  setup: route({
    id: 'setup.create',
    method: 'POST',
    path: '/v1/setup',
    summary: 'Make the enterprise and its first administrator with the printed link; logs in',
    access: { of: 'anyone' },
    body: SetupInput,
    status: 201,
    answer: Me,
    errors: ['linkGone'],
  }),
  login: route({
    id: 'sessions.create',
    method: 'POST',
    path: '/v1/sessions',
    summary: 'Log in with e-mail and password',
    access: { of: 'anyone' },
    body: z.strictObject({ email: z.string().trim().min(1).max(200), password: z.string().min(1).max(200) }),
    status: 201,
    answer: Me,
    errors: ['badCredentials'],
  }),
  sessions: route({
    id: 'sessions.list',
    method: 'GET',
    path: '/v1/sessions',
    summary: 'Where one is logged in',
    access: { of: 'login' },
    status: 200,
    answer: listOf(Session),
  }),
  logout: route({
    id: 'sessions.removeCurrent',
    method: 'DELETE',
    path: '/v1/sessions/current',
    summary: 'Log out',
    access: { of: 'login' },
    status: 204,
  }),
  revokeSession: route({
    id: 'sessions.remove',
    method: 'DELETE',
    path: '/v1/sessions/{sessionId}',
    summary: 'Log out another place',
    access: { of: 'login' },
    params: z.strictObject({ sessionId: Id }),
    status: 204,
  }),
  requestReset: route({
    id: 'password-resets.create',
    method: 'POST',
    path: '/v1/password-resets',
    summary: 'Mail a reset link, if the address is known; the answer is always the same',
    access: { of: 'anyone' },
    body: z.strictObject({ email: Email }),
    status: 202,
  }),
  reset: route({
    id: 'password-resets.use',
    method: 'POST',
    path: '/v1/password-resets/use',
    summary: 'Set a new password with the mailed link; ends all sessions',
    access: { of: 'anyone' },
    body: z.strictObject({ token, password: Password }),
    status: 204,
    errors: ['linkGone'],
  }),
  invitation: route({
    id: 'invitations.get',
    method: 'GET',
    path: '/v1/invitations/{token}',
    summary: 'What an invitation link is for, and whether it still holds',
    access: { of: 'anyone' },
    params: tokenParams,
    status: 200,
    answer: Invitation,
  }),
  acceptInvitation: route({
    id: 'invitations.accept',
    method: 'POST',
    path: '/v1/invitations/{token}/accept',
    summary: 'Take up an invitation and choose a password; logs in',
    access: { of: 'anyone' },
    params: tokenParams,
    body: z.strictObject({ displayName: Name, password: Password }),
    status: 201,
    answer: Me,
    errors: ['linkGone', 'badCredentials'],
  }),
  renewInvitation: route({
    id: 'invitations.renew',
    method: 'POST',
    path: '/v1/invitations/{token}/renew',
    summary: 'Mail a new link for an expired invitation; the answer is always the same',
    access: { of: 'anyone' },
    params: tokenParams,
    status: 202,
  }),
  me: route({ id: 'me.get', method: 'GET', path: '/v1/me', summary: 'Oneself', access: { of: 'login' }, status: 200, answer: Me }),
  updateMe: route({
    id: 'me.update',
    method: 'PATCH',
    path: '/v1/me',
    summary: 'Change one’s name or language',
    access: { of: 'login' },
    body: z.strictObject({ displayName: Name, language: Language }).partial(),
    status: 200,
    answer: Me,
  }),
  changePassword: route({
    id: 'me.password',
    method: 'PUT',
    path: '/v1/me/password',
    summary: 'Change one’s password; other sessions end',
    access: { of: 'login' },
    body: z.strictObject({ current: z.string().min(1).max(200), password: Password }),
    status: 204,
  }),
};

export const apiClients = {
  list: route({
    id: 'api-clients.list',
    method: 'GET',
    path: '/v1/api-clients',
    summary: 'API clients of the tenant',
    access: { of: 'tenant', permission: 'api-clients.read' },
    status: 200,
    answer: listOf(ApiClient),
  }),
  create: route({
    id: 'api-clients.create',
    method: 'POST',
    path: '/v1/api-clients',
    summary: 'Make an API client; its secret is shown this once',
    access: { of: 'tenant', permission: 'api-clients.write' },
    body: z.strictObject({ name: Name }),
    status: 201,
    answer: z.strictObject({ client: ApiClient, clientSecret: z.string() }),
  }),
  revoke: route({
    id: 'api-clients.revoke',
    method: 'DELETE',
    path: '/v1/api-clients/{apiClientId}',
    summary: 'End an API client and its tokens',
    access: { of: 'tenant', permission: 'api-clients.write' },
    params: z.strictObject({ apiClientId: Id }),
    status: 204,
  }),
  token: route({
    id: 'oauth.token',
    method: 'POST',
    path: '/v1/oauth/token',
    summary: 'A bearer token for an API client (OAuth 2.0 client credentials)',
    access: { of: 'anyone' },
    /** Id and secret stand in the body or in an HTTP Basic header. */
    body: z.strictObject({
      grant_type: z.literal('client_credentials'),
      client_id: z.string().max(100).optional(),
      client_secret: z.string().max(200).optional(),
      scope: z.string().max(200).optional(),
    }),
    status: 200,
    answer: z.strictObject({ access_token: z.string(), token_type: z.literal('Bearer'), expires_in: z.number().int() }),
    errors: ['badCredentials'],
  }),
};

export const mails = {
  list: route({
    id: 'mails.list',
    method: 'GET',
    path: '/v1/mails',
    summary: 'Mails kept for the operator, newest first, when no mail server is set',
    access: { of: 'tenant', permission: 'mails.read' },
    status: 200,
    answer: z.strictObject({ items: z.array(Mail), delivery: z.enum(['smtp', 'outbox']) }),
  }),
};
