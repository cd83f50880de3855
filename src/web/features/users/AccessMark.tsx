import { Trans } from '@lingui/react/macro';
import { IconCircleCheck, IconCircleMinus, IconMail, IconMailOff } from '@tabler/icons-react';
import type { User } from '../../../contract/users.ts';
import { useNow } from '../../ui/clock.ts';
import { Mark } from '../../ui/StatusBadge.tsx';

/** Whether a user can log in to the portal. */
export function AccessMark({ user }: { user: Pick<User, 'access' | 'invitedUntil'> }) {
  const now = useNow(60_000);
  switch (user.access) {
    case 'none':
      return (
        <Mark tone="idle" Icon={IconCircleMinus}>
          <Trans>No login</Trans>
        </Mark>
      );
    case 'invited':
      return user.invitedUntil !== null && Date.parse(user.invitedUntil) < now ? (
        <Mark tone="warn" Icon={IconMailOff}>
          <Trans>Invitation expired</Trans>
        </Mark>
      ) : (
        <Mark tone="busy" Icon={IconMail}>
          <Trans>Invited</Trans>
        </Mark>
      );
    case 'active':
      return (
        <Mark tone="ok" Icon={IconCircleCheck}>
          <Trans>Can log in</Trans>
        </Mark>
      );
  }
}
