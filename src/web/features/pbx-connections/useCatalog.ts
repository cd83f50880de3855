import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useMembership } from '../../api/acting.ts';
import type { Catalog } from './connection-form.ts';
import { pbxTemplatesQuery, pbxTypesQuery } from './queries.ts';

interface Answer {
  /** Undefined while it is loading. */
  catalog: Catalog | undefined;
  error: Error | null;
  retry: () => void;
}

/**
 * Types and templates to connect with.
 * @param resellerId whose templates; null: those of the reseller one acts in
 * @param allowed the product's phone systems; null: every one
 */
export function useCatalog(resellerId: string | null, allowed: readonly string[] | null): Answer {
  const types = useQuery(pbxTypesQuery);
  const templates = useQuery(pbxTemplatesQuery(resellerId, useMembership()?.tenantId ?? ''));
  const catalog = useMemo(
    () =>
      types.data === undefined || templates.data === undefined
        ? undefined
        : { types: types.data.filter(({ id }) => allowed === null || allowed.includes(id)), templates: templates.data },
    [types.data, templates.data, allowed],
  );
  return {
    catalog,
    error: types.error ?? templates.error,
    retry: () => {
      void types.refetch();
      void templates.refetch();
    },
  };
}
