import type { Language } from '../../../contract/common.ts';
import { newId } from '../../platform/ids/index.ts';
import { invite } from '../identity/index.ts';
import type { ChangeSource } from './roles.ts';

/**
 * The customer's first administrator: a user added by hand who is invited at once. If the same
 * e-mail is found on the phone system later, the sync joins the two.
 */
export async function addPrimaryUser(
  source: ChangeSource,
  customerId: string,
  person: { displayName: string; email: string },
  language: Language,
): Promise<void> {
  const now = new Date(source.clock.now());
  const { membershipId } = await invite(source, { tenantId: customerId, ...person, roles: ['customer.user', 'admin.user'], language });
  await source.db
    .insertInto('users')
    .values({
      id: newId(),
      tenant_id: customerId,
      membership_id: membershipId,
      display_name: person.displayName,
      email: person.email,
      source: 'manual',
      roles: [],
      created_at: now,
      updated_at: now,
    })
    .execute();
}
