import { Group, Input, Stack, Switch, Text } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useController } from 'react-hook-form';
import type { Reseller } from '../../../contract/tenants.ts';
import type { Customer } from '../../../contract/customers.ts';
import { useNow } from '../../ui/clock.ts';
import { DayField } from '../../ui/form/fields.tsx';
import { dayIn, longestTrial, plusDays } from './trial.ts';

interface Props {
  /** Whose trials these are: whether it may grant them, how long, in which zone. */
  reseller: Reseller;
}

/** Grants a trial: the longest allowed at first, shorter when wanted. Nothing at all when the reseller may not. */
export function TrialFields({ reseller }: Props) {
  const { t } = useLingui();
  const { field, fieldState } = useController({ name: 'trial' });
  const today = dayIn(useNow(60_000), reseller.effective.timeZone);
  const trial = field.value as Customer['trial'];
  if (!reseller.mayGrantTrials && trial === null) return null;
  const longest = reseller.longestTrialDays;
  return (
    <Stack gap="sm">
      <Switch
        label={t`Trial period`}
        description={t`Nothing is charged until it ends; then the customer becomes a paying one by itself.`}
        checked={trial !== null}
        onChange={(event) => field.onChange(event.currentTarget.checked ? longestTrial(today, longest) : null)}
      />
      {trial !== null && (
        <>
          <Group gap="sm" align="flex-start">
            <DayField name="trial.startDate" label={t`First day`} required />
            <DayField
              name="trial.endDate"
              label={t`Last day`}
              required
              min={trial.startDate}
              max={trial.startDate === '' ? undefined : plusDays(trial.startDate, longest - 1)}
            />
          </Group>
          <Text fz="sm" c="dimmed">
            <Plural value={longest} one="At most # day, both days counted." other="At most # days, both days counted." />
          </Text>
        </>
      )}
      {fieldState.error?.message !== undefined && <Input.Error>{fieldState.error.message}</Input.Error>}
      {!reseller.mayGrantTrials && (
        <Text fz="sm" c="dimmed">
          <Trans>This reseller may no longer grant trials.</Trans>
        </Text>
      )}
    </Stack>
  );
}
