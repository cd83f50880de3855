import { Tooltip } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Call } from '../../../contract/calls.ts';
import { contract } from '../../../contract/index.ts';
import { call as callApi } from '../../api/client.ts';
import { useNow } from '../../ui/clock.ts';
import { day, instant, timeOfDay } from '../../ui/format.ts';
import { useLanguage } from '../../ui/language.ts';
import { Duration, Timer } from '../../ui/RelativeTime.tsx';
import { TextLink } from '../../ui/TextLink.tsx';
import type { Column } from '../../ui/table/DataTable.tsx';
import type { Row } from './call-rows.ts';
import classes from './CallsPage.module.css';
import { CallStateMark, DirectionMark, OutcomeMark, PartyName } from './marks.tsx';
import { dayIn } from './ranges.ts';

/** The call list's columns. Cells of a row that is no call are never drawn. */
export function useCallColumns(customerId: string, timeZone: string): Column<Row>[] {
  const { t } = useLingui();
  const queues = useQueueNames(customerId);
  const of = (key: string, header: string, cell: (call: Call) => ReactNode, rest: Partial<Column<Row>> = {}): Column<Row> => ({
    key,
    header,
    cell: ({ call }) => (call === null ? null : cell(call)),
    ...rest,
  });
  return [
    of('startedAt', t`Time`, (call) => <StartLink call={call} customerId={customerId} timeZone={timeZone} />, { width: '150px' }),
    of('direction', t`Direction`, (call) => <DirectionMark direction={call.direction} />, { wideOnly: true, width: '110px' }),
    of('from', t`From`, (call) => <PartyName party={call.from} />),
    of('to', t`To`, (call) => <PartyName party={call.to} unknown="–" />),
    of('queue', t`Queue`, (call) => queues.get(call.to.queueId ?? '') ?? '', { wideOnly: true, width: '120px' }),
    of('outcome', t`Outcome`, (call) => <Result call={call} />, { width: '150px' }),
    of('ring', t`Ring`, (call) => <Duration ms={sum(call, call.ringMs)} />, { align: 'right', wideOnly: true, width: '70px' }),
    of('wait', t`Wait`, (call) => <Duration ms={call.waitMs === 0 ? null : sum(call, call.waitMs)} />, {
      align: 'right',
      wideOnly: true,
      width: '70px',
    }),
    of('talk', t`Talk`, (call) => <Talk call={call} />, { align: 'right', width: '70px' }),
    of('hold', t`Hold`, (call) => <Duration ms={call.answeredAt === null ? null : sum(call, call.holdMs)} />, {
      align: 'right',
      wideOnly: true,
      width: '70px',
    }),
  ];
}

/** Sums are known when a call is over; before that, an old one would look like a new one. */
function sum(call: Call, ms: number): number | null {
  return call.endedAt === null ? null : ms;
}

function Talk({ call }: { call: Call }) {
  if (call.state === 'talking') return <Timer since={call.stateSince} />;
  return <Duration ms={call.answeredAt === null ? null : sum(call, call.talkMs)} />;
}

/** Outcome of what is over, state of what goes on; says when something of it was not seen. */
export function Result({ call }: { call: Call }) {
  const { t } = useLingui();
  return (
    <span className={classes.times}>
      {call.outcome === null ? <CallStateMark state={call.state} /> : <OutcomeMark outcome={call.outcome} />}
      {call.quality === 'partial' && (
        <Tooltip label={t`Partly not watched: times and parties may be incomplete`}>
          <span
            role="img"
            aria-label={t`Partly not watched: times and parties may be incomplete`}
            style={{ display: 'inline-flex', color: 'var(--rs-warn-ink)' }}
          >
            <IconAlertTriangle size={15} aria-hidden="true" />
          </span>
        </Tooltip>
      )}
    </span>
  );
}

/** When it began: today only the time, else the day too. */
function StartLink({ call, customerId, timeZone }: { call: Call; customerId: string; timeZone: string }) {
  const { language } = useLanguage();
  const today = dayIn(useNow(60_000), timeZone);
  const at = Date.parse(call.startedAt);
  const time = timeOfDay(at, language, timeZone);
  return (
    <TextLink to="/customers/$customerId/calls/$callId" params={{ customerId, callId: call.id }} title={instant(at, language, timeZone)}>
      {dayIn(at, timeZone) === today ? time : `${day(at, language, timeZone)} ${time}`}
    </TextLink>
  );
}

/** The queues' names by id; empty until they are known. */
export function useQueueNames(customerId: string): ReadonlyMap<string, string> {
  const { data } = useQuery({
    queryKey: ['customers', customerId, 'queues'],
    queryFn: ({ signal }) => callApi(contract.agents.queues, { params: { customerId } }, { signal }),
    staleTime: 60_000,
  });
  return new Map(data?.items.map(({ id, name }) => [id, name]) ?? []);
}
