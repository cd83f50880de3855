import { Trans } from '@lingui/react/macro';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Call } from '../../../contract/calls.ts';
import { Duration, Timer } from '../../ui/RelativeTime.tsx';
import { timeOfDay } from '../../ui/format.ts';
import { useLanguage } from '../../ui/language.ts';
import classes from './CallSummary.module.css';
import { useQueueNames } from './columns.tsx';
import { CallStateMark, DirectionMark, OutcomeMark, PartyName } from './marks.tsx';

/** The call in one glance: parties, times, outcome, and what of it is uncertain. */
export function CallSummary({ call, customerId, timeZone }: { call: Call; customerId: string; timeZone: string }) {
  const queues = useQueueNames(customerId);
  const queue = queues.get(call.to.queueId ?? '');
  return (
    <div>
      <dl className={classes.facts}>
        <Fact name={<Trans>Direction</Trans>}>
          <DirectionMark direction={call.direction} />
        </Fact>
        <Fact name={<Trans>From</Trans>}>
          <PartyName party={call.from} />
        </Fact>
        <Fact name={<Trans>To</Trans>}>
          <PartyName party={call.to} unknown="–" />
        </Fact>
        {call.did !== null && (
          <Fact name={<Trans>Number dialled</Trans>}>
            <span>{call.did}</span>
          </Fact>
        )}
        {queue !== undefined && <Fact name={<Trans>Queue</Trans>}>{queue}</Fact>}
        <Fact name={<Trans>Outcome</Trans>}>
          {call.outcome === null ? <CallStateMark state={call.state} /> : <OutcomeMark outcome={call.outcome} />}
        </Fact>
        {call.endedBy !== null && (
          <Fact name={<Trans>Hung up by</Trans>}>
            <EndedBy by={call.endedBy} />
          </Fact>
        )}
        <Fact name={<Trans>Began</Trans>}>
          <Time at={call.startedAt} timeZone={timeZone} />
        </Fact>
        <Fact name={<Trans>Answered at</Trans>}>
          <Time at={call.answeredAt} timeZone={timeZone} />
        </Fact>
        {call.endedAt === null ? (
          <Fact name={<Trans>Going on for</Trans>}>
            <Timer since={call.startedAt} />
          </Fact>
        ) : (
          <Fact name={<Trans>Ended</Trans>}>
            <Time at={call.endedAt} timeZone={timeZone} />
          </Fact>
        )}
        <Fact name={<Trans>Ring</Trans>}>
          <Duration ms={call.endedAt === null ? null : call.ringMs} />
        </Fact>
        <Fact name={<Trans>Wait</Trans>}>
          <Duration ms={call.endedAt === null ? null : call.waitMs} />
        </Fact>
        <Fact name={<Trans>Talk</Trans>}>
          <Duration ms={call.endedAt === null ? null : call.talkMs} />
        </Fact>
        <Fact name={<Trans>Hold</Trans>}>
          <Duration ms={call.endedAt === null ? null : call.holdMs} />
        </Fact>
      </dl>
      {(call.quality === 'partial' || call.closedReason !== null) && <Doubt call={call} />}
    </div>
  );
}

function Fact({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What was not seen of it. */
function Doubt({ call }: { call: Call }) {
  return (
    <p className={classes.doubt}>
      <IconAlertTriangle size={16} aria-hidden="true" />
      {call.closedReason === null ? (
        <Trans>Part of this call was not watched: times and parties may be incomplete.</Trans>
      ) : (
        <Closed reason={call.closedReason} />
      )}
    </p>
  );
}

function Closed({ reason }: { reason: NonNullable<Call['closedReason']> }): ReactNode {
  switch (reason) {
    case 'gone':
      return <Trans>Its end was not seen: the phone system no longer knew the call when it was asked.</Trans>;
    case 'pbxRestarted':
      return <Trans>Its end was not seen: the phone system restarted.</Trans>;
    case 'linkLost':
      return <Trans>Its end was not seen: the link to the phone system was lost.</Trans>;
  }
}

function EndedBy({ by }: { by: NonNullable<Call['endedBy']> }): ReactNode {
  switch (by) {
    case 'caller':
      return <Trans>The caller</Trans>;
    case 'callee':
      return <Trans>The called side</Trans>;
    case 'system':
      return <Trans>The phone system</Trans>;
    case 'transfer':
      return <Trans>A transfer</Trans>;
    case 'unknown':
      return <Trans>Unknown</Trans>;
  }
}

function Time({ at, timeZone }: { at: string | null; timeZone: string }) {
  const { language } = useLanguage();
  return <span className="tabular">{at === null ? '–' : timeOfDay(Date.parse(at), language, timeZone)}</span>;
}
