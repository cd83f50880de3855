import { ActionIcon, Tooltip } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { IconPencil } from '@tabler/icons-react';
import type { CustomerSummary } from '../../../contract/customers.ts';
import type { Reseller } from '../../../contract/tenants.ts';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import type { Column } from '../../ui/table/DataTable.tsx';
import { TextLink } from '../../ui/TextLink.tsx';
import { CustomerMarks } from './CustomerMarks.tsx';

interface Options {
  /** The enterprise sees whose customer each is; null: there is only one reseller. */
  resellers: ReadonlyMap<string, Reseller> | null;
  /** The reseller's zone. */
  timeZone: string | undefined;
  mayWrite: boolean;
}

/** Columns of the customers' grid. */
export function useCustomerColumns({ resellers, timeZone, mayWrite }: Options): Column<CustomerSummary>[] {
  const { t } = useLingui();
  const zoneOf = ({ resellerId }: CustomerSummary) => resellers?.get(resellerId)?.effective.timeZone ?? timeZone;
  const reseller: Column<CustomerSummary> = {
    key: 'reseller',
    header: t`Reseller`,
    wideOnly: true,
    cell: ({ resellerId }) => resellers?.get(resellerId)?.name ?? '',
  };
  return [
    {
      key: 'name',
      header: t`Name`,
      sortable: true,
      cell: ({ id, name }) => (
        <TextLink to="/customers/$customerId" params={{ customerId: id }}>
          {name}
        </TextLink>
      ),
    },
    ...(resellers === null ? [] : [reseller]),
    {
      key: 'createdAt',
      header: t`Created`,
      sortable: true,
      wideOnly: true,
      width: '170px',
      cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
    },
    {
      key: 'status',
      header: t`Status`,
      sortable: true,
      width: '270px',
      cell: (row) => <CustomerMarks customer={row} timeZone={zoneOf(row)} />,
    },
    { key: 'reference', header: t`Reference`, sortable: true, wideOnly: true, width: '200px', cell: ({ reference }) => reference },
    ...(mayWrite
      ? [
          {
            key: 'edit',
            header: t`Edit`,
            width: '56px',
            align: 'right' as const,
            cell: (row: CustomerSummary) => <EditLink customer={row} />,
          },
        ]
      : []),
  ];
}

function EditLink({ customer }: { customer: CustomerSummary }) {
  const { t } = useLingui();
  if (customer.status === 'terminated') return null;
  return (
    <Tooltip label={t`Edit`}>
      <ActionIcon
        component={Link}
        to={`/customers/${customer.id}/edit`}
        variant="subtle"
        color="gray"
        aria-label={t`Edit ${customer.name}`}
      >
        <IconPencil size={17} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
}
