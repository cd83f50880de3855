import { keepPreviousData, queryOptions, type QueryClient } from '@tanstack/react-query';
import { contract } from '../../../contract/index.ts';
import type { User } from '../../../contract/users.ts';
import { call } from '../../api/client.ts';
import type { TableView } from '../../ui/table/view.ts';

/** Few customers have more users than one page: "select all" mostly means all. */
export const PAGE_SIZE = 100;

export const usersQuery = (customerId: string, view: TableView) =>
  queryOptions({
    queryKey: ['customers', customerId, 'users', view],
    queryFn: ({ signal }) =>
      call(
        contract.users.list,
        {
          params: { customerId },
          query: { q: view.q, sort: view.sort as 'displayName', order: view.order, page: view.page, pageSize: PAGE_SIZE },
        },
        { signal },
      ),
    placeholderData: keepPreviousData,
  });

/** Shows changed users in every list of them. */
export function usersChanged(client: QueryClient, customerId: string): Promise<void> {
  return client.invalidateQueries({ queryKey: ['customers', customerId, 'users'] });
}

/** Changes a user's roles; website access that is new invites. */
export function saveRoles(user: User, roles: User['roles']): Promise<User> {
  return call(contract.users.update, { params: { customerId: user.customerId, userId: user.id }, body: { roles } });
}
