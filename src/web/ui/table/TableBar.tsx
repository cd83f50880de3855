import { CloseButton, Group, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useLingui } from '@lingui/react/macro';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';

interface Props {
  q: string;
  onQ: (q: string) => void;
  placeholder: string;
  /** Filters, right of the search box. */
  children?: ReactNode;
  /** At the right edge, e.g. export. */
  right?: ReactNode;
}

/** Above a table: search box, filters, export. Searching starts 250 ms after the last key. */
export function TableBar({ q, onQ, placeholder, children, right }: Props) {
  const { t } = useLingui();
  const [typed, setTyped] = useState(q);
  const search = useDebouncedCallback(onQ, 250);
  // The address can change under us: back button, a saved link, "clear filters".
  useEffect(() => setTyped(q), [q]);

  function type(text: string): void {
    setTyped(text);
    search(text.trim());
  }

  return (
    <Group mb="sm" gap="xs" justify="space-between" role="search">
      <Group gap="xs" style={{ flex: '1 1 220px' }}>
        <TextInput
          type="search"
          style={{ flex: '1 1 220px', maxWidth: 340 }}
          aria-label={placeholder}
          placeholder={placeholder}
          leftSection={<IconSearch size={16} aria-hidden="true" />}
          rightSection={typed === '' ? null : <CloseButton size="sm" aria-label={t`Clear search`} onClick={() => type('')} />}
          value={typed}
          onChange={(event) => type(event.currentTarget.value)}
        />
        {children}
      </Group>
      {right}
    </Group>
  );
}
