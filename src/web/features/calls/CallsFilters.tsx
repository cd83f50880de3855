import { Select, TextInput } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { Direction, Outcome, type Call } from '../../../contract/calls.ts';
import type { CallsView } from './calls-view.ts';
import { RANGES, type RangeName } from './ranges.ts';

interface Props {
  view: CallsView;
  onChange: (change: Partial<CallsView>) => void;
}

/** Which time, direction and outcome the list is about. */
export function CallsFilters({ view, onChange }: Props) {
  const { t } = useLingui();
  const names = useNames();
  return (
    <>
      <Select
        w={150}
        aria-label={t`Time`}
        data={RANGES.map((value) => ({ value, label: names.ranges[value] }))}
        value={view.range}
        onChange={(range) => onChange({ range: (range ?? '7d') as RangeName })}
      />
      {view.range === 'custom' && (
        <>
          <TextInput
            type="date"
            w={150}
            aria-label={t`First day`}
            value={view.from ?? ''}
            onChange={(event) => onChange({ from: orNull(event.currentTarget.value) })}
          />
          <TextInput
            type="date"
            w={150}
            aria-label={t`Last day`}
            value={view.to ?? ''}
            onChange={(event) => onChange({ to: orNull(event.currentTarget.value) })}
          />
        </>
      )}
      <Select
        w={150}
        clearable
        aria-label={t`Direction`}
        placeholder={t`Any direction`}
        data={Direction.options.map((value) => ({ value, label: names.directions[value] }))}
        value={view.direction}
        onChange={(value) => onChange({ direction: value as CallsView['direction'] })}
      />
      <Select
        w={150}
        clearable
        aria-label={t`Outcome`}
        placeholder={t`Any outcome`}
        data={Outcome.options.map((value) => ({ value, label: names.outcomes[value] }))}
        value={view.outcome}
        onChange={(value) => onChange({ outcome: value as CallsView['outcome'] })}
      />
    </>
  );
}

function useNames() {
  const { t } = useLingui();
  const ranges: Record<RangeName, string> = {
    today: t`Today`,
    yesterday: t`Yesterday`,
    '7d': t`Last 7 days`,
    '30d': t`Last 30 days`,
    custom: t`From – to`,
  };
  const directions: Record<Call['direction'], string> = { incoming: t`Incoming`, outgoing: t`Outgoing`, internal: t`Internal` };
  const outcomes: Record<NonNullable<Call['outcome']>, string> = {
    answered: t`Answered`,
    missed: t`Missed`,
    busy: t`Busy`,
    cancelled: t`Cancelled`,
    abandoned: t`Abandoned`,
    voicemail: t`Voicemail`,
    failed: t`Failed`,
    unknown: t`Unknown`,
  };
  return { ranges, directions, outcomes };
}

function orNull(value: string): string | null {
  return value === '' ? null : value;
}
