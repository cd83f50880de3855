import { Alert, Group, Paper, Stack, Text } from '@mantine/core';
import { Plural, Trans } from '@lingui/react/macro';
import { IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Attribution } from '../../../contract/pbx-connections.ts';
import { useLanguage } from '../../ui/language.ts';
import classes from './SharePreview.module.css';
import { shareOf, type Preview } from './share.ts';

/** The users and queues a customer would get by a rule, out of all there are. */
export function SharePreview({ preview, rule }: { preview: Preview; rule: Attribution }) {
  const { read } = useLanguage();
  const { users, queues } = shareOf(preview, rule);
  const all = preview.users.length;
  return (
    <Stack gap="sm" role="status">
      <Paper p="sm">
        <Text fw={600}>
          <Trans>
            <Plural value={users.length} one="# user" other="# users" /> of {all},{' '}
            <Plural value={queues.length} one="# queue" other="# queues" /> of {preview.queues.length}
          </Trans>
        </Text>
        {users.length === 0 && queues.length === 0 && (
          <Text fz="sm" c="dimmed">
            <Trans>Nothing on this phone system fits. Choose another way or value.</Trans>
          </Text>
        )}
        <Entries heading={<Trans>Users</Trans>} entries={users.map(({ name, extension }) => ({ name, number: extension }))} />
        <Entries heading={<Trans>Queues</Trans>} entries={queues} />
      </Paper>
      {preview.notices.map((notice) => (
        <Alert key={notice.en} color="blue" variant="light" icon={<IconInfoCircle size={18} aria-hidden="true" />}>
          {read(notice)}
        </Alert>
      ))}
    </Stack>
  );
}

const shown = 24;

function Entries({ heading, entries }: { heading: ReactNode; entries: readonly { name: string; number: string | null }[] }) {
  if (entries.length === 0) return null;
  const more = entries.length - shown;
  return (
    <>
      <Text fz="sm" c="dimmed" mt="xs" mb={4}>
        {heading}
      </Text>
      <ul className={classes.entries}>
        {entries.slice(0, shown).map(({ name, number }) => (
          <li key={`${number ?? ''} ${name}`}>
            <Group gap={6} wrap="nowrap">
              <Text span fz="sm" c="dimmed" className="tabular" miw={36}>
                {number}
              </Text>
              <Text span fz="sm" truncate>
                {name}
              </Text>
            </Group>
          </li>
        ))}
      </ul>
      {more > 0 && (
        <Text fz="sm" c="dimmed">
          <Plural value={more} one="and # more" other="and # more" />
        </Text>
      )}
    </>
  );
}
