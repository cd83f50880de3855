import { Trans } from '@lingui/react/macro';
import { IconBan, IconCircleCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Operation } from '../../../contract/operations.ts';
import { Mark, StatusBadge } from '../../ui/StatusBadge.tsx';

/** What a work is, in words; kinds are an open list, one we do not know shows as it is. */
export function KindName({ kind }: { kind: string }): ReactNode {
  return kind === 'pbx-connections.sync' ? <Trans>Sync of phone system users</Trans> : kind;
}

/** How far it is. */
export function OperationMark({ operation }: { operation: Operation }) {
  switch (operation.status) {
    case 'running': {
      const step = operation.steps.find(({ status }) => status === 'running');
      return <StatusBadge status={{ is: 'syncing', done: step?.done ?? 0, total: step?.total ?? null }} />;
    }
    case 'needsDecision':
      return <StatusBadge status={{ is: 'needsDecision' }} />;
    case 'failed':
      return <StatusBadge status={{ is: 'failed' }} />;
    case 'done':
      return (
        <Mark tone="ok" Icon={IconCircleCheck}>
          <Trans>Done</Trans>
        </Mark>
      );
    case 'cancelled':
      return (
        <Mark tone="idle" Icon={IconBan}>
          <Trans>Stopped</Trans>
        </Mark>
      );
  }
}
