import type { Me } from '../../../contract/identity.ts';
import { permissionsOf, type AccessRole } from '../../../contract/permissions.ts';
import type { ActiveMembership, Actor } from '../../platform/auth/index.ts';

/** How an actor sees itself. */
export function meOf(actor: Actor): Me {
  const own = new Set(actor.memberships.map((membership) => membership.tenantId));
  return {
    id: actor.id,
    displayName: actor.name,
    email: actor.email ?? '',
    language: actor.language,
    memberships: actor.memberships.map((membership) => membershipOf(membership, own)),
  };
}

function membershipOf(membership: ActiveMembership, own: ReadonlySet<string>): Me['memberships'][number] {
  const { path } = membership;
  return {
    tenantId: membership.tenantId,
    tenantName: membership.name,
    tenantKind: membership.kind,
    tenantStatus: membership.status,
    roles: membership.roles as AccessRole[],
    permissions: membership.status === 'active' ? [...permissionsOf(membership.roles)] : [],
    // Who stands above one's own tenants is nobody's business: a customer must not learn of its provider's provider.
    path: path.slice(path.findIndex((step) => own.has(step.id))),
  };
}
