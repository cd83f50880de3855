import { Checkbox, Table } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { ErrorNote } from '../ErrorNote.tsx';
import { SkeletonRows } from './SkeletonRows.tsx';
import { SortHeader } from './SortHeader.tsx';
import classes from './DataTable.module.css';
import { sortedBy, type TableView } from './view.ts';

export interface Column<Row> {
  key: string;
  header: string;
  /** Drawn instead of the header's text, e.g. an axis. */
  head?: ReactNode;
  cell: (row: Row) => ReactNode;
  /** The list can be sorted by `key`. */
  sortable?: boolean;
  /** Numbers stand at the right. */
  align?: 'right';
  /** Left out on narrow screens. */
  wideOnly?: boolean;
  /** CSS width, e.g. `160px`; without it the column takes what is left. */
  width?: string;
}

/** One answer of the server: rows, still loading, or a failure. */
export interface Rows<Row> {
  rows: readonly Row[] | undefined;
  failure: { text: string; requestId?: string | undefined } | null;
  /** Newer rows are under way; the old ones stay in sight. */
  renewing: boolean;
  retry: () => void;
}

interface Props<Row> extends Rows<Row> {
  /** What the table holds, for screen readers: "Customers". */
  label: string;
  columns: readonly Column<Row>[];
  rowKey: (row: Row) => string;
  /** What is drawn over the whole width instead of cells; null for an ordinary row. */
  across?: (row: Row) => ReactNode;
  /** Opens the row; the first column should hold the same as a link. Without it rows do not react to clicks. */
  onOpen?: (row: Row) => void;
  /** Sorting; without it headers are plain. */
  view?: TableView;
  onView?: (view: TableView) => void;
  /** Shown instead of rows when there are none. */
  empty: ReactNode;
  selection?: Selection;
  /** Rows of the skeleton while nothing is there yet. */
  expected?: number;
}

export interface Selection {
  selected: ReadonlySet<string>;
  onChange: (selected: ReadonlySet<string>) => void;
  /** Names a row's box: "Select Ana Ruiz". */
  labelOf: (key: string) => string;
}

/** A table of one page of a server's list: dense, sortable, the whole row clickable, every state drawn. */
export function DataTable<Row>(props: Props<Row>) {
  const { label, columns, rows, failure, renewing, retry, empty, selection, expected = 8 } = props;
  if (failure !== null && rows === undefined) return <ErrorNote text={failure.text} requestId={failure.requestId} onRetry={retry} />;
  return (
    // Scrolls sideways where it is narrow; without links in it, the keyboard needs another way in.
    <div
      className={classes.frame}
      data-renewing={renewing || undefined}
      {...(props.onOpen === undefined ? { role: 'group', 'aria-label': label, tabIndex: 0 } : {})}
    >
      <Table className={classes.table} aria-label={label} aria-busy={rows === undefined || renewing}>
        <Table.Thead className={classes.head}>
          <Head {...props} />
        </Table.Thead>
        <Table.Tbody onKeyDown={walkRows}>
          {rows === undefined ? (
            <SkeletonRows columns={columns} withBox={selection !== undefined} rows={expected} />
          ) : (
            rows.map((row) => <Line key={props.rowKey(row)} {...props} row={row} />)
          )}
        </Table.Tbody>
      </Table>
      {rows?.length === 0 && empty}
    </div>
  );
}

function Head<Row>({ columns, rows, rowKey, view, onView, selection }: Props<Row>) {
  const { t } = useLingui();
  const keys = rows?.map(rowKey) ?? [];
  const chosen = keys.filter((key) => selection?.selected.has(key) === true).length;
  return (
    <Table.Tr>
      {selection !== undefined && (
        <Table.Th className={classes.box}>
          <Checkbox
            size="md"
            aria-label={t`Select all on this page`}
            checked={keys.length > 0 && chosen === keys.length}
            indeterminate={chosen > 0 && chosen < keys.length}
            onChange={(event) => selection.onChange(new Set(event.currentTarget.checked ? keys : []))}
          />
        </Table.Th>
      )}
      {columns.map((column) => (
        <SortHeader
          key={column.key}
          column={column}
          order={view?.sort === column.key ? view.order : null}
          onSort={view !== undefined && onView !== undefined && column.sortable === true ? () => onView(sortedBy(view, column.key)) : null}
        />
      ))}
    </Table.Tr>
  );
}

function Line<Row>({ row, columns, rowKey, onOpen, selection, across }: Props<Row> & { row: Row }) {
  const key = rowKey(row);
  const whole = across?.(row) ?? null;
  if (whole !== null) {
    return (
      <Table.Tr className={classes.across}>
        <Table.Td colSpan={columns.length + (selection === undefined ? 0 : 1)}>{whole}</Table.Td>
      </Table.Tr>
    );
  }
  const selected = selection?.selected.has(key) === true;
  return (
    <Table.Tr
      className={classes.line}
      data-clickable={onOpen !== undefined || undefined}
      data-selected={selected || undefined}
      onClick={onOpen === undefined ? undefined : (event) => isPlainClick(event) && onOpen(row)}
    >
      {selection !== undefined && (
        <Table.Td className={classes.box}>
          <Checkbox
            size="md"
            aria-label={selection.labelOf(key)}
            checked={selected}
            onChange={() => selection.onChange(toggled(selection.selected, key))}
          />
        </Table.Td>
      )}
      {columns.map((column) => (
        <Table.Td key={column.key} data-align={column.align} data-wide-only={column.wideOnly || undefined}>
          {column.cell(row)}
        </Table.Td>
      ))}
    </Table.Tr>
  );
}

/** A click on the row itself: not on a link or button in it, not the end of marking text. */
function isPlainClick(event: MouseEvent<HTMLElement>): boolean {
  const target = event.target as HTMLElement;
  return target.closest('a, button, input, label, [role="menu"]') === null && window.getSelection()?.type !== 'Range';
}

/** Arrow up and down walk from row to row along the links of the first column. */
function walkRows(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('tr td:first-of-type a')];
  const at = links.indexOf(document.activeElement as HTMLElement);
  if (at < 0) return;
  event.preventDefault();
  links[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
}

function toggled(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(key)) next.add(key);
  return next;
}
