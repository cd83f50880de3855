import { Button, Center } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconHistory } from '@tabler/icons-react';
import type { z } from 'zod';
import type { AuditEvent as AuditEventSchema } from '../../../contract/audit-events.ts';
import { contract } from '../../../contract/index.ts';
import { call } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { DataTable, type Column } from '../../ui/table/DataTable.tsx';
import { Changes } from './Changes.tsx';
import { useActionName } from './action-names.ts';

export type AuditEvent = z.infer<typeof AuditEventSchema>;

/** Who changed what, newest first. */
export function AuditPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { subject } = useSearch({ from: '/app/audit-events' });
  const query = useInfiniteQuery({
    queryKey: ['audit-events', subject ?? null],
    queryFn: ({ signal, pageParam }) =>
      call(
        contract.auditEvents.list,
        { query: { ...(subject === undefined ? {} : { subjectId: subject }), ...(pageParam === null ? {} : { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  return (
    <>
      <PageHeader
        title={t`Changes`}
        text={t`Who did what here, and what it was before.`}
        actions={
          subject !== undefined && (
            <Button variant="default" onClick={() => void navigate({ to: '/audit-events', search: {} })}>
              <Trans>Show all changes</Trans>
            </Button>
          )
        }
      />
      <DataTable
        rows={query.data?.pages.flatMap(({ items }) => items)}
        failure={
          query.error === null
            ? null
            : { text: query.error.message, requestId: query.error instanceof ApiProblem ? query.error.requestId : undefined }
        }
        renewing={false}
        retry={() => void query.refetch()}
        label={t`Changes`}
        columns={useColumns()}
        rowKey={({ id }) => id}
        empty={
          <EmptyState
            Icon={IconHistory}
            title={t`No changes yet`}
            text={t`Every change anybody makes here is written down with who made it.`}
          />
        }
      />
      {query.hasNextPage && (
        <Center mt="md">
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            <Trans>Load more</Trans>
          </Button>
        </Center>
      )}
    </>
  );
}

function useColumns(): Column<AuditEvent>[] {
  const { t } = useLingui();
  const actionName = useActionName();
  return [
    { key: 'at', header: t`When`, width: '140px', cell: ({ at }) => <RelativeTime at={at} /> },
    {
      key: 'actor',
      header: t`Who`,
      width: '200px',
      cell: ({ actor }) =>
        actor.kind === 'system' ? t`Ringside itself` : actor.kind === 'apiClient' ? t`${actor.name} (API)` : actor.name,
    },
    { key: 'action', header: t`What`, width: '240px', cell: ({ action }) => <span title={action}>{actionName(action)}</span> },
    { key: 'changes', header: t`Before → after`, wideOnly: true, cell: (event) => <Changes event={event} /> },
  ];
}
