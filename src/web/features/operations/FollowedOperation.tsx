import { Skeleton, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { contract } from '../../../contract/index.ts';
import type { Operation } from '../../../contract/operations.ts';
import { useMay } from '../../api/acting.ts';
import { call } from '../../api/client.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { OperationProgress } from '../../ui/OperationProgress.tsx';
import { notifyFailure } from '../../ui/notify.ts';
import { isOpen, operationQuery } from './queries.ts';

interface Props {
  operationId: string;
  /** Once, when it ends: done, failed or stopped. */
  onEnd?: ((operation: Operation) => void) | undefined;
}

/** A long work followed until its end, with its question when it has one. */
export function FollowedOperation({ operationId, onEnd }: Props) {
  const client = useQueryClient();
  const mayDecide = useMay('operations.write');
  const { data, error, refetch } = useQuery(operationQuery(operationId));
  const told = useRef(false);
  useEffect(() => {
    if (data === undefined || isOpen(data) || told.current) return;
    told.current = true;
    onEnd?.(data);
  }, [data, onEnd]);

  async function decide(decision: 'continue' | 'stop'): Promise<void> {
    try {
      const answer = await call(contract.operations.decide, { params: { operationId }, body: { decision } });
      client.setQueryData(operationQuery(operationId).queryKey, answer);
      await refetch();
    } catch (failure) {
      notifyFailure(failure);
    }
  }

  if (data === undefined) {
    if (error !== null) return <ErrorNote text={error.message} onRetry={() => void refetch()} />;
    return (
      <Stack gap="md" aria-hidden="true">
        {[0, 1, 2, 3].map((at) => (
          <Skeleton key={at} height={22} />
        ))}
      </Stack>
    );
  }
  return <OperationProgress operation={data} onDecide={mayDecide ? (decision) => void decide(decision) : undefined} />;
}
