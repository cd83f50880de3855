import { Button, Group, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useBlocker } from '@tanstack/react-router';
import { useFormState } from 'react-hook-form';
import { Dialog } from '../Dialog.tsx';

/** Asks before a page with unsaved changes is left, by link, back button or closing the tab. */
export function LeaveGuard() {
  const { t } = useLingui();
  const { isDirty, isSubmitting } = useFormState();
  const changed = isDirty && !isSubmitting;
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => changed && current.pathname !== next.pathname,
    enableBeforeUnload: () => changed,
    withResolver: true,
  });
  return (
    <Dialog opened={blocker.status === 'blocked'} onClose={() => blocker.reset?.()} title={t`Leave without saving?`}>
      <Text>
        <Trans>What you changed on this page has not been saved.</Trans>
      </Text>
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
