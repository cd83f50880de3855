import { Skeleton, Table } from '@mantine/core';

const widths = ['62%', '48%', '56%', '40%', '68%'];

/** Rows of the final height while the first answer is under way: nothing jumps when it comes. */
export function SkeletonRows({
  columns,
  rows,
  withBox,
}: {
  columns: readonly { key: string; wideOnly?: boolean }[];
  rows: number;
  withBox: boolean;
}) {
  return Array.from({ length: rows }, (_, row) => (
    <Table.Tr key={row} aria-hidden="true">
      {withBox && <Table.Td />}
      {columns.map(({ key, wideOnly }, column) => (
        <Table.Td key={key} data-wide-only={wideOnly || undefined}>
          <Skeleton height={10} radius="xl" width={widths[(row + column * 2) % widths.length] ?? '50%'} />
        </Table.Td>
      ))}
    </Table.Tr>
  ));
}
