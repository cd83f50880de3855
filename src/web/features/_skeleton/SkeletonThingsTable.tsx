import { useLingui } from '@lingui/react/macro';
import type { SkeletonThing } from '../../../contract/_skeleton.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { DataTable, type Rows } from '../../ui/table/DataTable.tsx';

/** The list in every state: loading, rows, none, failed. */
export function SkeletonThingsTable(rows: Rows<SkeletonThing>) {
  const { t } = useLingui();
  return (
    <DataTable
      {...rows}
      label={t`Skeleton things`}
      columns={[
        { key: 'day', header: t`Day`, width: '140px', cell: ({ day }) => <span className="tabular">{day}</span> },
        { key: 'name', header: t`Name`, cell: ({ name }) => name },
      ]}
      rowKey={({ id }) => id}
      empty={<EmptyState title={t`No skeleton things`} text={t`What is added appears here.`} />}
    />
  );
}
