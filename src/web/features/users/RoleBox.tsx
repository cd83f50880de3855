import { Checkbox, Tooltip } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { CustomerRole } from '../../../contract/permissions.ts';
import type { User } from '../../../contract/users.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { obstacleTo, type Obstacle } from './roles.ts';
import { roleName } from './role-words.ts';

interface Props {
  user: User;
  role: CustomerRole;
  mayWrite: boolean;
  mayLicense: boolean;
  onChange: (on: boolean) => void;
}

/** One role of one user as a box; where it is fixed, it says why. What sends a mail asks first. */
export function RoleBox({ user, role, mayWrite, mayLicense, onChange }: Props) {
  const { t } = useLingui();
  const [asking, setAsking] = useState(false);
  // Shown at once; the list that comes back has the last word.
  const [wanted, setWanted] = useState<{ on: boolean; of: User } | null>(null);
  const has = wanted?.of === user ? wanted.on : user.roles.includes(role);
  const obstacle = mayWrite ? obstacleTo(user, role, mayLicense) : null;
  const invites = role === 'admin.user' && !has && user.access === 'none';
  const box = (
    <Checkbox
      size="md"
      checked={has}
      disabled={!mayWrite || obstacle !== null}
      aria-label={t`${roleName(role)}: ${user.displayName}`}
      onChange={(event) => (invites ? setAsking(true) : change(event.currentTarget.checked))}
    />
  );

  function change(on: boolean): void {
    setWanted({ on, of: user });
    onChange(on);
  }

  return (
    <>
      {obstacle === null ? (
        box
      ) : (
        <Tooltip label={<ObstacleText obstacle={obstacle} />}>
          <span style={{ display: 'inline-flex', verticalAlign: 'middle' }}>{box}</span>
        </Tooltip>
      )}
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t`Invite ${user.displayName}?`}
        action={t`Make administrator and invite`}
        onConfirm={async () => change(true)}
      >
        {t`An administrator needs website access: an invitation goes to ${user.email ?? ''}.`}
      </ConfirmDialog>
    </>
  );
}

export function ObstacleText({ obstacle }: { obstacle: Obstacle }) {
  const { t } = useLingui();
  switch (obstacle) {
    case 'synced':
      return t`Comes from the phone system and stays while the person is there.`;
    case 'needsEmail':
      return t`An e-mail address is needed for website access.`;
    case 'staffOnly':
      return t`Licences are given by your provider.`;
  }
}
