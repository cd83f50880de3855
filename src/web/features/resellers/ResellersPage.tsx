import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { IconBuildingStore, IconPencil, IconPlus, IconSearchOff } from '@tabler/icons-react';
import type { Reseller } from '../../../contract/tenants.ts';
import { useMay } from '../../api/acting.ts';
import { rowsOf } from '../../api/rows.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { DataTable, type Column } from '../../ui/table/DataTable.tsx';
import { Pager } from '../../ui/table/Pager.tsx';
import { TableBar } from '../../ui/table/TableBar.tsx';
import type { TableView } from '../../ui/table/view.ts';
import { TextLink } from '../../ui/TextLink.tsx';
import { PAGE_SIZE, resellersQuery } from './queries.ts';
import { resellersSearch, resellersView } from './resellers-view.ts';

/** The enterprise's resellers; opening one is acting in it. */
export function ResellersPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const mayWrite = useMay('resellers.write');
  const view = resellersView(useSearch({ from: '/app/resellers' }));
  const query = useQuery(resellersQuery(view));
  const columns = useColumns(mayWrite);
  const show = (change: Partial<TableView>) =>
    void navigate({ to: '/resellers', search: resellersSearch({ ...view, page: 1, ...change }) });

  if (query.data?.total === 0 && view.q === '') return <FirstReseller mayWrite={mayWrite} />;
  return (
    <>
      <PageHeader title={t`Resellers`} actions={mayWrite && <CreateButton />} />
      <TableBar q={view.q} onQ={(q) => show({ q })} placeholder={t`Search resellers`} />
      <DataTable
        {...rowsOf(query, ({ items }) => items)}
        label={t`Resellers`}
        columns={columns}
        rowKey={({ id }) => id}
        onOpen={({ id }) => void navigate({ to: '/customers', search: { as: id } })}
        view={view}
        onView={(next) => show(next)}
        empty={
          <EmptyState
            Icon={IconSearchOff}
            title={t`No reseller matches`}
            text={t`Nothing in any visible field fits what you typed.`}
            action={
              <Button variant="default" onClick={() => show({ q: '' })}>
                <Trans>Clear search</Trans>
              </Button>
            }
          />
        }
      />
      {query.data !== undefined && query.data.total > 0 && (
        <Pager page={view.page} pageSize={PAGE_SIZE} total={query.data.total} onPage={(page) => show({ page })} />
      )}
    </>
  );
}

function useColumns(mayWrite: boolean): Column<Reseller>[] {
  const { t } = useLingui();
  return [
    {
      key: 'name',
      header: t`Name`,
      sortable: true,
      cell: ({ id, name }) => (
        <TextLink to="/customers" search={{ as: id }}>
          {name}
        </TextLink>
      ),
    },
    { key: 'customers', header: t`Customers`, align: 'right', width: '110px', cell: ({ customerCount }) => customerCount },
    {
      key: 'createdAt',
      header: t`Created`,
      sortable: true,
      wideOnly: true,
      width: '160px',
      cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
    },
    { key: 'status', header: t`Status`, sortable: true, width: '140px', cell: ({ status }) => <StatusBadge status={{ is: status }} /> },
    { key: 'trials', header: t`Trials`, wideOnly: true, width: '160px', cell: (row) => <Trials reseller={row} /> },
    { key: 'reference', header: t`Reference`, sortable: true, wideOnly: true, width: '180px', cell: ({ reference }) => reference },
    ...(mayWrite
      ? [{ key: 'edit', header: '', width: '56px', align: 'right' as const, cell: (row: Reseller) => <EditLink reseller={row} /> }]
      : []),
  ];
}

function Trials({ reseller }: { reseller: Reseller }) {
  if (!reseller.mayGrantTrials) return <Trans>Not allowed</Trans>;
  return <Plural value={reseller.longestTrialDays} one="Up to # day" other="Up to # days" />;
}

function EditLink({ reseller }: { reseller: Reseller }) {
  const { t } = useLingui();
  return (
    <Tooltip label={t`Edit`}>
      <ActionIcon component={Link} to={`/resellers/${reseller.id}`} variant="subtle" color="gray" aria-label={t`Edit ${reseller.name}`}>
        <IconPencil size={17} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
}

function FirstReseller({ mayWrite }: { mayWrite: boolean }) {
  const { t } = useLingui();
  return (
    <>
      <PageHeader title={t`Resellers`} />
      <EmptyState
        Icon={IconBuildingStore}
        title={t`Create your first reseller`}
        text={t`A reseller has customers of its own and connects their phone systems. You can work in it yourself or invite its people.`}
        action={mayWrite && <CreateButton />}
      />
    </>
  );
}

function CreateButton() {
  return (
    <Button component={Link} to="/resellers/new" leftSection={<IconPlus size={16} aria-hidden="true" />}>
      <Trans>Create reseller</Trans>
    </Button>
  );
}
