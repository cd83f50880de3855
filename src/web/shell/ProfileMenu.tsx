import { Avatar, NavLink, Popover, SegmentedControl, Text, UnstyledButton, useMantineColorScheme, VisuallyHidden } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { IconLogout, IconUser } from '@tabler/icons-react';
import { useState } from 'react';
import type { Me } from '../../contract/identity.ts';
import { contract } from '../../contract/index.ts';
import { call } from '../api/client.ts';
import { LanguageSwitch } from './LanguageSwitch.tsx';

/** One's own things: profile, language, colours, log out. */
export function ProfileMenu({ me }: { me: Me }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [opened, setOpened] = useState(false);

  async function logOut(): Promise<void> {
    await call(contract.identity.logout, {});
    client.clear();
    await navigate({ to: '/login', search: {} });
  }

  return (
    <Popover width={250} position="bottom-end" trapFocus returnFocus opened={opened} onChange={setOpened}>
      <Popover.Target>
        <UnstyledButton onClick={() => setOpened(!opened)}>
          <VisuallyHidden>{t`Your account: ${me.displayName}`}</VisuallyHidden>
          <Avatar name={me.displayName} size={30} color="brand" variant="light" aria-hidden="true" />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p={6} aria-label={t`Your account: ${me.displayName}`}>
        <Text fw={600} px={10} pt={6} truncate>
          {me.displayName}
        </Text>
        <Text fz="sm" c="dimmed" px={10} pb={8} truncate>
          {me.email}
        </Text>
        <NavLink
          component={Link}
          to="/profile"
          label={<Trans>Profile and password</Trans>}
          leftSection={<IconUser size={16} aria-hidden="true" />}
          onClick={() => setOpened(false)}
        />
        <div style={{ display: 'grid', gap: 8, padding: 10 }}>
          <LanguageSwitch />
          <SchemeSwitch />
        </div>
        <NavLink
          component="button"
          label={<Trans>Log out</Trans>}
          leftSection={<IconLogout size={16} aria-hidden="true" />}
          onClick={() => void logOut()}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function SchemeSwitch() {
  const { t } = useLingui();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      aria-label={t`Colours`}
      value={colorScheme}
      onChange={(value) => setColorScheme(value)}
      data={[
        { value: 'light', label: t`Light` },
        { value: 'dark', label: t`Dark` },
        { value: 'auto', label: t`Auto` },
      ]}
    />
  );
}
