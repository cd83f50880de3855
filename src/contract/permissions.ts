import * as z from 'zod';

/** What a route can ask for. */
export const PERMISSIONS = [
  'resellers.read',
  'resellers.write',
  'customers.read',
  'customers.write',
  'users.read',
  'users.write',
  'product-types.read',
  'pbx-templates.read',
  'pbx-templates.write',
  'pbx-connections.read',
  'pbx-connections.write',
  'operations.read',
  'operations.write',
  'calls.read',
  'agents.read',
  'live.read',
  'audit-events.read',
  'api-clients.read',
  'api-clients.write',
  'mails.read',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** Tracking and licensed roles: they stand on the user and write licence spans. */
export const LICENSED_ROLES = ['customer.user.pbx', 'customer.user.pbx.realtime', 'customer.user.acd'] as const;
/** Website access of a customer's people: they stand on the membership. */
export const CUSTOMER_ACCESS_ROLES = ['customer.user', 'admin.user'] as const;
export const CUSTOMER_ROLES = [...CUSTOMER_ACCESS_ROLES, ...LICENSED_ROLES] as const;
export const RESELLER_ROLES = ['account.user', 'user.admin', 'customer.admin', 'onboarding.admin'] as const;
export const ENTERPRISE_ROLES = ['enterprise.user', 'user.admin', 'account.admin', 'onboarding.admin'] as const;

export const LicensedRole = z.enum(LICENSED_ROLES);
export type LicensedRole = z.infer<typeof LicensedRole>;
export const CustomerRole = z.enum(CUSTOMER_ROLES);
export type CustomerRole = z.infer<typeof CustomerRole>;
export type CustomerAccessRole = (typeof CUSTOMER_ACCESS_ROLES)[number];
export const AccessRole = z.enum([...new Set([...CUSTOMER_ACCESS_ROLES, ...RESELLER_ROLES, ...ENTERPRISE_ROLES])]);
export type AccessRole = CustomerAccessRole | (typeof RESELLER_ROLES)[number] | (typeof ENTERPRISE_ROLES)[number];

const STAFF_READ: readonly Permission[] = [
  'customers.read',
  'users.read',
  'product-types.read',
  'pbx-templates.read',
  'pbx-connections.read',
  'operations.read',
  'calls.read',
  'agents.read',
  'live.read',
];
const CUSTOMER_WRITE: readonly Permission[] = [
  'customers.write',
  'users.write',
  'pbx-templates.write',
  'pbx-connections.write',
  'operations.write',
  'audit-events.read',
];

/** What each access role gives, in its tenant and all below it. */
export const ROLE_PERMISSIONS: Record<AccessRole, readonly Permission[]> = {
  'enterprise.user': ['resellers.read', ...STAFF_READ],
  'account.admin': ['resellers.write', ...CUSTOMER_WRITE],
  'account.user': STAFF_READ,
  'customer.admin': CUSTOMER_WRITE,
  'user.admin': ['mails.read', 'audit-events.read'],
  'onboarding.admin': ['api-clients.read', 'api-clients.write'],
  'customer.user': [
    'customers.read',
    'product-types.read',
    'pbx-connections.read',
    'calls.read',
    'agents.read',
    'live.read',
    'operations.read',
  ],
  'admin.user': ['users.read', 'users.write'],
};

export function permissionsOf(roles: readonly string[]): Set<Permission> {
  return new Set(roles.flatMap((role) => (role in ROLE_PERMISSIONS ? ROLE_PERMISSIONS[role as AccessRole] : [])));
}
