/** What the resellers' grid shows, as it stands in the address. */
import { RESELLER_SORTS } from '../../../contract/tenants.ts';
import { viewFromSearch, viewToSearch, type TableView } from '../../ui/table/view.ts';

const initial: TableView = { q: '', sort: 'name', order: 'asc', page: 1 };

export type ResellersSearch = Partial<TableView>;

export function resellersView(search: Record<string, unknown>): TableView {
  return viewFromSearch(search, RESELLER_SORTS, initial);
}

export function resellersSearch(view: TableView): ResellersSearch {
  return viewToSearch(view, initial);
}
