import { Avatar, Menu, SegmentedControl, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { IconLogout, IconUser } from '@tabler/icons-react';
import type { Me } from '../../contract/identity.ts';
import { contract } from '../../contract/index.ts';
import { call } from '../api/client.ts';
import { LanguageSwitch } from './LanguageSwitch.tsx';

/** One's own things: profile, language, colours, log out. */
export function ProfileMenu({ me }: { me: Me }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const client = useQueryClient();

  async function logOut(): Promise<void> {
    await call(contract.identity.logout, {});
    client.clear();
    await navigate({ to: '/login', search: {} });
  }

  return (
    <Menu width={250} position="bottom-end" closeOnItemClick={false}>
      <Menu.Target>
        <UnstyledButton aria-label={t`Your account: ${me.displayName}`}>
          <Avatar name={me.displayName} size={30} color="brand" variant="light" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Text fw={600} px="sm" pt={6} truncate>
          {me.displayName}
        </Text>
        <Text fz="sm" c="dimmed" px="sm" pb={8} truncate>
          {me.email}
        </Text>
        <Menu.Divider />
        <Menu.Item component={Link} to="/profile" leftSection={<IconUser size={16} aria-hidden="true" />} closeMenuOnClick>
          <Trans>Profile and password</Trans>
        </Menu.Item>
        <div style={{ display: 'grid', gap: 8, padding: '8px 12px' }}>
          <LanguageSwitch />
          <SchemeSwitch />
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden="true" />} onClick={() => void logOut()} closeMenuOnClick>
          <Trans>Log out</Trans>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
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
