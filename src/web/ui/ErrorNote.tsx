import { Alert, Button, Group, Text } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface Props {
  title?: ReactNode;
  /** What went wrong, in the reader's language, as the API told it. */
  text?: ReactNode;
  /** Named on the page so that support can find the log line. */
  requestId?: string | undefined;
  onRetry?: (() => void) | undefined;
}

/** Something could not be loaded or done; offers to try again. */
export function ErrorNote({ title, text, requestId, onRetry }: Props) {
  return (
    <Alert
      color="red"
      variant="light"
      role="alert"
      icon={<IconAlertTriangle size={18} aria-hidden="true" />}
      title={title ?? <Trans>This could not be loaded</Trans>}
    >
      {text !== undefined && <Text inherit>{text}</Text>}
      {requestId !== undefined && (
        <Text inherit fz="xs" mt={4}>
          <Trans>Request {requestId}</Trans>
        </Text>
      )}
      {onRetry !== undefined && (
        <Group mt="sm">
          <Button size="xs" color="red" variant="outline" onClick={onRetry}>
            <Trans>Try again</Trans>
          </Button>
        </Group>
      )}
    </Alert>
  );
}
