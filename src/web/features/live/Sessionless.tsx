import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconLock } from '@tabler/icons-react';
import { EmptyState } from '../../ui/EmptyState.tsx';

/** The session ended while one watched, e.g. by a new password. */
export function Sessionless() {
  const { t } = useLingui();
  return (
    <EmptyState
      order={1}
      Icon={IconLock}
      title={t`You are no longer logged in`}
      text={t`Log in again to go on watching.`}
      action={
        <Button component="a" href={`/login?next=${encodeURIComponent(window.location.pathname + window.location.search)}`}>
          <Trans>Log in</Trans>
        </Button>
      }
    />
  );
}
