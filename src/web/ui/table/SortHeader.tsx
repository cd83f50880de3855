import { Table, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import type { Column } from './DataTable.tsx';
import classes from './DataTable.module.css';

interface Props<Row> {
  column: Column<Row>;
  /** How the list is sorted by this column now; null when by another one. */
  order: 'asc' | 'desc' | null;
  /** Null: the list cannot be sorted by it. */
  onSort: (() => void) | null;
}

/** A column's header; a button when the list can be sorted by it. */
export function SortHeader<Row>({ column, order, onSort }: Props<Row>) {
  const Icon = order === null ? IconArrowsSort : order === 'asc' ? IconArrowUp : IconArrowDown;
  return (
    <Table.Th
      scope="col"
      data-align={column.align}
      data-wide-only={column.wideOnly || undefined}
      {...(column.width === undefined ? {} : { style: { width: column.width } })}
      {...(onSort === null ? {} : { 'aria-sort': order === null ? 'none' : order === 'asc' ? 'ascending' : 'descending' })}
    >
      {onSort === null ? (
        (column.head ?? (column.header === '' ? <ActionsHead /> : column.header))
      ) : (
        <UnstyledButton className={classes.sort} onClick={onSort} data-sorted={order ?? undefined}>
          {column.header}
          <Icon size={14} stroke={1.8} aria-hidden="true" />
        </UnstyledButton>
      )}
    </Table.Th>
  );
}

/** A column of buttons needs no words for those who see it. */
function ActionsHead() {
  return (
    <VisuallyHidden>
      <Trans>Actions</Trans>
    </VisuallyHidden>
  );
}
