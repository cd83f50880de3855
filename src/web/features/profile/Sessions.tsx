import { Badge, Button, Group } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { contract } from '../../../contract/index.ts';
import type { Session as SessionSchema } from '../../../contract/identity.ts';
import { call } from '../../api/client.ts';
import { rowsOf } from '../../api/rows.ts';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { DataTable, type Column } from '../../ui/table/DataTable.tsx';
import { browserName } from './browser.ts';
import { sessionsQuery } from './queries.ts';
import { Section } from './Section.tsx';

type Session = z.infer<typeof SessionSchema>;

/** Where one is logged in; each place can be logged out from here. */
export function Sessions() {
  const { t } = useLingui();
  const query = useQuery(sessionsQuery);
  const columns: Column<Session>[] = [
    {
      key: 'place',
      header: t`Browser`,
      cell: ({ userAgent, current }) => (
        <Group gap={8} wrap="nowrap">
          <span title={userAgent}>{browserName(userAgent) ?? t`Unknown browser`}</span>
          {current && (
            <Badge variant="light">
              <Trans>This one</Trans>
            </Badge>
          )}
        </Group>
      ),
    },
    { key: 'address', header: t`Address`, cell: ({ address }) => address, wideOnly: true },
    { key: 'lastSeenAt', header: t`Last used`, cell: ({ lastSeenAt }) => <RelativeTime at={lastSeenAt} /> },
    { key: 'createdAt', header: t`Logged in`, cell: ({ createdAt }) => <RelativeTime at={createdAt} />, wideOnly: true },
    { key: 'end', header: '', cell: (session) => (session.current ? null : <LogOut session={session} />), align: 'right' },
  ];
  return (
    <Section title={t`Where you are logged in`}>
      <DataTable
        {...rowsOf(query, ({ items }) => items)}
        label={t`Where you are logged in`}
        columns={columns}
        rowKey={({ id }) => id}
        empty={null}
        expected={2}
      />
    </Section>
  );
}

function LogOut({ session }: { session: Session }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: () => call(contract.identity.revokeSession, { params: { sessionId: session.id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
    onError: (error) => notifications.show({ color: 'red', title: t`Not logged out`, message: error.message }),
  });
  const name = browserName(session.userAgent) ?? t`Unknown browser`;
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={end.isPending}
      onClick={() => end.mutate()}
      aria-label={t`Log out ${name}, ${session.address}`}
    >
      <Trans>Log out</Trans>
    </Button>
  );
}
