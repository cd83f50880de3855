import { Button, Kbd, Modal, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { Spotlight, spotlight } from '@mantine/spotlight';
import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { folded } from '../ui/format.ts';
import type { Entry } from './navigation.ts';

/** ⌘K or Ctrl-K: any page by a few letters. */
export function Search({ entries }: { entries: readonly Entry[] }) {
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
      <NarrowButton />
      <Finder entries={entries} />
    </>
  );
}

function NarrowButton() {
  const { t } = useLingui();
  return (
    <UnstyledButton hiddenFrom="sm" display="flex" p={6} aria-label={t`Search`} onClick={spotlight.open}>
      <IconSearch size={20} aria-hidden="true" />
    </UnstyledButton>
  );
}

function Finder({ entries }: { entries: readonly Entry[] }) {
  const { t, i18n } = useLingui();
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  const pages = [...entries.map(({ to, label }) => ({ to, label: i18n._(label) })), { to: '/profile', label: t`Profile and password` }];
  const found = pages.filter(({ label }) => folded(label).includes(folded(query)));
  return (
    <Spotlight.Root query={query} onQueryChange={setQuery} shortcut={['mod + K']} tagsToIgnore={[]}>
      {/* Names the dialog for screen readers. */}
      <VisuallyHidden>
        <Modal.Title>
          <Trans>Search</Trans>
        </Modal.Title>
      </VisuallyHidden>
      <Spotlight.Search placeholder={t`Go to…`} aria-label={t`Go to…`} leftSection={<IconSearch size={18} aria-hidden="true" />} />
      <Spotlight.ActionsList>
        {found.map(({ to, label }) => (
          <Spotlight.Action key={to} label={label} onClick={() => void navigate({ to })} />
        ))}
        {found.length === 0 && (
          <Spotlight.Empty>
            <Trans>Nothing found</Trans>
          </Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

const shortcut = navigator.userAgent.includes('Mac') ? '⌘K' : 'Ctrl K';
