import { sql } from 'kysely';
import type { Language } from '../../../contract/common.ts';
import type { Access } from '../../../contract/route.ts';
import { hashToken } from '../crypto/index.ts';
import type { Db } from '../db/index.ts';
import { Fault } from '../http/fault.ts';
import { activeMemberships, allows, type ActiveMembership, type Actor } from './index.ts';

interface PrincipalRow {
  sessionId: string;
  lastSeenAt: string;
  identityId: string | null;
  apiClientId: string | null;
  name: string;
  email: string | null;
  language: Language | null;
  memberships: ActiveMembership[];
}

export interface Authenticated {
  actor: Actor;
  lastSeenAt: number;
}

/** @returns who bears the token, null when it is unknown, revoked or too old */
export async function authenticate(db: Db, token: string, now: number): Promise<Authenticated | null> {
  const { rows } = await sql<{
    principal: PrincipalRow | null;
  }>`select principal_of(${hashToken(token)}, ${new Date(now)}) as principal`.execute(db);
  const principal = rows[0]?.principal;
  if (!principal) return null;
  const id = principal.identityId ?? principal.apiClientId;
  if (id === null) return null;
  return {
    lastSeenAt: Date.parse(principal.lastSeenAt),
    actor: {
      kind: principal.identityId === null ? 'apiClient' : 'identity',
      id,
      sessionId: principal.sessionId,
      name: principal.name,
      email: principal.email,
      language: principal.language ?? 'en',
      memberships: principal.memberships,
    },
  };
}

export interface Granted {
  tenantId: string;
  grantedBy: string;
}

/**
 * In which tenant the actor may do this.
 * @param wanted tenant named in the header `ringside-tenant`, if any
 * @throws Fault notFound for a tenant out of sight, forbidden where only the permission lacks
 */
export async function authorize(
  db: Db,
  actor: Actor,
  access: Exclude<Access, { of: 'anyone' | 'login' }>,
  params: { resellerId?: string; customerId?: string },
  wanted: string | null,
): Promise<Granted> {
  const memberships = activeMemberships(actor);
  if (memberships.length === 0) throw new Fault(actor.memberships.length > 0 ? 'tenantDisabled' : 'forbidden');
  if (access.of === 'tenant') return grantInTenant(db, memberships, access.permission, wanted?.toLowerCase() ?? null);
  // One writing for one tenant: whether somebody acts in their own is told by comparing ids.
  const target = (access.of === 'reseller' ? params.resellerId : params.customerId)?.toLowerCase();
  if (target === undefined || !isUuid(target)) throw new Fault('notFound');
  const above = await ancestorsAmong(db, memberships, target);
  if (above.length === 0) throw new Fault(actor.memberships.some((m) => m.tenantId === target) ? 'tenantDisabled' : 'notFound');
  const granting = above.find((membership) => allows(membership, access.permission));
  if (!granting) throw new Fault('forbidden');
  return { tenantId: target, grantedBy: granting.tenantId };
}

async function grantInTenant(db: Db, memberships: ActiveMembership[], permission: Granting, wanted: string | null): Promise<Granted> {
  if (wanted === null) {
    const granting = memberships.find((membership) => allows(membership, permission));
    if (!granting) throw new Fault('forbidden');
    return { tenantId: granting.tenantId, grantedBy: granting.tenantId };
  }
  if (!isUuid(wanted)) throw new Fault('notFound');
  const above = await ancestorsAmong(db, memberships, wanted);
  if (above.length === 0) throw new Fault('notFound');
  const granting = above.find((membership) => allows(membership, permission));
  if (!granting) throw new Fault('forbidden');
  return { tenantId: wanted, grantedBy: granting.tenantId };
}

type Granting = Parameters<typeof allows>[1];

async function ancestorsAmong(db: Db, memberships: ActiveMembership[], target: string): Promise<ActiveMembership[]> {
  const own = memberships.filter((membership) => membership.tenantId === target);
  const ids = memberships.map((membership) => membership.tenantId);
  const { rows } = await sql<{ id: string }>`select ancestors_among(${ids}::uuid[], ${target}::uuid) as id`.execute(db);
  const found = new Set(rows.map((row) => row.id));
  return [...own, ...memberships.filter((membership) => found.has(membership.tenantId) && membership.tenantId !== target)];
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
