import { Stack, Table, Text, Tooltip } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconDeviceLandlinePhone, IconPhoneOutgoing, IconUsersGroup } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { CallDetail } from '../../../contract/calls.ts';
import { useNow } from '../clock.ts';
import { stopwatch, timeOfDay } from '../format.ts';
import { useLanguage } from '../language.ts';
import classes from './CallTimeline.module.css';
import { place, ticks, timelineOf, type Bar, type BarState, type Lane, type Timeline } from './timeline.ts';

interface Props {
  detail: CallDetail;
  /** The customer's IANA zone. */
  timeZone: string;
  /** By id. */
  queueNames: ReadonlyMap<string, string>;
}

const states: readonly BarState[] = [
  'ringing',
  'talking',
  'hold',
  'queue',
  'parked',
  'ivr',
  'announcement',
  'voicemail',
  'conference',
  'spy',
  'other',
];

/** One call as a horizontal time line, a lane per device, user and queue; the same as a table below. */
export function CallTimeline({ detail, timeZone, queueNames }: Props) {
  const now = useNow(1000);
  const line = timelineOf(detail, now, queueNames);
  const used = states.filter((state) => line.lanes.some((lane) => lane.bars.some((bar) => bar.state === state)));
  return (
    <Stack gap="lg">
      <div>
        <div className={classes.scroll} aria-hidden="true">
          <Axis line={line} timeZone={timeZone} />
          {line.lanes.map((lane) => (
            <LaneRow key={lane.key} lane={lane} line={line} timeZone={timeZone} />
          ))}
        </div>
        <ul className={classes.legend} aria-hidden="true">
          {used.map((state) => (
            <li key={state}>
              <span className={classes.swatch} data-state={state} />
              <StateName state={state} />
            </li>
          ))}
        </ul>
      </div>
      <TimelineTable line={line} timeZone={timeZone} />
    </Stack>
  );
}

function Axis({ line, timeZone }: { line: Timeline; timeZone: string }) {
  const { language } = useLanguage();
  const marks = ticks(line.to - line.from, 8)
    .map((offset) => ({ at: line.from + offset, left: place(line, line.from + offset, line.from + offset).left }))
    // A mark at the very end would stand outside the drawing.
    .filter(({ left }) => left < 95);
  return (
    <div className={classes.row}>
      <span className={classes.name} />
      <div className={classes.axis}>
        {marks.map(({ at, left }) => (
          <Tooltip key={at} label={timeOfDay(at, language, timeZone)}>
            <span className="tabular" style={{ left: `${left}%` }}>
              {stopwatch(at - line.from)}
            </span>
          </Tooltip>
        ))}
      </div>
    </div>
  );
}

function LaneRow({ lane, line, timeZone }: { lane: Lane; line: Timeline; timeZone: string }) {
  return (
    <div className={classes.row}>
      <span className={classes.name}>
        <LaneIcon kind={lane.kind} />
        <span className={classes.who}>
          <Text span truncate display="block" fw={500}>
            {lane.name}
          </Text>
          {lane.detail !== null && (
            <Text span truncate display="block" fz="xs" c="dimmed">
              {lane.detail}
            </Text>
          )}
        </span>
      </span>
      <div className={classes.lane}>
        {lane.bars.map((bar) => (
          <BarMark key={`${bar.state}${bar.from}`} bar={bar} line={line} timeZone={timeZone} />
        ))}
      </div>
    </div>
  );
}

function BarMark({ bar, line, timeZone }: { bar: Bar; line: Timeline; timeZone: string }) {
  const { left, width } = place(line, bar.from, bar.to);
  return (
    <Tooltip
      openDelay={0}
      label={
        <>
          <StateName state={bar.state} /> · <Times bar={bar} timeZone={timeZone} /> · {stopwatch(bar.to - bar.from)}
        </>
      }
    >
      <span
        className={classes.bar}
        data-state={bar.state}
        data-open={bar.open || undefined}
        style={{ left: `${left}%`, width: `${width}%` }}
      >
        <span>{stopwatch(bar.to - bar.from)}</span>
      </span>
    </Tooltip>
  );
}

function TimelineTable({ line, timeZone }: { line: Timeline; timeZone: string }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const rows = line.lanes.flatMap((lane) => lane.bars.map((bar) => ({ lane, bar }))).toSorted((a, b) => a.bar.from - b.bar.from);
  return (
    <div className={classes.table} role="region" aria-label={t`The call, step by step`} tabIndex={0}>
      <Table aria-label={t`The call, step by step`}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">
              <Trans>From</Trans>
            </Table.Th>
            <Table.Th scope="col">
              <Trans>To</Trans>
            </Table.Th>
            <Table.Th scope="col">
              <Trans>Who</Trans>
            </Table.Th>
            <Table.Th scope="col">
              <Trans>State</Trans>
            </Table.Th>
            <Table.Th scope="col" ta="right">
              <Trans>Length</Trans>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ lane, bar }) => (
            <Table.Tr key={`${lane.key}${bar.state}${bar.from}`}>
              <Table.Td>{timeOfDay(bar.from, language, timeZone)}</Table.Td>
              <Table.Td>{bar.open ? <Trans>now</Trans> : timeOfDay(bar.to, language, timeZone)}</Table.Td>
              <Table.Td>
                {lane.name}
                {lane.detail !== null && (
                  <Text span inherit c="dimmed" ml={6}>
                    {lane.detail}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>
                <span className={classes.swatch} data-state={bar.state} aria-hidden="true" /> <StateName state={bar.state} />
              </Table.Td>
              <Table.Td ta="right">{stopwatch(bar.to - bar.from)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function Times({ bar, timeZone }: { bar: Bar; timeZone: string }) {
  const { language } = useLanguage();
  const from = timeOfDay(bar.from, language, timeZone);
  const to = timeOfDay(bar.to, language, timeZone);
  return bar.open ? <Trans>since {from}</Trans> : <>{`${from} – ${to}`}</>;
}

function LaneIcon({ kind }: { kind: Lane['kind'] }) {
  switch (kind) {
    case 'device':
      return <IconDeviceLandlinePhone size={16} stroke={1.6} />;
    case 'trunk':
      return <IconPhoneOutgoing size={16} stroke={1.6} />;
    case 'queue':
      return <IconUsersGroup size={16} stroke={1.6} />;
  }
}

function StateName({ state }: { state: BarState }): ReactNode {
  switch (state) {
    case 'ringing':
      return <Trans>Ringing</Trans>;
    case 'talking':
      return <Trans>Talking</Trans>;
    case 'hold':
      return <Trans>On hold</Trans>;
    case 'queue':
      return <Trans>Waiting in queue</Trans>;
    case 'parked':
      return <Trans>Parked</Trans>;
    case 'ivr':
      return <Trans>Menu</Trans>;
    case 'announcement':
      return <Trans>Announcement</Trans>;
    case 'voicemail':
      return <Trans>Voicemail</Trans>;
    case 'conference':
      return <Trans>Conference</Trans>;
    case 'spy':
      return <Trans>Listening in</Trans>;
    case 'other':
      return <Trans>Other service</Trans>;
  }
}
