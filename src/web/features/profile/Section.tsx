import { Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** One matter of the profile under its heading. */
export function Section({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <Paper component="section" p="lg" aria-label={title}>
      <Title order={2}>{title}</Title>
      {text !== undefined && <Text c="dimmed">{text}</Text>}
      <div style={{ marginTop: 14 }}>{children}</div>
    </Paper>
  );
}
