import { keepPreviousData, queryOptions, type QueryClient } from '@tanstack/react-query';
import type { CustomerSummary } from '../../../contract/customers.ts';
import { contract } from '../../../contract/index.ts';
import type { RequestOf } from '../../../contract/route.ts';
import { call } from '../../api/client.ts';
import { customerQuery } from '../../api/tenants.ts';
import type { CustomersView } from './customers-view.ts';

export const PAGE_SIZE = 50;

/** One page of the grid. @param of the tenant one acts in, since the same filters show other customers elsewhere */
export const customersQuery = (view: CustomersView, of: string) =>
  queryOptions({
    queryKey: ['customers', 'list', of, view],
    queryFn: ({ signal }) =>
      call(contract.customers.list, { query: { ...filtersOf(view), page: view.page, pageSize: PAGE_SIZE } }, { signal }),
    placeholderData: keepPreviousData,
  });

export const productTypesQuery = queryOptions({
  queryKey: ['product-types'],
  queryFn: ({ signal }) => call(contract.productTypes.list, {}, { signal }),
  staleTime: 300_000,
});

/** Every row of the grid with these filters, page after page. */
export async function allCustomers(view: CustomersView): Promise<CustomerSummary[]> {
  const found: CustomerSummary[] = [];
  for (let page = 1; ; page++) {
    const { items, total } = await call(contract.customers.list, { query: { ...filtersOf(view), page, pageSize: 200 } });
    found.push(...items);
    if (items.length === 0 || found.length >= total) return found;
  }
}

/** Shows a changed customer everywhere at once: its page, its row. */
export async function customerChanged(client: QueryClient, customer: Awaited<ReturnType<typeof saveCustomer>>): Promise<void> {
  client.setQueryData(customerQuery(customer.id).queryKey, customer);
  await client.invalidateQueries({ queryKey: ['customers', 'list'] });
}

export function saveCustomer(customerId: string, body: RequestOf<typeof contract.customers.update>['body']) {
  return call(contract.customers.update, { params: { customerId }, body });
}

function filtersOf({ q, sort, order, status, resellerId }: CustomersView) {
  return {
    q,
    sort: sort as 'name',
    order,
    ...(status === null ? {} : { status }),
    ...(resellerId === null ? {} : { resellerId }),
  };
}
