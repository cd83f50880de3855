/** The words, icons and colours for what calls are and do. */
import { Trans } from '@lingui/react/macro';
import {
  IconArrowDownLeft,
  IconArrowsExchange,
  IconArrowUpRight,
  IconBell,
  IconDots,
  IconHourglass,
  IconMenu2,
  IconParking,
  IconPhone,
  IconPhoneCheck,
  IconPhoneOff,
  IconPhonePause,
  IconPhoneX,
  IconQuestionMark,
  IconSpeakerphone,
  IconEar,
  IconRecordMail,
  IconUsersGroup,
  IconWalk,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Call } from '../../../contract/calls.ts';
import { Mark } from '../../ui/StatusBadge.tsx';
import type { Tone } from '../../ui/tokens.ts';
import classes from './marks.module.css';

type Outcome = NonNullable<Call['outcome']>;
interface Look {
  tone: Tone;
  Icon: typeof IconPhone;
  word: ReactNode;
}

/** What a call does now. */
export function CallStateMark({ state }: { state: Call['state'] }) {
  const { tone, Icon, word } = stateLook(state);
  return (
    <Mark tone={tone} Icon={Icon}>
      {word}
    </Mark>
  );
}

/** How a call went; null while it goes on. */
export function OutcomeMark({ outcome }: { outcome: Outcome }) {
  const { tone, Icon, word } = outcomeLook(outcome);
  return (
    <Mark tone={tone} Icon={Icon}>
      {word}
    </Mark>
  );
}

export function DirectionMark({ direction, iconOnly = false }: { direction: Call['direction']; iconOnly?: boolean }) {
  const Icon = direction === 'incoming' ? IconArrowDownLeft : direction === 'outgoing' ? IconArrowUpRight : IconArrowsExchange;
  return (
    <span className={classes.direction} data-icon-only={iconOnly || undefined}>
      <Icon size="1.15em" stroke={2} aria-hidden="true" />
      <span>
        <DirectionName direction={direction} />
      </span>
    </span>
  );
}

export function DirectionName({ direction }: { direction: Call['direction'] }): ReactNode {
  switch (direction) {
    case 'incoming':
      return <Trans>Incoming</Trans>;
    case 'outgoing':
      return <Trans>Outgoing</Trans>;
    case 'internal':
      return <Trans>Internal</Trans>;
  }
}

/** Somebody at one end of a call: name first, number beside it. @param unknown said of somebody who has neither */
export function PartyName({ party, unknown }: { party: Call['from']; unknown?: string }) {
  const { name, number } = party;
  if (name === null && number === null) {
    return <span className={classes.second}>{unknown ?? <Trans>Unknown number</Trans>}</span>;
  }
  if (name === null || number === null || name === number) return <span>{name ?? number}</span>;
  return (
    <span>
      {name} <span className={classes.second}>{number}</span>
    </span>
  );
}

function stateLook(state: Call['state']): Look {
  switch (state) {
    case 'ringing':
      return { tone: 'busy', Icon: IconBell, word: <Trans>Ringing</Trans> };
    case 'queued':
      return { tone: 'warn', Icon: IconHourglass, word: <Trans>In queue</Trans> };
    case 'talking':
      return { tone: 'ok', Icon: IconPhone, word: <Trans>Talking</Trans> };
    case 'held':
      return { tone: 'warn', Icon: IconPhonePause, word: <Trans>On hold</Trans> };
    case 'parked':
      return { tone: 'warn', Icon: IconParking, word: <Trans>Parked</Trans> };
    case 'voicemail':
      return { tone: 'idle', Icon: IconRecordMail, word: <Trans>Voicemail</Trans> };
    case 'ivr':
      return { tone: 'idle', Icon: IconMenu2, word: <Trans>Menu</Trans> };
    case 'conference':
      return { tone: 'ok', Icon: IconUsersGroup, word: <Trans>Conference</Trans> };
    case 'announcement':
      return { tone: 'idle', Icon: IconSpeakerphone, word: <Trans>Announcement</Trans> };
    case 'spy':
      return { tone: 'idle', Icon: IconEar, word: <Trans>Listening in</Trans> };
    case 'other':
      return { tone: 'idle', Icon: IconDots, word: <Trans>Other service</Trans> };
    case 'ended':
      return { tone: 'idle', Icon: IconPhoneOff, word: <Trans>Ended</Trans> };
  }
}

function outcomeLook(outcome: Outcome): Look {
  switch (outcome) {
    case 'answered':
      return { tone: 'ok', Icon: IconPhoneCheck, word: <Trans>Answered</Trans> };
    case 'missed':
      return { tone: 'bad', Icon: IconPhoneX, word: <Trans>Missed</Trans> };
    case 'busy':
      return { tone: 'warn', Icon: IconPhoneOff, word: <Trans>Busy</Trans> };
    case 'cancelled':
      return { tone: 'idle', Icon: IconPhoneOff, word: <Trans>Cancelled</Trans> };
    case 'abandoned':
      return { tone: 'bad', Icon: IconWalk, word: <Trans>Abandoned</Trans> };
    case 'voicemail':
      return { tone: 'idle', Icon: IconRecordMail, word: <Trans>Voicemail</Trans> };
    case 'failed':
      return { tone: 'bad', Icon: IconPhoneX, word: <Trans>Failed</Trans> };
    case 'unknown':
      return { tone: 'idle', Icon: IconQuestionMark, word: <Trans>Unknown</Trans> };
  }
}
