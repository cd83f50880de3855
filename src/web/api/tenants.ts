import { queryOptions } from '@tanstack/react-query';
import { contract } from '../../contract/index.ts';
import { call } from './client.ts';

export const customerQuery = (customerId: string) =>
  queryOptions({
    queryKey: ['customers', customerId],
    queryFn: ({ signal }) => call(contract.customers.get, { params: { customerId } }, { signal }),
  });

export const resellerQuery = (resellerId: string) =>
  queryOptions({
    queryKey: ['resellers', resellerId],
    queryFn: ({ signal }) => call(contract.resellers.get, { params: { resellerId } }, { signal }),
  });
