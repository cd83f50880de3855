import { AppShell, Burger, Group, NavLink } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link, useRouterState } from '@tanstack/react-router';
import {
  IconActivity,
  IconBuildingStore,
  IconBuildings,
  IconHeadset,
  IconHistory,
  IconKey,
  IconLayoutDashboard,
  IconMail,
  IconPhone,
  IconServer2,
  IconTemplate,
  IconUsers,
} from '@tabler/icons-react';
import { useEffect, useRef, type ComponentType, type ReactNode } from 'react';
import type { Me } from '../../contract/identity.ts';
import { RunningWork } from '../features/operations/RunningWork.tsx';
import classes from './AppFrame.module.css';
import { Brand } from './Brand.tsx';
import type { Entry, IconName } from './navigation.ts';
import { ProfileMenu } from './ProfileMenu.tsx';
import { Search } from './Search.tsx';
import { TenantTrail, type TrailItem } from './TenantTrail.tsx';

const icons: Record<IconName, ComponentType<{ size: number; stroke: number }>> = {
  resellers: IconBuildingStore,
  customers: IconBuildings,
  templates: IconTemplate,
  mail: IconMail,
  apiClients: IconKey,
  audit: IconHistory,
  agents: IconHeadset,
  overview: IconLayoutDashboard,
  live: IconActivity,
  calls: IconPhone,
  users: IconUsers,
  pbx: IconServer2,
};

interface Props {
  me: Me;
  /** From the top down to where one is. */
  trail: readonly TrailItem[];
  entries: readonly Entry[];
  children: ReactNode;
}

/** Around every page behind the login: where one is on top, where one can go at the left. */
export function AppFrame({ me, trail, entries, children }: Props) {
  const { t } = useLingui();
  const [opened, { toggle, close }] = useDisclosure(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const main = useRef<HTMLElement>(null);
  // A new page on a narrow screen closes the menu that led to it.
  useEffect(close, [path, close]);

  return (
    <AppShell header={{ height: 52 }} navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !opened } }} padding={0}>
      <a className={classes.skip} href="#content" onClick={() => main.current?.focus()}>
        <Trans>Skip to content</Trans>
      </a>
      <AppShell.Header className={classes.header}>
        <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t`Menu`} aria-expanded={opened} />
        <Link to="/" className={classes.home} aria-label={t`Ringside, start page`}>
          <Brand />
        </Link>
        <TenantTrail items={trail} memberships={me.memberships} />
        <Group gap={6} ml="auto" wrap="nowrap">
          <Search entries={entries} />
          <RunningWork />
          <ProfileMenu me={me} />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className={classes.nav} aria-label={t`Main`}>
        {entries.map((entry) => (
          <NavEntry key={entry.to} entry={entry} path={path} />
        ))}
      </AppShell.Navbar>
      <AppShell.Main id="content" ref={main} tabIndex={-1} className={classes.main}>
        <div className={classes.page}>{children}</div>
      </AppShell.Main>
    </AppShell>
  );
}

function NavEntry({ entry, path }: { entry: Entry; path: string }) {
  const { i18n } = useLingui();
  const Icon = icons[entry.icon];
  const here = entry.exact === true ? path === entry.to : path === entry.to || path.startsWith(`${entry.to}/`);
  return (
    <NavLink
      component={Link}
      to={entry.to}
      // The router's own idea of being there: without it the overview counts as open on every page below it.
      activeOptions={{ exact: entry.exact === true }}
      preload="intent"
      label={i18n._(entry.label)}
      leftSection={<Icon size={18} stroke={1.7} />}
      active={here}
      aria-current={here ? 'page' : undefined}
      className={classes.entry ?? ''}
    />
  );
}
