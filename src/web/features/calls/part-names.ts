import { useLingui } from '@lingui/react/macro';
import type { CallDetail } from '../../../contract/calls.ts';

type Segment = CallDetail['segments'][number];

/** The words for the parts of a call. */
export function useSegmentNames() {
  const { t } = useLingui();
  const kinds: Record<Segment['kind'], string> = {
    device: t`Person`,
    group: t`Ring group`,
    queue: t`Queue`,
    external: t`Outside number`,
    voicemail: t`Voicemail`,
    ivr: t`Menu`,
    conference: t`Conference`,
    parking: t`Parking`,
    other: t`Other service`,
  };
  const outcomes: Record<NonNullable<Segment['outcome']>, string> = {
    answered: t`Answered`,
    noAnswer: t`No answer`,
    busy: t`Busy`,
    cancelled: t`Cancelled`,
    failed: t`Failed`,
    abandoned: t`Abandoned`,
    timeout: t`Waited too long`,
    exitKey: t`Left by key`,
    transferred: t`Passed on`,
    empty: t`Nobody there`,
    unknown: t`Unknown`,
  };
  const transfers: Record<NonNullable<Segment['transfer']>, string> = {
    blind: t`Blind transfer`,
    attended: t`Attended transfer`,
    park: t`Parked`,
    unpark: t`Taken from parking`,
    pickup: t`Picked up by a colleague`,
    forward: t`Forwarded`,
  };
  return { kinds, outcomes, transfers };
}

/** Why a leg did not answer; an unknown code as it is. */
export function useFailureName(): (code: string) => string {
  const { t } = useLingui();
  const names: Record<string, string> = {
    noAnswer: t`No answer`,
    busy: t`Busy`,
    cancelled: t`Cancelled`,
    answeredElsewhere: t`Answered elsewhere`,
    congestion: t`No line free`,
    unavailable: t`Phone unreachable`,
    forwarded: t`Forwarded`,
    failed: t`Failed`,
  };
  return (code) => names[code] ?? code;
}
