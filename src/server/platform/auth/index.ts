/** Who asks, and what they may do where. */
import type { Language } from '../../../contract/common.ts';
import { permissionsOf, type Permission } from '../../../contract/permissions.ts';

export type TenantKind = 'enterprise' | 'reseller' | 'customer';

export interface ActiveMembership {
  tenantId: string;
  kind: TenantKind;
  name: string;
  status: 'active' | 'disabled';
  roles: string[];
  /** From the enterprise down to the tenant itself. */
  path: { id: string; name: string; kind: TenantKind }[];
}

export interface Actor {
  kind: 'identity' | 'apiClient';
  id: string;
  sessionId: string;
  name: string;
  email: string | null;
  language: Language;
  memberships: readonly ActiveMembership[];
}

/** Memberships that count: those of tenants that are not disabled. */
export function activeMemberships(actor: Actor): ActiveMembership[] {
  return actor.memberships.filter((membership) => membership.status === 'active');
}

export function allows(membership: ActiveMembership, permission: Permission): boolean {
  return permissionsOf(membership.roles).has(permission);
}
