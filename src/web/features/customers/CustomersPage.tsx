import { Button, Select } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { IconBuildings, IconPlus } from '@tabler/icons-react';
import type { TenantStatus } from '../../../contract/common.ts';
import { useMay, useMembership, useReseller } from '../../api/acting.ts';
import { rowsOf } from '../../api/rows.ts';
import { csvOf } from '../../ui/csv.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { DownloadButton } from '../../ui/table/DownloadButton.tsx';
import { Pager } from '../../ui/table/Pager.tsx';
import { TableBar } from '../../ui/table/TableBar.tsx';
import { useCustomerColumns } from './columns.tsx';
import { showsAll, toSearch, customersView, type CustomersView } from './customers-view.ts';
import { FirstCustomer } from './FirstCustomer.tsx';
import { allCustomers, customersQuery, PAGE_SIZE } from './queries.ts';
import { ResellerPicker } from './ResellerPicker.tsx';
import { useResellersOf } from './resellers.ts';

/** All customers of the reseller, or of all resellers. */
export function CustomersPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const membership = useMembership();
  const mayWrite = useMay('customers.write');
  const view = customersView(useSearch({ from: '/app/customers' }));
  const acrossResellers = membership?.tenantKind === 'enterprise';
  const query = useQuery({ ...customersQuery(view, membership?.tenantId ?? ''), placeholderData: keepPreviousData });
  const rows = rowsOf(query, ({ items }) => items);
  const resellers = useResellersOf(rows.rows ?? [], acrossResellers);
  const own = useReseller(acrossResellers ? null : (membership?.tenantId ?? null)).data;
  const columns = useCustomerColumns({ resellers: acrossResellers ? resellers : null, timeZone: own?.effective.timeZone, mayWrite });
  const show = (change: Partial<CustomersView>) => void navigate({ to: '/customers', search: toSearch({ ...view, page: 1, ...change }) });

  if (query.data?.total === 0 && showsAll(view) && mayWrite && !acrossResellers) return <FirstCustomer />;
  return (
    <>
      <PageHeader
        title={t`Customers`}
        actions={
          mayWrite && (
            <Button component={Link} to="/customers/new" leftSection={<IconPlus size={16} aria-hidden="true" />}>
              <Trans>Create customer</Trans>
            </Button>
          )
        }
      />
      <TableBar
        q={view.q}
        onQ={(q) => show({ q })}
        placeholder={t`Search customers`}
        right={<DownloadButton name="customers.csv" make={async () => csv(await allCustomers(view))} />}
      >
        {acrossResellers && (
          <ResellerPicker
            value={view.resellerId}
            onChange={(resellerId) => show({ resellerId })}
            placeholder={t`All resellers`}
            clearable
          />
        )}
        <StatusFilter value={view.status} onChange={(status) => show({ status })} />
      </TableBar>
      <DataTable
        {...rows}
        label={t`Customers`}
        columns={columns}
        rowKey={({ id }) => id}
        onOpen={({ id }) => void navigate({ to: '/customers/$customerId', params: { customerId: id } })}
        view={view}
        onView={(next) => show(next)}
        empty={
          <NoCustomers filtered={!showsAll(view)} mayWrite={mayWrite} onClear={() => show({ q: '', status: null, resellerId: null })} />
        }
      />
      {query.data !== undefined && query.data.total > 0 && (
        <Pager page={view.page} pageSize={PAGE_SIZE} total={query.data.total} onPage={(page) => show({ page })} />
      )}
    </>
  );

  function csv(customers: Awaited<ReturnType<typeof allCustomers>>): string {
    const name = (id: string) => resellers.get(id)?.name ?? id;
    return csvOf(
      [t`Name`, ...(acrossResellers ? [t`Reseller`] : []), t`Created`, t`Status`, t`Reference`, t`Trial until`],
      customers.map((customer) => [
        customer.name,
        ...(acrossResellers ? [name(customer.resellerId)] : []),
        customer.createdAt,
        customer.status,
        customer.reference,
        customer.trial?.endDate ?? '',
      ]),
    );
  }
}

function StatusFilter({ value, onChange }: { value: TenantStatus | null; onChange: (status: TenantStatus | null) => void }) {
  const { t } = useLingui();
  return (
    <Select
      aria-label={t`Status`}
      placeholder={t`Any status`}
      clearable
      w={180}
      value={value}
      onChange={(status) => onChange(status as TenantStatus | null)}
      data={[
        { value: 'active', label: t`Active` },
        { value: 'disabled', label: t`Disabled` },
        { value: 'terminated', label: t`Terminated` },
      ]}
    />
  );
}

function NoCustomers({ filtered, mayWrite, onClear }: { filtered: boolean; mayWrite: boolean; onClear: () => void }) {
  if (filtered)
    return (
      <EmptyState
        Icon={IconBuildings}
        title={<Trans>No customer fits</Trans>}
        text={<Trans>Try fewer letters or another filter.</Trans>}
        action={
          <Button variant="default" onClick={onClear}>
            <Trans>Clear search and filters</Trans>
          </Button>
        }
      />
    );
  return (
    <EmptyState
      Icon={IconBuildings}
      title={<Trans>No customers yet</Trans>}
      text={<Trans>Each customer is a business whose phone system you watch.</Trans>}
      action={
        mayWrite && (
          <Button component={Link} to="/customers/new" leftSection={<IconPlus size={16} aria-hidden="true" />}>
            <Trans>Create customer</Trans>
          </Button>
        )
      }
    />
  );
}
