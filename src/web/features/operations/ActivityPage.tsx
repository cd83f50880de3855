import { useLingui, Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { IconListCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { Operation } from '../../../contract/operations.ts';
import { useMembership } from '../../api/acting.ts';
import { rowsOf } from '../../api/rows.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { DataTable, type Column } from '../../ui/table/DataTable.tsx';
import { TextLink } from '../../ui/TextLink.tsx';
import { CustomerName } from './CustomerName.tsx';
import { FollowedOperation } from './FollowedOperation.tsx';
import { KindName, OperationMark } from './operation-words.tsx';
import { operationsQuery } from './queries.ts';

/** Long work of the last time, newest first; it goes on whether or not somebody looks. */
export function ActivityPage() {
  const { t } = useLingui();
  const [opened, setOpened] = useState<string | null>(null);
  const query = useQuery(operationsQuery(useMembership()?.tenantId ?? ''));
  const columns: Column<Operation>[] = [
    {
      key: 'customer',
      header: t`Customer`,
      cell: ({ tenantId }) => (
        <TextLink to="/customers/$customerId" params={{ customerId: tenantId }}>
          <CustomerName customerId={tenantId} />
        </TextLink>
      ),
    },
    { key: 'kind', header: t`What`, wideOnly: true, cell: ({ kind }) => <KindName kind={kind} /> },
    { key: 'status', header: t`Status`, width: '190px', cell: (operation) => <OperationMark operation={operation} /> },
    { key: 'createdAt', header: t`Started`, width: '170px', cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
    {
      key: 'finishedAt',
      header: t`Ended`,
      wideOnly: true,
      width: '170px',
      cell: ({ finishedAt }) => (finishedAt === null ? '–' : <RelativeTime at={finishedAt} />),
    },
  ];
  return (
    <>
      <PageHeader title={t`Activity`} text={t`Long work goes on when you close the page. Open a row to see its steps.`} />
      <DataTable
        {...rowsOf(query, (items) => items)}
        label={t`Activity`}
        columns={columns}
        rowKey={({ id }) => id}
        onOpen={({ id }) => setOpened(id)}
        empty={
          <EmptyState
            Icon={IconListCheck}
            title={<Trans>Nothing has been done yet</Trans>}
            text={<Trans>Connecting phone systems and syncing their users shows up here.</Trans>}
          />
        }
      />
      <Dialog opened={opened !== null} onClose={() => setOpened(null)} title={t`Steps`}>
        {opened !== null && <FollowedOperation operationId={opened} />}
      </Dialog>
    </>
  );
}
