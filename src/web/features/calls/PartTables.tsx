import { Title } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import type { CallDetail } from '../../../contract/calls.ts';
import { timeOfDay } from '../../ui/format.ts';
import { useLanguage } from '../../ui/language.ts';
import { Duration } from '../../ui/RelativeTime.tsx';
import { DataTable, type Column } from '../../ui/table/DataTable.tsx';
import { PartyName } from './marks.tsx';
import { useFailureName, useSegmentNames } from './part-names.ts';

type Segment = CallDetail['segments'][number];
type Leg = CallDetail['legs'][number];

/** The parts of a call: each device that answered, each queue or group it passed. */
export function SegmentsTable({ segments, timeZone }: { segments: readonly Segment[]; timeZone: string }) {
  const { t } = useLingui();
  const names = useSegmentNames();
  const columns: Column<Segment>[] = [
    {
      key: 'kind',
      header: t`Part`,
      cell: (segment) => (segment.consultation ? t`${names.kinds[segment.kind]} (consultation)` : names.kinds[segment.kind]),
    },
    { key: 'party', header: t`With`, cell: ({ party }) => <PartyName party={party} unknown="–" /> },
    { key: 'outcome', header: t`Outcome`, cell: ({ outcome }) => (outcome === null ? t`going on` : names.outcomes[outcome]) },
    { key: 'transfer', header: t`Passed on`, cell: ({ transfer }) => (transfer === null ? '' : names.transfers[transfer]), wideOnly: true },
    ...useTimes<Segment>(timeZone),
  ];
  return (
    <section>
      <Title order={2} mb="xs">
        <Trans>Segments</Trans>
      </Title>
      <DataTable
        rows={segments}
        failure={null}
        renewing={false}
        retry={() => {}}
        label={t`Segments`}
        columns={columns}
        rowKey={({ index }) => String(index)}
        empty={null}
      />
    </section>
  );
}

/** Each device and line that took part. */
export function LegsTable({ legs, timeZone }: { legs: readonly Leg[]; timeZone: string }) {
  const { t } = useLingui();
  const failureName = useFailureName();
  const columns: Column<Leg>[] = [
    {
      key: 'party',
      header: t`Who`,
      cell: ({ party, device, kind }) =>
        (party.name ?? party.number) === null ? kind === 'trunk' ? t`Outside line` : (device ?? '') : <PartyName party={party} />,
    },
    { key: 'device', header: t`Device`, cell: ({ device }) => device ?? '', wideOnly: true },
    { key: 'segment', header: t`Part`, cell: ({ segment }) => segment + 1, align: 'right', wideOnly: true },
    { key: 'failure', header: t`Not reached because`, cell: ({ failure }) => (failure === null ? '' : failureName(failure)) },
    ...useTimes<Leg>(timeZone),
  ];
  return (
    <section>
      <Title order={2} mb="xs">
        <Trans>Devices and lines</Trans>
      </Title>
      <DataTable
        rows={legs}
        failure={null}
        renewing={false}
        retry={() => {}}
        label={t`Devices and lines`}
        columns={columns}
        rowKey={({ id }) => id}
        empty={null}
      />
    </section>
  );
}

type Timed = Pick<Leg, 'startedAt' | 'answeredAt' | 'endedAt' | 'ringMs' | 'talkMs' | 'holdMs'>;

function useTimes<Row extends Timed>(timeZone: string): Column<Row>[] {
  const { t } = useLingui();
  const { language } = useLanguage();
  const time = (at: string | null) => (at === null ? '–' : timeOfDay(Date.parse(at), language, timeZone));
  return [
    { key: 'startedAt', header: t`Began`, cell: (row) => time(row.startedAt) },
    { key: 'answeredAt', header: t`Answered at`, cell: (row) => time(row.answeredAt), wideOnly: true },
    { key: 'endedAt', header: t`Ended`, cell: (row) => time(row.endedAt), wideOnly: true },
    { key: 'ring', header: t`Ring`, cell: (row) => <Duration ms={row.ringMs} />, align: 'right' },
    { key: 'talk', header: t`Talk`, cell: (row) => <Duration ms={row.talkMs} />, align: 'right' },
    { key: 'hold', header: t`Hold`, cell: (row) => <Duration ms={row.holdMs} />, align: 'right', wideOnly: true },
  ];
}
