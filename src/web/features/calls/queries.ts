import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { contract } from '../../../contract/index.ts';
import { call, pathOf } from '../../api/client.ts';
import type { CallsView } from './calls-view.ts';
import type { Period } from './ranges.ts';

const PAGE = 50;

/** The list, page after page as far as one has read on. */
export const callsQuery = (customerId: string, view: CallsView, period: Period) =>
  infiniteQueryOptions({
    queryKey: ['customers', customerId, 'calls', filtersOf(view, period)],
    queryFn: ({ signal, pageParam }) =>
      call(
        contract.calls.list,
        {
          params: { customerId },
          query: { ...filtersOf(view, period), limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) },
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });

export const callQuery = (customerId: string, callId: string) =>
  queryOptions({
    queryKey: ['customers', customerId, 'call', callId],
    queryFn: ({ signal }) => call(contract.calls.get, { params: { customerId, callId } }, { signal }),
  });

/** Where the same list can be had as CSV. */
export function exportPath(customerId: string, view: CallsView, period: Period): string {
  return pathOf(contract.calls.export, { customerId }, filtersOf(view, period));
}

function filtersOf({ direction, outcome, q }: CallsView, period: Period) {
  return {
    ...period,
    ...(direction === null ? {} : { direction }),
    ...(outcome === null ? {} : { outcome }),
    ...(q === '' ? {} : { q }),
  };
}
