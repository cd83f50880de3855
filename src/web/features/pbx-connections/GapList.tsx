import { Group, Paper, Skeleton, Text, Title } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { IconCircleCheck } from '@tabler/icons-react';
import { customerQuery } from '../../api/tenants.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Duration, Timer } from '../../ui/RelativeTime.tsx';
import { useLanguage } from '../../ui/language.ts';
import { failureText } from './link-words.ts';
import { gapsQuery } from './queries.ts';

const shown = 20;

/** Times that were not watched: numbers over them are too low, and say so. */
export function GapList({ customerId }: { customerId: string }) {
  const { language } = useLanguage();
  const { data: customer } = useSuspenseQuery(customerQuery(customerId));
  const { data, error, refetch } = useQuery({ ...gapsQuery(customerId), refetchInterval: 10_000 });
  const at = (instant: string) =>
    new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium', timeZone: customer.effective.timeZone }).format(
      Date.parse(instant),
    );
  return (
    <Paper p="lg">
      <Title order={2} mb="xs">
        <Trans>Gaps</Trans>
      </Title>
      {data === undefined &&
        (error === null ? <Skeleton height={22} /> : <ErrorNote text={error.message} onRetry={() => void refetch()} />)}
      {data?.length === 0 && (
        <Group gap={8} wrap="nowrap">
          <IconCircleCheck size={18} style={{ flex: 'none' }} color="var(--rs-ok-mark)" aria-hidden="true" />
          <Text c="dimmed">
            <Trans>The phone system was watched without interruption.</Trans>
          </Text>
        </Group>
      )}
      <ul style={{ margin: 0, padding: 0, listStyle: 'none' }}>
        {data?.slice(0, shown).map((gap) => (
          <li key={gap.id}>
            <Group gap="sm" mih={32}>
              <Text className="tabular">{at(gap.from)}</Text>
              <Text className="tabular" fw={500}>
                {gap.to === null ? <Timer since={gap.from} /> : <Duration ms={Date.parse(gap.to) - Date.parse(gap.from)} />}
              </Text>
              <Text c="dimmed">{gap.to === null ? <Trans>still open</Trans> : failureText(gap.cause)}</Text>
            </Group>
          </li>
        ))}
      </ul>
    </Paper>
  );
}
