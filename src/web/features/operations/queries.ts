import { queryOptions } from '@tanstack/react-query';
import { contract } from '../../../contract/index.ts';
import type { Operation } from '../../../contract/operations.ts';
import { call } from '../../api/client.ts';

/** A long work, asked for twice a second until it ends. */
export const operationQuery = (operationId: string) =>
  queryOptions({
    queryKey: ['operations', 'one', operationId],
    queryFn: ({ signal }) => call(contract.operations.get, { params: { operationId } }, { signal }),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data === undefined || isOpen(state.data) ? 500 : false),
  });

/** The newest works of a tenant and below it. @param of the tenant one acts in */
export const operationsQuery = (of: string) =>
  queryOptions({
    queryKey: ['operations', 'list', of],
    queryFn: async ({ signal }) => (await call(contract.operations.list, { query: { limit: 50 } }, { signal })).items,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.some(isOpen) === true ? 2_000 : 15_000),
  });

/** Not over: it runs or waits for an answer. */
export function isOpen({ status }: Pick<Operation, 'status'>): boolean {
  return status === 'running' || status === 'needsDecision';
}
