import { Plural, Trans } from '@lingui/react/macro';
import {
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconCircleX,
  IconFlask,
  IconHourglass,
  IconPlugConnected,
  IconPlugX,
  IconQuestionMark,
  IconRefresh,
} from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';
import { RelativeTime } from './RelativeTime.tsx';
import classes from './StatusBadge.module.css';
import type { Tone } from './tokens.ts';

/** The one vocabulary of states. Each is an icon, a word and a colour, never a colour alone. */
export type Status =
  | { is: 'active' }
  | { is: 'disabled' }
  | { is: 'terminated' }
  | { is: 'trial'; daysLeft: number }
  | { is: 'internal' }
  | { is: 'linkUp'; since: number | string }
  | { is: 'linkDown'; since: number | string | null }
  | { is: 'linkConnecting' }
  | { is: 'syncing'; done: number; total: number | null }
  | { is: 'needsDecision' }
  | { is: 'failed' };

export function StatusBadge({ status }: { status: Status }) {
  const { tone, Icon, word } = look(status);
  return (
    <Mark tone={tone} Icon={Icon}>
      {word}
    </Mark>
  );
}

/** The shape all state marks share; feature modules use it for their own words (agent states, call states). */
export function Mark({ tone, Icon, children }: { tone: Tone; Icon: ComponentType<{ size: number; stroke: number }>; children: ReactNode }) {
  return (
    <span className={classes.mark} data-tone={tone}>
      <Icon size={14} stroke={2} aria-hidden="true" />
      <span className={classes.word}>{children}</span>
    </span>
  );
}

function look(status: Status): { tone: Tone; Icon: typeof IconBan; word: ReactNode } {
  switch (status.is) {
    case 'active':
      return { tone: 'ok', Icon: IconCircleCheck, word: <Trans>Active</Trans> };
    case 'disabled':
      return { tone: 'warn', Icon: IconBan, word: <Trans>Disabled</Trans> };
    case 'terminated':
      return { tone: 'idle', Icon: IconCircleX, word: <Trans>Terminated</Trans> };
    case 'trial':
      return {
        tone: 'busy',
        Icon: IconHourglass,
        word: <Plural value={status.daysLeft} _0="Trial, last day" one="Trial, # day left" other="Trial, # days left" />,
      };
    case 'internal':
      return { tone: 'idle', Icon: IconFlask, word: <Trans>Demo</Trans> };
    case 'linkUp':
      return {
        tone: 'ok',
        Icon: IconPlugConnected,
        word: (
          <Trans>
            Link up <RelativeTime at={status.since} />
          </Trans>
        ),
      };
    case 'linkDown':
      return {
        tone: 'bad',
        Icon: IconPlugX,
        word:
          status.since === null ? (
            <Trans>Link down</Trans>
          ) : (
            <Trans>
              Link down <RelativeTime at={status.since} />
            </Trans>
          ),
      };
    case 'linkConnecting':
      return { tone: 'busy', Icon: IconRefresh, word: <Trans>Connecting</Trans> };
    case 'syncing':
      return {
        tone: 'busy',
        Icon: IconRefresh,
        word:
          status.total === null ? (
            <Trans>Syncing {status.done}</Trans>
          ) : (
            <Trans>
              Syncing {status.done} of {status.total}
            </Trans>
          ),
      };
    case 'needsDecision':
      return { tone: 'warn', Icon: IconQuestionMark, word: <Trans>Needs decision</Trans> };
    case 'failed':
      return { tone: 'bad', Icon: IconAlertTriangle, word: <Trans>Failed</Trans> };
  }
}
