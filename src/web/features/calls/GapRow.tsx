import { Trans } from '@lingui/react/macro';
import { IconEyeOff } from '@tabler/icons-react';
import { day, timeOfDay } from '../../ui/format.ts';
import { useLanguage } from '../../ui/language.ts';
import type { Gap } from './call-rows.ts';
import classes from './CallsPage.module.css';

/** In the list of calls: here nobody watched, so here calls may be missing. */
export function GapRow({ gap, timeZone }: { gap: Gap; timeZone: string }) {
  const { language } = useLanguage();
  const at = (instant: string): string =>
    `${day(Date.parse(instant), language, timeZone)} ${timeOfDay(Date.parse(instant), language, timeZone)}`;
  const from = at(gap.from);
  return (
    <span className={classes.gap}>
      <IconEyeOff size={16} aria-hidden="true" />
      {gap.to === null ? <Trans>Not watched since {from}: calls may be missing.</Trans> : <Ended from={from} to={at(gap.to)} />}
    </span>
  );
}

function Ended({ from, to }: { from: string; to: string }) {
  return (
    <Trans>
      Not watched from {from} to {to}: calls may be missing.
    </Trans>
  );
}
