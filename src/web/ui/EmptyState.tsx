import { Stack, Text, Title } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';

interface Props {
  Icon?: ComponentType<{ size: number; stroke: number }>;
  /** What would be here; a page of its own makes it the page's heading. */
  title: ReactNode;
  text?: ReactNode;
  /** The one action that fills it. */
  action?: ReactNode;
  order?: 1 | 2;
}

/** Stands where a list or page has nothing to show yet. */
export function EmptyState({ Icon = IconInbox, title, text, action, order = 2 }: Props) {
  return (
    <Stack align="center" gap={6} px="md" py={56} ta="center">
      <Text c="dimmed" lh={1}>
        <Icon size={32} stroke={1.4} aria-hidden="true" />
      </Text>
      <Title order={order} size="h2">
        {title}
      </Title>
      {text !== undefined && (
        <Text c="dimmed" maw={460}>
          {text}
        </Text>
      )}
      {action !== undefined && <div style={{ marginTop: 12 }}>{action}</div>}
    </Stack>
  );
}
