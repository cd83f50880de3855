import { queryOptions } from '@tanstack/react-query';
import { contract } from '../../../contract/index.ts';
import { call } from '../../api/client.ts';

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) => call(contract.identity.sessions, {}, { signal }),
});
