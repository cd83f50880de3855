import { keepPreviousData, queryOptions, type QueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { RESELLER_SORTS, Reseller, ResellerCreate } from '../../../contract/tenants.ts';
import { contract } from '../../../contract/index.ts';
import { call } from '../../api/client.ts';
import { resellerQuery } from '../../api/tenants.ts';
import type { TableView } from '../../ui/table/view.ts';

export const PAGE_SIZE = 50;

export const resellersQuery = ({ q, sort, order, page }: TableView) =>
  queryOptions({
    queryKey: ['resellers', 'list', q, sort, order, page],
    queryFn: ({ signal }) =>
      // The view was read against the sorts there are.
      call(
        contract.resellers.list,
        { query: { q, sort: sort as (typeof RESELLER_SORTS)[number], order, page, pageSize: PAGE_SIZE } },
        { signal },
      ),
    placeholderData: keepPreviousData,
  });

/** @param key the same for each try of one form: a second click makes no second reseller */
export function createReseller(body: z.input<typeof ResellerCreate>, key: string): Promise<Reseller> {
  return call(contract.resellers.create, { body }, { idempotencyKey: key });
}

export function setDisabled(reseller: Reseller, disabled: boolean): Promise<Reseller> {
  const { disable, enable } = contract.resellers;
  return call(disabled ? disable : enable, { params: { resellerId: reseller.id } });
}

/** After a change: the reseller as it is now, and lists that are to be read again. */
export async function resellerChanged(client: QueryClient, reseller: Reseller): Promise<void> {
  client.setQueryData(resellerQuery(reseller.id).queryKey, reseller);
  await client.invalidateQueries({ queryKey: ['resellers', 'list'] });
}
