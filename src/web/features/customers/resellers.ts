import { keepPreviousData, queryOptions, useQueries } from '@tanstack/react-query';
import { contract } from '../../../contract/index.ts';
import type { Reseller } from '../../../contract/tenants.ts';
import { call } from '../../api/client.ts';
import { resellerQuery } from '../../api/tenants.ts';

/** Resellers whose name or reference holds a text, the first fifty. */
export const resellersFoundQuery = (q: string) =>
  queryOptions({
    queryKey: ['resellers', 'found', q],
    queryFn: ({ signal }) => call(contract.resellers.list, { query: { q, pageSize: 50 } }, { signal }),
    placeholderData: keepPreviousData,
  });

/** The resellers of some rows by id; those not there yet are missing. */
export function useResellersOf(rows: readonly { resellerId: string }[], enabled: boolean): ReadonlyMap<string, Reseller> {
  const ids = enabled ? [...new Set(rows.map(({ resellerId }) => resellerId))] : [];
  const answers = useQueries({ queries: ids.map((id) => ({ ...resellerQuery(id), staleTime: 60_000 })) });
  return new Map(answers.flatMap(({ data }) => (data === undefined ? [] : [[data.id, data] as const])));
}
