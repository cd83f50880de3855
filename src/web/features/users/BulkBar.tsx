import { Button, Group, List, Menu, Paper, Text } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import type { CustomerRole } from '../../../contract/permissions.ts';
import type { User } from '../../../contract/users.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { bulkChange, ROLES, type BulkChange } from './roles.ts';
import { roleName } from './role-words.ts';

interface Props {
  chosen: readonly User[];
  mayLicense: boolean;
  onApply: (change: BulkChange) => Promise<void>;
  onClear: () => void;
}

interface Wanted {
  role: CustomerRole;
  on: boolean;
}

/** Roles of all selected users at once; says what it comes to before it does it. Always there, so that selecting moves nothing. */
export function BulkBar({ chosen, mayLicense, onApply, onClear }: Props) {
  const { t } = useLingui();
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const offered = ROLES.filter((role) => role !== 'customer.user.pbx' && (mayLicense || role === 'customer.user' || role === 'admin.user'));
  const change = wanted === null ? null : bulkChange(chosen, wanted.role, wanted.on, mayLicense);
  return (
    <Paper p={6} pl="sm" mb="xs" role="group" aria-label={t`Roles of the selected users`}>
      <Group gap="xs" justify="space-between">
        <Text fz="sm" {...(chosen.length === 0 ? { c: 'dimmed' } : {})} role="status">
          {chosen.length === 0 ? (
            <Trans>Select users to change their roles together.</Trans>
          ) : (
            <Plural value={chosen.length} one="# user selected" other="# users selected" />
          )}
        </Text>
        <Group gap={6}>
          <RoleMenu
            label={t`Give role`}
            roles={offered}
            disabled={chosen.length === 0}
            onChoose={(role) => setWanted({ role, on: true })}
          />
          <RoleMenu
            label={t`Take role`}
            roles={offered}
            disabled={chosen.length === 0}
            onChoose={(role) => setWanted({ role, on: false })}
          />
          <Button size="xs" variant="subtle" color="gray" disabled={chosen.length === 0} onClick={onClear}>
            <Trans>Clear</Trans>
          </Button>
        </Group>
      </Group>
      {wanted !== null && change !== null && (
        <Confirm
          wanted={wanted}
          change={change}
          onClose={() => setWanted(null)}
          onConfirm={async () => {
            if (change.userIds.length > 0) await onApply(change);
            onClear();
          }}
        />
      )}
    </Paper>
  );
}

function RoleMenu({
  label,
  roles,
  disabled,
  onChoose,
}: {
  label: string;
  roles: readonly CustomerRole[];
  disabled: boolean;
  onChoose: (role: CustomerRole) => void;
}) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="xs" variant="default" disabled={disabled} rightSection={<IconChevronDown size={14} aria-hidden="true" />}>
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {roles.map((role) => (
          <Menu.Item key={role} onClick={() => onChoose(role)}>
            {roleName(role)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Confirm({
  wanted,
  change,
  onClose,
  onConfirm,
}: {
  wanted: Wanted;
  change: BulkChange;
  onClose: () => void;
  onConfirm: () => Promise<void>;
}) {
  const { t } = useLingui();
  const role = roleName(wanted.role);
  const count = change.userIds.length;
  const { needsEmail, synced, staffOnly } = change.left;
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={wanted.on ? t`Give “${role}”?` : t`Take “${role}”?`}
      action={count === 0 ? t`Close` : wanted.on ? t`Give role` : t`Take role`}
      danger={change.lockedOut > 0}
      onConfirm={onConfirm}
    >
      <List spacing={6}>
        <List.Item>
          {wanted.on ? (
            <Plural value={count} _0="Nobody of those selected changes." one="# user gets the role." other="# users get the role." />
          ) : (
            <Plural value={count} _0="Nobody of those selected changes." one="# user loses the role." other="# users lose the role." />
          )}
        </List.Item>
        {change.invited > 0 && (
          <List.Item>
            <Plural value={change.invited} one="# invitation is sent by e-mail." other="# invitations are sent by e-mail." />
          </List.Item>
        )}
        {change.lockedOut > 0 && (
          <List.Item>
            <Plural value={change.lockedOut} one="# person can no longer log in." other="# people can no longer log in." />
          </List.Item>
        )}
        {needsEmail > 0 && (
          <List.Item>
            <Plural
              value={needsEmail}
              one="# user has no e-mail address and is left out."
              other="# users have no e-mail address and are left out."
            />
          </List.Item>
        )}
        {synced + staffOnly > 0 && (
          <List.Item>
            <Plural value={synced + staffOnly} one="# user keeps it, since it is fixed." other="# users keep it, since it is fixed." />
          </List.Item>
        )}
      </List>
    </ConfirmDialog>
  );
}
