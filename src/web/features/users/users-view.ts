/** What the users' table shows, as it stands in the address. */
import { USER_SORTS } from '../../../contract/users.ts';
import { viewFromSearch, viewToSearch, type TableView } from '../../ui/table/view.ts';

export type UsersSearch = Partial<TableView>;

export const initialUsers: TableView = { q: '', sort: 'displayName', order: 'asc', page: 1 };

export function usersSearch(search: Record<string, unknown>): UsersSearch {
  return viewToSearch(usersView(search), initialUsers);
}

export function usersView(search: Record<string, unknown>): TableView {
  return viewFromSearch(search, USER_SORTS, initialUsers);
}
