import { Skeleton } from '@mantine/core';

/** Rows of the final height until the first frame is there. */
export function SkeletonLines({ columns, lines = 5 }: { columns: number; lines?: number }) {
  return Array.from({ length: lines }, (_, line) => (
    <tr key={line} aria-hidden="true">
      {Array.from({ length: columns }, (__, column) => (
        <td key={column}>
          <Skeleton height={10} radius="xl" miw={40} width={`${45 + ((line * 7 + column * 13) % 40)}%`} />
        </td>
      ))}
    </tr>
  ));
}
