import { Group, TextInput, VisuallyHidden } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQueries, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { IconHeadset } from '@tabler/icons-react';
import type { Agent } from '../../../contract/agents.ts';
import { contract } from '../../../contract/index.ts';
import { call } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { customerQuery } from '../../api/tenants.ts';
import { useNow } from '../../ui/clock.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { DataTable, type Column } from '../../ui/table/DataTable.tsx';
import { addDays, dayIn, startOfDay } from '../calls/ranges.ts';
import { AgentStateMark } from './AgentStateMark.tsx';
import { DayAxis, DayBar, DayLegend } from './DayBar.tsx';
import { hoursOf, stretchesOf, totalsOf, type Stretch } from './day-spans.ts';
import { Duration } from '../../ui/RelativeTime.tsx';

interface Line {
  agent: Agent;
  /** Null while they are not there yet. */
  stretches: readonly Stretch[] | null;
}

/** What each agent did over a day. */
export function AgentsPage() {
  const { t } = useLingui();
  const { customerId } = useParams({ from: '/app/customers/$customerId' });
  const { day: asked } = useSearch({ from: '/app/customers/$customerId/agents' });
  const navigate = useNavigate();
  const { timeZone } = useSuspenseQuery(customerQuery(customerId)).data.effective;
  const now = useNow(15_000);
  const today = dayIn(now, timeZone);
  const shown = asked ?? today;
  const day = { from: startOfDay(shown, timeZone), to: startOfDay(addDays(shown, 1), timeZone) };
  const agents = useQuery({
    queryKey: ['customers', customerId, 'agents'],
    queryFn: ({ signal }) => call(contract.agents.list, { params: { customerId } }, { signal }),
    refetchInterval: 15_000,
  });
  const list = agents.data?.items.toSorted((a, b) => a.name.localeCompare(b.name)) ?? [];
  const spans = useSpans(customerId, list, day, shown === today);
  const lines = list.map((agent, at): Line => ({ agent, stretches: spans[at] === undefined ? null : stretchesOf(spans[at], day, now) }));
  const window = hoursOf(
    lines.map(({ stretches }) => stretches ?? []),
    day,
  );
  const columns = useColumns(window, timeZone, shown === today);
  const failure = agents.error;

  return (
    <>
      <PageHeader
        title={t`Agents`}
        actions={
          <Group gap="xs">
            <TextInput
              type="date"
              aria-label={t`Day`}
              value={shown}
              max={today}
              onChange={(event) => {
                const next = event.currentTarget.value;
                void navigate({
                  to: '/customers/$customerId/agents',
                  params: { customerId },
                  search: next === '' || next === today ? {} : { day: next },
                });
              }}
            />
          </Group>
        }
      />
      {failure !== null && agents.data === undefined ? (
        <ErrorNote
          text={failure.message}
          requestId={failure instanceof ApiProblem ? failure.requestId : undefined}
          onRetry={() => void agents.refetch()}
        />
      ) : (
        <>
          <DayLegend />
          <DataTable
            rows={agents.data === undefined ? undefined : lines}
            failure={null}
            renewing={false}
            retry={() => void agents.refetch()}
            label={t`Agents`}
            columns={columns}
            rowKey={({ agent }) => agent.id}
            empty={
              <EmptyState Icon={IconHeadset} title={t`No agents`} text={t`Whoever belongs to a queue of the phone system appears here.`} />
            }
          />
        </>
      )}
    </>
  );
}

function useColumns(window: { from: number; to: number }, timeZone: string, isToday: boolean): Column<Line>[] {
  const { t } = useLingui();
  const total = (state: Agent['state'], header: string): Column<Line> => ({
    key: state,
    header,
    align: 'right',
    wideOnly: true,
    width: '90px',
    cell: ({ stretches }) => <Duration ms={stretches === null ? null : (totalsOf(stretches).get(state) ?? 0)} />,
  });
  return [
    { key: 'name', header: t`Agent`, cell: ({ agent }) => agent.name, width: '170px' },
    ...(isToday
      ? [
          {
            key: 'now',
            header: t`Now`,
            cell: ({ agent }: Line) => <AgentStateMark state={agent.state} reason={agent.reason} />,
            width: '160px',
          },
        ]
      : []),
    {
      key: 'day',
      header: t`The day`,
      cell: ({ stretches }) => (stretches === null ? <Loading /> : <DayBar stretches={stretches} window={window} timeZone={timeZone} />),
      head: <DayAxis window={window} timeZone={timeZone} />,
      wideOnly: true,
    },
    total('onCall', t`On a call`),
    total('available', t`Available`),
    total('wrapUp', t`Wrap-up`),
    total('paused', t`Paused`),
  ];
}

function Loading() {
  return (
    <VisuallyHidden>
      <Trans>Loading</Trans>
    </VisuallyHidden>
  );
}

function useSpans(customerId: string, agents: readonly Agent[], day: { from: number; to: number }, isToday: boolean) {
  const query = { from: new Date(day.from).toISOString(), to: new Date(day.to).toISOString(), limit: 1000 };
  return useQueries({
    queries: agents.map(({ id }) => ({
      queryKey: ['customers', customerId, 'agents', id, query.from],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        call(contract.agents.spans, { params: { customerId, agentId: id }, query }, { signal }),
      ...(isToday ? { refetchInterval: 30_000 } : { staleTime: 600_000 }),
    })),
    combine: (answers) => answers.map(({ data }) => data?.items),
  });
}
