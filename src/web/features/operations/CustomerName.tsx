import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { customerQuery } from '../../api/tenants.ts';

/** A customer's name by its id, as soon as it is known. */
export function CustomerName({ customerId }: { customerId: string }) {
  const { data, error } = useQuery({ ...customerQuery(customerId), staleTime: 60_000 });
  if (data !== undefined) return data.name;
  return error === null ? <Skeleton component="span" display="inline-block" height={10} width={90} /> : '–';
}
