import { Trans } from '@lingui/react/macro';
import { IconLock } from '@tabler/icons-react';
import type { PbxConnection } from '../../../contract/pbx-connections.ts';
import { Mark, StatusBadge } from '../../ui/StatusBadge.tsx';

/** State of the link of a connection. */
export function LinkMark({ connection: { enabled, health } }: { connection: Pick<PbxConnection, 'enabled' | 'health'> }) {
  if (!enabled) return <StatusBadge status={{ is: 'disabled' }} />;
  switch (health.state) {
    case 'live':
      return <StatusBadge status={{ is: 'linkUp', since: health.since }} />;
    case 'connecting':
    case 'authenticating':
    case 'syncing':
      return <StatusBadge status={{ is: 'linkConnecting' }} />;
    case 'down':
      return <StatusBadge status={{ is: 'linkDown', since: health.since }} />;
    case 'authFailed':
      return (
        <Mark tone="bad" Icon={IconLock}>
          <Trans>Login refused</Trans>
        </Mark>
      );
    case 'disabled':
      return <StatusBadge status={{ is: 'disabled' }} />;
  }
}
