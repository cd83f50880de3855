import { Button, Kbd, UnstyledButton } from '@mantine/core';
import { Spotlight, spotlight } from '@mantine/spotlight';
import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { IconSearch } from '@tabler/icons-react';
import type { Entry } from './navigation.ts';

/** ⌘K or Ctrl-K: any page by a few letters. */
export function Search({ entries }: { entries: readonly Entry[] }) {
  const { t, i18n } = useLingui();
  const navigate = useNavigate();
  const pages = [...entries.map(({ to, label }) => ({ to, label: i18n._(label) })), { to: '/profile', label: t`Profile and password` }];
  return (
    <>
      <Button
        variant="default"
        size="xs"
        visibleFrom="sm"
        leftSection={<IconSearch size={15} aria-hidden="true" />}
        rightSection={<Kbd size="xs">{shortcut}</Kbd>}
        onClick={spotlight.open}
      >
        <Trans>Search</Trans>
      </Button>
      <UnstyledButton hiddenFrom="sm" p={6} aria-label={t`Search`} onClick={spotlight.open}>
        <IconSearch size={20} aria-hidden="true" />
      </UnstyledButton>
      <Spotlight
        shortcut={['mod + K']}
        highlightQuery
        nothingFound={t`Nothing found`}
        searchProps={{ placeholder: t`Go to…`, 'aria-label': t`Go to…`, leftSection: <IconSearch size={18} aria-hidden="true" /> }}
        actions={[{ group: t`Pages`, actions: pages.map(({ to, label }) => ({ id: to, label, onClick: () => void navigate({ to }) })) }]}
      />
    </>
  );
}

const shortcut = navigator.userAgent.includes('Mac') ? '⌘K' : 'Ctrl K';
