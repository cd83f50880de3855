import { Trans } from '@lingui/react/macro';
import { IconCircleX } from '@tabler/icons-react';
import { Mark, StatusBadge } from '../../ui/StatusBadge.tsx';

export function StateMark({ revoked }: { revoked: boolean }) {
  if (!revoked) return <StatusBadge status={{ is: 'active' }} />;
  return (
    <Mark tone="idle" Icon={IconCircleX}>
      <Trans>Revoked</Trans>
    </Mark>
  );
}
