import { Group, Text, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';

interface Props {
  /** Also the browser tab's title. */
  title: string;
  /** Right of the title: state marks. */
  badge?: ReactNode;
  text?: ReactNode;
  /** At the right edge: the page's main action last. */
  actions?: ReactNode;
}

/** The first thing on every page: where one is and what one can do here. */
export function PageHeader({ title, badge, text, actions }: Props) {
  useEffect(() => {
    document.title = `${title} · Ringside`;
  }, [title]);
  return (
    <Group component="header" justify="space-between" align="flex-start" gap="sm" mb="md" mih={36}>
      <div style={{ minWidth: 0 }}>
        <Group gap="sm">
          <Title order={1} style={{ overflowWrap: 'anywhere' }}>
            {title}
          </Title>
          {badge}
        </Group>
        {text !== undefined && (
          <Text c="dimmed" mt={2}>
            {text}
          </Text>
        )}
      </div>
      {actions !== undefined && <Group gap="xs">{actions}</Group>}
    </Group>
  );
}
