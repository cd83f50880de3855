import { Tooltip } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { AgentState } from '../../../contract/agents.ts';
import { place } from '../../ui/call/timeline.ts';
import { stopwatch, timeOfDay } from '../../ui/format.ts';
import { useLanguage } from '../../ui/language.ts';
import { agentLook } from './AgentStateMark.tsx';
import classes from './DayBar.module.css';
import type { Stretch } from './day-spans.ts';
import { useAgentStateNames } from './state-names.ts';

interface Window {
  from: number;
  to: number;
}

/** One agent's day as a band of states; the totals beside it say the same in numbers. */
export function DayBar({ stretches, window, timeZone }: { stretches: readonly Stretch[]; window: Window; timeZone: string }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const names = useAgentStateNames();
  return (
    <div className={classes.band} aria-hidden="true">
      {stretches
        .filter(({ from, to, state }) => to > window.from && from < window.to && state !== 'loggedOut')
        .map(({ state, reason, from, to, doubtful }) => {
          const { left, width } = place(window, Math.max(from, window.from), Math.min(to, window.to));
          const name = reason === null || reason === '' ? names[state] : `${names[state]}: ${reason}`;
          const time = `${timeOfDay(from, language, timeZone)} – ${timeOfDay(to, language, timeZone)} · ${stopwatch(to - from)}`;
          return (
            <Tooltip key={from} openDelay={0} label={doubtful ? t`${name} · ${time} (not seen as it happened)` : `${name} · ${time}`}>
              <span
                className={classes.stretch}
                data-tone={agentLook(state).tone}
                data-agent-state={state}
                data-doubtful={doubtful || undefined}
                style={{ left: `${left}%`, width: `${width}%` }}
              />
            </Tooltip>
          );
        })}
    </div>
  );
}

/** The hours above the bands. */
export function DayAxis({ window, timeZone }: { window: Window; timeZone: string }) {
  const { language } = useLanguage();
  const hours = (window.to - window.from) / 3_600_000;
  const every = hours <= 10 ? 1 : hours <= 16 ? 2 : 4;
  const marks = Array.from({ length: Math.ceil(hours / every) }, (_, at) => window.from + at * every * 3_600_000);
  return (
    <div className={classes.axis}>
      {marks.map((at) => (
        <span key={at} style={{ left: `${place(window, at, at).left}%` }}>
          {timeOfDay(at, language, timeZone).slice(0, 5)}
        </span>
      ))}
    </div>
  );
}

export function DayLegend() {
  const names = useAgentStateNames();
  return (
    <ul className={classes.legend} aria-hidden="true">
      {AgentState.options
        .filter((state) => state !== 'unknown' && state !== 'loggedOut')
        .map((state) => (
          <li key={state}>
            <span className={classes.swatch} data-tone={agentLook(state).tone} data-agent-state={state} />
            {names[state]}
          </li>
        ))}
    </ul>
  );
}
