import { audit } from '../../platform/audit/index.ts';
import type { Context } from '../../platform/http/context.ts';
import { Fault, notFound } from '../../platform/http/fault.ts';
import { lockTenant, setStatus } from './repository.ts';

/**
 * Disables (logins stop, monitoring goes on) or enables a reseller or customer.
 * @throws Fault conflict when it is terminated; doing it twice changes nothing
 */
export async function changeStatus(
  context: Context,
  id: string,
  kind: 'reseller' | 'customer',
  status: 'active' | 'disabled',
): Promise<void> {
  const tenant = await lockTenant(context.db, id, kind);
  if (!tenant) throw notFound();
  if (tenant.status === status) return;
  if (tenant.status === 'terminated') {
    throw new Fault('conflict', {
      detail: { en: 'It has been terminated and cannot come back.', es: 'Está dado de baja y no puede volver a activarse.' },
    });
  }
  await setStatus(context.db, id, status, new Date(context.clock.now()));
  await audit(context, {
    tenantId: id,
    action: `${kind}s.${status === 'active' ? 'enable' : 'disable'}`,
    subjectId: id,
    before: { status: tenant.status },
    after: { status },
  });
}
