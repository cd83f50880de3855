import type { Selectable } from 'kysely';
import type { z } from 'zod';
import type { ApiClient } from '../../../contract/identity.ts';
import { contract } from '../../../contract/index.ts';
import {
  CUSTOMER_ACCESS_ROLES,
  ENTERPRISE_ROLES,
  permissionsOf,
  RESELLER_ROLES,
  type AccessRole,
  type Permission,
} from '../../../contract/permissions.ts';
import { audit, type AuditSource } from '../../platform/audit/index.ts';
import type { TenantKind } from '../../platform/auth/index.ts';
import { hashToken, randomToken } from '../../platform/crypto/index.ts';
import type { ApiClients } from '../../platform/db/schema.ts';
import { handle, type Binding, type Context } from '../../platform/http/context.ts';
import { notFound } from '../../platform/http/fault.ts';
import { newId } from '../../platform/ids/index.ts';

type Client = z.infer<typeof ApiClient>;

const ROLES: Record<TenantKind, readonly AccessRole[]> = {
  enterprise: ENTERPRISE_ROLES,
  reseller: RESELLER_ROLES,
  customer: CUSTOMER_ACCESS_ROLES,
};

export function apiClientRoutes(): Binding[] {
  const { list, create, revoke } = contract.apiClients;
  return [
    handle(list, async ({ db, tenantId }) => {
      const rows = await db.selectFrom('api_clients').selectAll().where('tenant_id', '=', tenantId).orderBy('id', 'desc').execute();
      return { items: rows.map(clientOf) };
    }),
    handle(create, (context, { body }) =>
      makeApiClient(context, { tenantId: context.tenantId, name: body.name, within: permissionsHere(context) }),
    ),
    handle(revoke, async (context, { params }) => {
      const { db } = context;
      const client = await db.selectFrom('api_clients').selectAll().where('id', '=', params.apiClientId).forUpdate().executeTakeFirst();
      if (!client) throw notFound();
      if (client.revoked_at !== null) return;
      const now = new Date(context.clock.now());
      await db.updateTable('api_clients').set({ revoked_at: now }).where('id', '=', client.id).execute();
      await db
        .updateTable('sessions')
        .set({ revoked_at: now })
        .where('api_client_id', '=', client.id)
        .where('revoked_at', 'is', null)
        .execute();
      await audit(context, {
        tenantId: client.tenant_id,
        action: 'api-clients.revoke',
        subjectId: client.id,
        before: { name: client.name },
      });
    }),
  ];
}

/**
 * @param input within: permissions the client may not exceed; null: all of the tenant's kind
 * @returns the client and its secret, which is kept only as a hash and cannot be shown again
 */
export async function makeApiClient(
  source: AuditSource,
  input: { tenantId: string; name: string; within: ReadonlySet<Permission> | null },
): Promise<{ client: Client; clientSecret: string }> {
  const { db } = source;
  const { tenantId, name, within } = input;
  const tenant = await db.selectFrom('tenants').select('kind').where('id', '=', tenantId).executeTakeFirst();
  if (!tenant) throw notFound();
  const roles = ROLES[tenant.kind as TenantKind].filter(
    (role) => within === null || [...permissionsOf([role])].every((held) => within.has(held)),
  );
  const clientSecret = randomToken();
  const row: Selectable<ApiClients> = {
    id: newId(),
    tenant_id: tenantId,
    name,
    client_id: `rs_${randomToken(12)}`,
    secret_hash: hashToken(clientSecret),
    roles,
    created_at: new Date(source.clock.now()),
    last_used_at: null,
    revoked_at: null,
  };
  await db.insertInto('api_clients').values(row).execute();
  await audit(source, { tenantId, action: 'api-clients.create', subjectId: row.id, after: { name, clientId: row.client_id, roles } });
  return { client: clientOf(row), clientSecret };
}

/** What the caller may do in the tenant acted in, by the membership that let it in. */
function permissionsHere({ actor, grantedBy }: Context): Set<Permission> {
  return permissionsOf(
    actor.memberships.filter((membership) => membership.tenantId === grantedBy).flatMap((membership) => membership.roles),
  );
}

function clientOf(row: Selectable<ApiClients>): Client {
  return {
    id: row.id,
    name: row.name,
    clientId: row.client_id,
    tenantId: row.tenant_id,
    roles: row.roles as AccessRole[],
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
  };
}
