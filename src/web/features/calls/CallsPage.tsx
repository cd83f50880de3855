import { Button, Center } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { IconArrowUp, IconEyeOff, IconPhone } from '@tabler/icons-react';
import { useMemo } from 'react';
import { ApiProblem } from '../../api/problem.ts';
import { customerQuery } from '../../api/tenants.ts';
import { useNow } from '../../ui/clock.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { ExportButton } from '../../ui/table/ExportButton.tsx';
import { TableBar } from '../../ui/table/TableBar.tsx';
import { renewed, withGaps } from './call-rows.ts';
import { callsSearch, callsView, type CallsView } from './calls-view.ts';
import { CallsFilters } from './CallsFilters.tsx';
import classes from './CallsPage.module.css';
import { useCallColumns } from './columns.tsx';
import { GapRow } from './GapRow.tsx';
import { callsQuery, exportPath } from './queries.ts';
import { periodOf } from './ranges.ts';
import { useHeldList } from './use-held-list.ts';
import { useLiveCalls } from './use-live-calls.ts';

/** A customer's calls, newest first; those that end while one looks appear by themselves. */
export function CallsPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { customerId } = useParams({ from: '/app/customers/$customerId' });
  const search = useSearch({ from: '/app/customers/$customerId/calls' });
  const view = useMemo(() => callsView({ ...search }), [search]);
  const { timeZone } = useSuspenseQuery(customerQuery(customerId)).data.effective;
  const period = usePeriod(view, timeZone);
  const query = useInfiniteQuery(callsQuery(customerId, view, period));
  const listed = useMemo(() => query.data?.pages.flatMap(({ items }) => items), [query.data]);
  const ids = useMemo(() => new Set((listed ?? []).map(({ id }) => id)), [listed]);
  const { held, hold } = useHeldList();
  const live = useLiveCalls(customerId, JSON.stringify([view, period]), view, period, ids, held);
  const columns = useCallColumns(customerId, timeZone);
  const show = (change: Partial<CallsView>) =>
    void navigate({ to: '/customers/$customerId/calls', params: { customerId }, search: callsSearch({ ...view, ...change }) });
  const rows =
    listed === undefined
      ? undefined
      : withGaps(renewed(listed, live.news, live.removed), view.q === '' ? (query.data?.pages.flatMap(({ gaps }) => gaps) ?? []) : []);

  return (
    <>
      <PageHeader title={t`Calls`} />
      <TableBar
        q={view.q}
        onQ={(q) => show({ q })}
        placeholder={t`Search by number or name`}
        right={<ExportButton href={exportPath(customerId, view, period)} />}
      >
        <CallsFilters view={view} onChange={show} />
      </TableBar>
      <News waiting={live.waiting} onShow={live.showWaiting} />
      <div {...hold}>
        <DataTable
          rows={rows}
          failure={
            query.error === null
              ? null
              : { text: query.error.message, requestId: query.error instanceof ApiProblem ? query.error.requestId : undefined }
          }
          renewing={false}
          retry={() => void query.refetch()}
          label={t`Calls`}
          columns={columns}
          rowKey={({ id }) => id}
          across={({ gap }) => (gap === null ? null : <GapRow gap={gap} timeZone={timeZone} />)}
          onOpen={({ call }) =>
            call !== null && void navigate({ to: '/customers/$customerId/calls/$callId', params: { customerId, callId: call.id } })
          }
          empty={<NoCalls view={view} onClear={() => show({ direction: null, outcome: null, q: '', range: '30d' })} />}
        />
      </div>
      {query.hasNextPage && (
        <Center mt="md">
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            <Trans>Load more</Trans>
          </Button>
        </Center>
      )}
    </>
  );
}

/** Steady while nothing but seconds pass: another period is another list. */
function usePeriod(view: CallsView, timeZone: string) {
  const minute = useNow(60_000);
  const days = { ...(view.from === null ? {} : { from: view.from }), ...(view.to === null ? {} : { to: view.to }) };
  const { from, to } = periodOf(view.range, days, minute, timeZone);
  return useMemo(() => ({ from, ...(to === undefined ? {} : { to }) }), [from, to]);
}

/** Calls that ended while the list was held still. */
function News({ waiting, onShow }: { waiting: number; onShow: () => void }) {
  return (
    <div className={classes.news} role="status">
      {waiting > 0 && (
        <Button size="xs" radius="xl" leftSection={<IconArrowUp size={14} aria-hidden="true" />} onClick={onShow}>
          <Plural value={waiting} one="Show # new call" other="Show # new calls" />
        </Button>
      )}
    </div>
  );
}

function NoCalls({ view, onClear }: { view: CallsView; onClear: () => void }) {
  const { t } = useLingui();
  const filtered = view.q !== '' || view.direction !== null || view.outcome !== null;
  return filtered ? (
    <EmptyState
      Icon={IconEyeOff}
      title={t`No call matches`}
      text={t`Nothing in this time fits the filters.`}
      action={
        <Button variant="default" onClick={onClear}>
          <Trans>Clear the filters</Trans>
        </Button>
      }
    />
  ) : (
    <EmptyState
      Icon={IconPhone}
      title={t`No calls in this time`}
      text={t`Every call appears here as soon as it begins. Choose another time to see older ones.`}
    />
  );
}
