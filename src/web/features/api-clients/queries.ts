import { queryOptions } from '@tanstack/react-query';
import { contract } from '../../../contract/index.ts';
import { call } from '../../api/client.ts';

export const apiClientsQuery = queryOptions({
  queryKey: ['api-clients'],
  queryFn: ({ signal }) => call(contract.apiClients.list, {}, { signal }),
});
