import { Text, Tooltip, VisuallyHidden } from '@mantine/core';
import { memo } from 'react';
import { useNow } from './clock.ts';
import { instant, relative, stopwatch } from './format.ts';
import { useLanguage, type Language } from './language.ts';

/** "5 minutes ago", with the exact instant when hovered or focused. @param at milliseconds since 1970 or an ISO instant */
export function RelativeTime({ at, timeZone }: { at: number | string; timeZone?: string }) {
  const { language } = useLanguage();
  const now = useNow(30_000);
  const ms = milliseconds(at);
  return (
    <Tooltip label={instant(ms, language, timeZone)}>
      <Text component="time" inherit span dateTime={new Date(ms).toISOString()}>
        {relative(justNow(ms, now), now, language)}
      </Text>
    </Tooltip>
  );
}

/** `now` turns only every half minute: what happened since must not read as still to come. */
function justNow(ms: number, now: number): number {
  return ms > now && ms < now + 30_000 ? now : ms;
}

/**
 * Time since an instant, counting up each second by the server's clock. Not announced each second:
 * a screen reader hears the start instant instead.
 */
export function Timer({
  since,
  frozenAt,
}: {
  since: number | string;
  /** stops the count, e.g. when the link went down */ frozenAt?: number | undefined;
}) {
  const { language } = useLanguage();
  const now = useNow(1000);
  const from = milliseconds(since);
  return (
    <span className="tabular">
      <span aria-hidden="true">{stopwatch((frozenAt ?? now) - from)}</span>
      <Since from={from} language={language} />
    </span>
  );
}

/** Does not tick: a board has hundreds of timers, and dates are slow to write. */
const Since = memo(function Since({ from, language }: { from: number; language: Language }) {
  return <VisuallyHidden>{instant(from, language)}</VisuallyHidden>;
});

/** A finished length of time. @param ms null when it does not apply, shown as a dash */
export function Duration({ ms }: { ms: number | null }) {
  return <span className="tabular">{ms === null ? '–' : stopwatch(ms)}</span>;
}

function milliseconds(at: number | string): number {
  return typeof at === 'number' ? at : Date.parse(at);
}
