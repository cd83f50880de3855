import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { skeletonThings } from '../../../contract/_skeleton.ts';
import { call } from '../../api/client.ts';

export const skeletonThingsQuery = (customerId: string) =>
  queryOptions({
    queryKey: ['customers', customerId, 'skeleton-things'],
    queryFn: ({ signal }) => call(skeletonThings.list, { params: { customerId } }, { signal }),
  });

/** Shows changed skeleton things in every list of them. */
export function skeletonThingsChanged(client: QueryClient, customerId: string): Promise<void> {
  return client.invalidateQueries(skeletonThingsQuery(customerId));
}
