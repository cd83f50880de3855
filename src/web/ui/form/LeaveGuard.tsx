import { Button, Group, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useBlocker } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useFormState } from 'react-hook-form';
import { Dialog } from '../Dialog.tsx';

/** Asks before a page with unsaved changes is left, by link, back button or closing the tab. */
export function LeaveGuard() {
  const { isDirty, isSubmitting } = useFormState();
  return (
    <LeaveQuestion changed={isDirty && !isSubmitting} unload>
      <Trans>What you changed on this page has not been saved.</Trans>
    </LeaveQuestion>
  );
}

interface Props {
  /** There is something to lose. */
  changed: boolean;
  /** Closing or reloading the tab loses it too. */
  unload: boolean;
  /** What that is. */
  children: ReactNode;
}

export function LeaveQuestion({ changed, unload, children }: Props) {
  const { t } = useLingui();
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => changed && current.pathname !== next.pathname,
    enableBeforeUnload: () => changed && unload,
    withResolver: true,
  });
  return (
    <Dialog opened={blocker.status === 'blocked'} onClose={() => blocker.reset?.()} title={t`Leave without saving?`}>
      <Text>{children}</Text>
      <Group justify="flex-end" gap="xs" mt="lg">
        <Button variant="default" onClick={() => blocker.reset?.()} data-autofocus>
          <Trans>Stay</Trans>
        </Button>
        <Button color="red" onClick={() => blocker.proceed?.()}>
          <Trans>Leave</Trans>
        </Button>
      </Group>
    </Dialog>
  );
}
