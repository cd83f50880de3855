import { useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { contract } from '../../../contract/index.ts';
import type { CustomerRole } from '../../../contract/permissions.ts';
import type { User } from '../../../contract/users.ts';
import { call } from '../../api/client.ts';
import { newKey } from '../../api/keys.ts';
import { ApiProblem } from '../../api/problem.ts';
import { notify, notifyFailure } from '../../ui/notify.ts';
import type { BulkChange } from './roles.ts';
import { withRole } from './roles.ts';
import { saveRoles, usersChanged } from './queries.ts';

/** What can be done to a customer's users; says what came of it and shows it in the lists. */
export function useUserActions(customerId: string) {
  const { t } = useLingui();
  const client = useQueryClient();

  async function run(work: () => Promise<string>): Promise<void> {
    try {
      notify(await work());
    } catch (error) {
      notifyFailure(reasonOf(error));
    } finally {
      await usersChanged(client, customerId);
    }
  }

  return {
    setRole: (user: User, role: CustomerRole, on: boolean) =>
      run(async () => {
        const saved = await saveRoles(user, withRole(user.roles, role, on));
        return saved.access === 'invited' && user.access === 'none'
          ? t`${user.displayName} was invited.`
          : t`Roles of ${user.displayName} were saved.`;
      }),
    invite: (user: User) =>
      run(async () => {
        if (user.access === 'none') await saveRoles(user, withRole(user.roles, 'customer.user', true));
        else await call(contract.users.invite, { params: { customerId, userId: user.id } });
        return t`The invitation to ${user.email ?? ''} is on its way.`;
      }),
    /** Rejects with what the API says, for the dialog that asked. */
    changeMany: async ({ userIds, add, remove }: BulkChange) => {
      const body = { userIds, add, remove };
      const { changed, invited } = await call(contract.users.changeRoles, { params: { customerId }, body }, { idempotencyKey: newKey() });
      await usersChanged(client, customerId);
      notify(invited > 0 ? t`${changed} users changed, ${invited} invited.` : t`${changed} users changed.`);
    },
  };
}

/** The first field error says more than "some fields need your attention". */
export function reasonOf(error: unknown): string {
  if (error instanceof ApiProblem && error.errors[0] !== undefined) return error.errors[0].message;
  return error instanceof Error ? error.message : String(error);
}
