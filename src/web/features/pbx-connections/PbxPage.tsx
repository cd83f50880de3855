import { Button, Skeleton, Stack } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { IconPlus, IconServer2 } from '@tabler/icons-react';
import { useMay } from '../../api/acting.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ConnectionCard } from './ConnectionCard.tsx';
import { GapList } from './GapList.tsx';
import { connectionsQuery } from './queries.ts';

/** The customer's phone systems: health of each link, what can be done, times that were not watched. */
export function PbxPage() {
  const { t } = useLingui();
  const { customerId } = useParams({ from: '/app/customers/$customerId/pbx' });
  const mayWrite = useMay('pbx-connections.write');
  const mayCalls = useMay('calls.read');
  const { data, error, refetch } = useQuery({ ...connectionsQuery(customerId), refetchInterval: 3_000 });
  const connect = mayWrite && (
    <Button
      component={Link}
      to={`/customers/${customerId}/pbx/new`}
      variant={data?.length === 0 ? 'filled' : 'default'}
      leftSection={<IconPlus size={16} aria-hidden="true" />}
    >
      <Trans>Connect a phone system</Trans>
    </Button>
  );
  return (
    <>
      <PageHeader title={t`Phone system`} actions={data !== undefined && data.length > 0 && connect} />
      {data === undefined &&
        (error === null ? <Skeleton height={260} /> : <ErrorNote text={error.message} onRetry={() => void refetch()} />)}
      {data?.length === 0 && (
        <EmptyState
          Icon={IconServer2}
          title={<Trans>No phone system is connected</Trans>}
          text={<Trans>Once connected, its users are read and its calls are recorded and shown live.</Trans>}
          action={connect}
        />
      )}
      {data !== undefined && data.length > 0 && (
        <Stack gap="md">
          {data.map((connection) => (
            <ConnectionCard key={connection.id} connection={connection} mayWrite={mayWrite} />
          ))}
          {mayCalls && <GapList customerId={customerId} />}
        </Stack>
      )}
    </>
  );
}
