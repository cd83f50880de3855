/** What the customers' grid shows, as it stands in the address. */
import { TenantStatus } from '../../../contract/common.ts';
import { CUSTOMER_SORTS } from '../../../contract/customers.ts';
import { viewFromSearch, viewToSearch, type TableView } from '../../ui/table/view.ts';

export interface CustomersSearch {
  q?: string;
  sort?: string;
  order?: TableView['order'];
  page?: number;
  status?: TenantStatus;
  /** Only for the enterprise: customers of this reseller. */
  reseller?: string;
}

export interface CustomersView extends TableView {
  status: TenantStatus | null;
  resellerId: string | null;
}

const initial: TableView = { q: '', sort: 'name', order: 'asc', page: 1 };

/** What a stranger typed wrongly counts as absent. */
export function customersSearch(search: Record<string, unknown>): CustomersSearch {
  return toSearch(customersView(search));
}

export function customersView(search: Record<string, unknown>): CustomersView {
  const status = TenantStatus.safeParse(search['status']);
  const reseller = search['reseller'];
  return {
    ...viewFromSearch(search, CUSTOMER_SORTS, initial),
    status: status.success ? status.data : null,
    resellerId: typeof reseller === 'string' && /^[0-9a-f-]{36}$/i.test(reseller) ? reseller : null,
  };
}

export function toSearch({ status, resellerId, ...view }: CustomersView): CustomersSearch {
  return {
    ...viewToSearch(view, initial),
    ...(status === null ? {} : { status }),
    ...(resellerId === null ? {} : { reseller: resellerId }),
  };
}

/** Nothing was searched or filtered: no rows means there are no customers at all. */
export function showsAll({ q, status, resellerId }: CustomersView): boolean {
  return q === '' && status === null && resellerId === null;
}
