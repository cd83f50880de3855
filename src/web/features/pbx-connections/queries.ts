import { queryOptions } from '@tanstack/react-query';
import { contract } from '../../../contract/index.ts';
import { call } from '../../api/client.ts';

export const pbxTypesQuery = queryOptions({
  queryKey: ['pbx-types'],
  queryFn: async ({ signal }) => (await call(contract.pbxTypes.list, {}, { signal })).items,
  staleTime: 300_000,
});

/** Templates of a reseller. @param resellerId null: of the reseller one acts in @param of the tenant one acts in */
export const pbxTemplatesQuery = (resellerId: string | null, of: string) =>
  queryOptions({
    queryKey: ['pbx-templates', of, resellerId],
    queryFn: async ({ signal }) =>
      (await call(contract.pbxTemplates.list, { query: resellerId === null ? {} : { resellerId } }, { signal })).items,
  });

export const connectionsQuery = (customerId: string) =>
  queryOptions({
    queryKey: ['customers', customerId, 'pbx-connections'],
    queryFn: async ({ signal }) => (await call(contract.pbxConnections.list, { params: { customerId } }, { signal })).items,
  });

/** The link's settings; secrets only by when they were set. */
export const connectionSettingsQuery = (customerId: string, connectionId: string) =>
  queryOptions({
    queryKey: ['customers', customerId, 'pbx-connections', connectionId, 'settings'],
    queryFn: ({ signal }) => call(contract.pbxConnections.settings, { params: { customerId, connectionId } }, { signal }),
    staleTime: 0,
  });

export const gapsQuery = (customerId: string) =>
  queryOptions({
    queryKey: ['customers', customerId, 'gaps'],
    queryFn: async ({ signal }) => (await call(contract.calls.gaps, { params: { customerId } }, { signal })).items,
  });
