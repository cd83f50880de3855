import { ActionIcon, Group, Indicator, Popover, Stack, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { IconListCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useMay, useMembership } from '../../api/acting.ts';
import { TextLink } from '../../ui/TextLink.tsx';
import { CustomerName } from './CustomerName.tsx';
import { KindName, OperationMark } from './operation-words.tsx';
import { isOpen, operationsQuery } from './queries.ts';

/** In the header: how many long works are under way, and a short list of them. */
export function RunningWork() {
  const { t } = useLingui();
  const [opened, setOpened] = useState(false);
  const may = useMay('operations.read');
  const { data } = useQuery({ ...operationsQuery(useMembership()?.tenantId ?? ''), enabled: may });
  if (!may) return null;
  const open = data?.filter(isOpen) ?? [];
  const waiting = open.some(({ status }) => status === 'needsDecision');
  const label = open.length === 0 ? t`Activity` : t`Activity, ${open.length} under way`;
  return (
    <Popover width={340} position="bottom-end" trapFocus returnFocus opened={opened} onChange={setOpened}>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label} title={label} onClick={() => setOpened(!opened)}>
          <Indicator
            label={open.length}
            size={16}
            disabled={open.length === 0}
            color={waiting ? 'red' : 'brand'}
            offset={2}
            display="flex"
            aria-hidden="true"
          >
            <IconListCheck size={20} stroke={1.7} />
          </Indicator>
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t`Activity`}>
        <Stack gap="sm">
          {open.length === 0 && (
            <Text c="dimmed">
              <Trans>Nothing is under way.</Trans>
            </Text>
          )}
          {open.slice(0, 5).map((operation) => (
            <Group key={operation.id} justify="space-between" wrap="nowrap" gap="sm">
              <div style={{ minWidth: 0 }}>
                <Text fz="sm" truncate>
                  <KindName kind={operation.kind} />
                </Text>
                <Text fz="sm" c="dimmed" truncate>
                  <CustomerName customerId={operation.tenantId} />
                </Text>
              </div>
              <OperationMark operation={operation} />
            </Group>
          ))}
          <TextLink to="/activity" fz="sm" onClick={() => setOpened(false)}>
            <Trans>All activity</Trans>
          </TextLink>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
