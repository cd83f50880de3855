import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { z } from 'zod';
import type { ApiClient as ApiClientSchema } from '../../../contract/identity.ts';
import { useMay } from '../../api/acting.ts';
import { rowsOf } from '../../api/rows.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { DataTable, type Column } from '../../ui/table/DataTable.tsx';
import { CreateDialog } from './CreateDialog.tsx';
import { apiClientsQuery } from './queries.ts';
import { RevokeButton } from './RevokeButton.tsx';
import { StateMark } from './StateMark.tsx';

export type ApiClient = z.infer<typeof ApiClientSchema>;

/** Programs that may use the API in the tenant's name. */
export function ApiClientsPage() {
  const { t } = useLingui();
  const mayWrite = useMay('api-clients.write');
  const query = useQuery(apiClientsQuery);
  const [creating, setCreating] = useState(false);
  const columns = useColumns(mayWrite);
  const create = mayWrite && (
    <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => setCreating(true)}>
      <Trans>Create API client</Trans>
    </Button>
  );
  return (
    <>
      <PageHeader
        title={t`API clients`}
        text={t`Programs of yours that use the API. Each has its own id and secret.`}
        actions={query.data?.items.length === 0 ? null : create}
      />
      <DataTable
        {...rowsOf(query, ({ items }) => items)}
        label={t`API clients`}
        columns={columns}
        rowKey={({ id }) => id}
        empty={
          <EmptyState
            Icon={IconKey}
            title={t`No API client yet`}
            text={t`With one, your own programs can create customers, read calls and follow them live.`}
            action={create}
          />
        }
        expected={3}
      />
      <CreateDialog opened={creating} onClose={() => setCreating(false)} />
    </>
  );
}

function useColumns(mayWrite: boolean): Column<ApiClient>[] {
  const { t } = useLingui();
  return [
    { key: 'name', header: t`Name`, cell: ({ name }) => name },
    {
      key: 'clientId',
      header: t`Client id`,
      wideOnly: true,
      cell: ({ clientId }) => (
        <>
          <code>{clientId}</code> <CopyButton value={clientId} />
        </>
      ),
    },
    { key: 'state', header: t`State`, width: '130px', cell: ({ revokedAt }) => <StateMark revoked={revokedAt !== null} /> },
    { key: 'createdAt', header: t`Created`, wideOnly: true, width: '150px', cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
    {
      key: 'lastUsedAt',
      header: t`Last used`,
      width: '150px',
      cell: ({ lastUsedAt }) => (lastUsedAt === null ? <Trans>never</Trans> : <RelativeTime at={lastUsedAt} />),
    },
    ...(mayWrite
      ? [
          {
            key: 'end',
            header: '',
            align: 'right' as const,
            width: '120px',
            cell: (client: ApiClient) => (client.revokedAt === null ? <RevokeButton client={client} /> : null),
          },
        ]
      : []),
  ];
}
