import { Group, Paper, Skeleton, Text, Title } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { count } from '../../ui/format.ts';
import { useLanguage } from '../../ui/language.ts';
import { TextLink } from '../../ui/TextLink.tsx';
import { AccessMark } from './AccessMark.tsx';
import { PAGE_SIZE, usersQuery } from './queries.ts';
import { initialUsers } from './users-view.ts';

/** How many people the customer has, and its administrators. */
export function UserCounts({ customerId }: { customerId: string }) {
  const { language } = useLanguage();
  const { t } = useLingui();
  const { data, error } = useQuery(usersQuery(customerId, initialUsers));
  if (error !== null) return null;
  const items = data?.items ?? [];
  const admins = items.filter(({ roles }) => roles.includes('admin.user'));
  // Only one page is at hand: where there are more people, parts of it would be wrong.
  const whole = data !== undefined && data.total <= PAGE_SIZE;
  return (
    <Paper p="lg">
      <Group justify="space-between" mb="sm">
        <Title order={2}>
          <Trans>Users</Trans>
        </Title>
        <TextLink to="/customers/$customerId/users" params={{ customerId }}>
          <Trans>All users</Trans>
        </TextLink>
      </Group>
      {data === undefined ? (
        <Skeleton height={44} />
      ) : (
        <Group gap="xl">
          <Figure label={t`In all`} value={count(data.total, language)} />
          {whole && (
            <>
              <Figure label={t`Agents`} value={count(items.filter(({ roles }) => roles.includes('customer.user.acd')).length, language)} />
              <Figure label={t`With login`} value={count(items.filter(({ access }) => access === 'active').length, language)} />
              <Figure label={t`Invited`} value={count(items.filter(({ access }) => access === 'invited').length, language)} />
            </>
          )}
        </Group>
      )}
      {admins.length > 0 && (
        <>
          <Title order={3} mt="md" mb={4}>
            <Trans>Administrators</Trans>
          </Title>
          {admins.slice(0, 5).map((user) => (
            <Group key={user.id} gap="sm" mih={30}>
              <Text>{user.displayName}</Text>
              <Text c="dimmed" fz="sm">
                {user.email}
              </Text>
              <AccessMark user={user} />
            </Group>
          ))}
        </>
      )}
    </Paper>
  );
}

function Figure({ label, value }: { label: string; value: ReactNode }) {
  return (
    <div>
      <Text fz="1.5rem" fw={600} lh={1.2} className="tabular">
        {value}
      </Text>
      <Text fz="sm" c="dimmed">
        {label}
      </Text>
    </div>
  );
}
