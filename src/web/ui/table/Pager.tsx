import { ActionIcon, Group, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { count } from '../format.ts';
import { useLanguage } from '../language.ts';

interface Props {
  /** From 1. */
  page: number;
  pageSize: number;
  total: number;
  onPage: (page: number) => void;
}

/** Below a table: which rows of how many, and the way to the next ones. */
export function Pager({ page, pageSize, total, onPage }: Props) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const last = Math.max(1, Math.ceil(total / pageSize));
  const first = count(Math.min(total, (page - 1) * pageSize + 1), language);
  const end = count(Math.min(total, page * pageSize), language);
  const all = count(total, language);
  return (
    <Group component="nav" aria-label={t`Pages`} justify="flex-end" gap="xs" mt="xs">
      <Text fz="sm" c="dimmed" className="tabular" role="status">
        <Trans>
          {first}–{end} of {all}
        </Trans>
      </Text>
      <ActionIcon variant="default" aria-label={t`Previous page`} disabled={page <= 1} onClick={() => onPage(page - 1)}>
        <IconChevronLeft size={16} aria-hidden="true" />
      </ActionIcon>
      <ActionIcon variant="default" aria-label={t`Next page`} disabled={page >= last} onClick={() => onPage(page + 1)}>
        <IconChevronRight size={16} aria-hidden="true" />
      </ActionIcon>
    </Group>
  );
}
