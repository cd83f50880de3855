import { Button, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMay } from '../../api/acting.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { TextLink } from '../../ui/TextLink.tsx';
import { LinkMark } from './LinkMark.tsx';
import { failureText } from './link-words.ts';
import { connectionsQuery } from './queries.ts';

/** The customer's phone systems on its overview: up or down since when, last event. */
export function LinkSummary({ customerId }: { customerId: string }) {
  const mayWrite = useMay('pbx-connections.write');
  const { data, error, refetch } = useQuery({ ...connectionsQuery(customerId), refetchInterval: 5_000 });
  return (
    <Paper p="lg">
      <Group justify="space-between" mb="sm">
        <Title order={2}>
          <Trans>Phone system</Trans>
        </Title>
        {data !== undefined && data.length > 0 && (
          <TextLink to="/customers/$customerId/pbx" params={{ customerId }}>
            <Trans>Connection details</Trans>
          </TextLink>
        )}
      </Group>
      {data === undefined &&
        (error === null ? <Skeleton height={44} /> : <ErrorNote text={error.message} onRetry={() => void refetch()} />)}
      {data?.length === 0 && (
        <Stack gap="sm" align="flex-start">
          <Text c="dimmed">
            <Trans>No phone system is connected: nothing is recorded.</Trans>
          </Text>
          {mayWrite && (
            <Button component={Link} to={`/customers/${customerId}/pbx/new`}>
              <Trans>Connect a phone system</Trans>
            </Button>
          )}
        </Stack>
      )}
      <Stack gap="sm">
        {data?.map((connection) => (
          <div key={connection.id}>
            <Group gap="sm">
              <Text fw={500}>{connection.name}</Text>
              <LinkMark connection={connection} />
            </Group>
            <Text fz="sm" c="dimmed">
              {connection.enabled && connection.health.failure !== null ? (
                failureText(connection.health.failure)
              ) : connection.health.lastEventAt === null ? (
                <Trans>No event yet</Trans>
              ) : (
                <Trans>
                  Last event <RelativeTime at={connection.health.lastEventAt} />
                </Trans>
              )}
            </Text>
          </div>
        ))}
      </Stack>
    </Paper>
  );
}
