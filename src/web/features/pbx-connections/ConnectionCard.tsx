import { Alert, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { PbxConnection } from '../../../contract/pbx-connections.ts';
import { Facts } from '../../ui/Facts.tsx';
import { count } from '../../ui/format.ts';
import { useLanguage } from '../../ui/language.ts';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { ConnectionActions } from './ConnectionActions.tsx';
import { LinkMark } from './LinkMark.tsx';
import { capabilityText, failureText } from './link-words.ts';
import { pbxTypesQuery } from './queries.ts';

interface Props {
  connection: PbxConnection;
  mayWrite: boolean;
}

/** One connection: health of its link, what the link can do, what more rights would add. */
export function ConnectionCard({ connection, mayWrite }: Props) {
  const { t } = useLingui();
  const { language, read } = useLanguage();
  const type = useQuery(pbxTypesQuery).data?.find(({ id }) => id === connection.type);
  const { health, attribution, lastSync } = connection;
  const method = type?.attribution.find(({ by }) => by === attribution.by);
  const able = health.capabilities.map(capabilityText).filter((text) => text !== null);
  const version = health.version === null ? '' : ` · ${health.version}`;
  return (
    <Paper p="lg" component="section" aria-label={connection.name}>
      <Group gap="sm" mb={2}>
        <Title order={2}>{connection.name}</Title>
        <LinkMark connection={connection} />
      </Group>
      <Text c="dimmed" mb="md">
        {type?.name ?? connection.type}
        {version}
      </Text>
      {connection.enabled && health.failure !== null && health.state !== 'live' && (
        <Alert
          color="red"
          variant="light"
          mb="md"
          icon={<IconAlertTriangle size={18} aria-hidden="true" />}
          title={failureText(health.failure)}
        >
          <Trans>Ringside tries again by itself, at the latest every minute. Calls in the meantime are missing and marked as a gap.</Trans>
        </Alert>
      )}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Facts
          facts={[
            { label: t`State since`, value: <RelativeTime at={health.since} /> },
            { label: t`Last event`, value: health.lastEventAt === null ? t`None yet` : <RelativeTime at={health.lastEventAt} /> },
            {
              label: t`Last sync`,
              value:
                lastSync === null ? (
                  t`Not yet`
                ) : (
                  <Trans>
                    <RelativeTime at={lastSync.at} />: {count(lastSync.users, language)} users, {count(lastSync.queues, language)} queues
                  </Trans>
                ),
            },
          ]}
        />
        <Facts
          facts={[
            { label: t`Told apart by`, value: method === undefined ? attribution.by : read(method.label) },
            ...(attribution.by === 'all' ? [] : [{ label: t`Value`, value: <code>{attribution.value}</code> }]),
            ...(type?.monitorsSubAccounts === true
              ? [{ label: t`Sub-accounts`, value: connection.monitorSubAccounts ? t`Monitored` : t`Not monitored` }]
              : []),
            ...(able.length === 0 ? [] : [{ label: t`Delivers`, value: new Intl.ListFormat(language, { type: 'unit' }).format(able) }]),
          ]}
        />
      </SimpleGrid>
      {health.notices.length > 0 && (
        <Stack gap="xs" mt="md">
          {health.notices.map((notice) => (
            <Alert key={notice.en} color="blue" variant="light" icon={<IconInfoCircle size={18} aria-hidden="true" />}>
              {read(notice)}
            </Alert>
          ))}
        </Stack>
      )}
      {mayWrite && <ConnectionActions connection={connection} />}
    </Paper>
  );
}
