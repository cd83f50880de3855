import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { memo, useMemo, useState } from 'react';
import type { Call } from '../../../contract/calls.ts';
import type { QueueNow } from '../../../contract/live.ts';
import { Timer } from '../../ui/RelativeTime.tsx';
import { CallStateMark, DirectionMark, PartyName } from '../calls/marks.tsx';
import { frozenAt } from './frozen.ts';
import type { LiveClient } from './live-client.ts';
import { Panel } from './Panel.tsx';
import rows from './Rows.module.css';
import { heldRows } from './rows.ts';
import { SkeletonLines } from './SkeletonLines.tsx';
import { useLive } from './use-live.ts';

const none: ReadonlyMap<string, Call> = new Map();

/** Calls going on now, the oldest first; none moves while somebody points at the list. */
export function CallsPanel({ client, customerId }: { client: LiveClient; customerId: string }) {
  const { t } = useLingui();
  const calls = useLive(client, ({ board }) => board?.calls);
  const queues = useLive(client, ({ board }) => board?.queues);
  const stale = useLive(client, (state) => frozenAt(state) !== undefined);
  const { shown, hold } = useHeld(calls ?? none);
  const waitsIn = useMemo(() => waitingQueues(queues ?? []), [queues]);
  const queueNames = useMemo(() => new Map((queues ?? []).map(({ id, name }) => [id, name])), [queues]);
  return (
    <Panel title={t`Active calls`} count={calls?.size}>
      <table className={rows.table} aria-label={t`Active calls`} {...hold}>
        <thead>
          <tr>
            <th scope="col" className={rows.tight}>
              <Trans>State</Trans>
            </th>
            <th scope="col" className={rows.tight}>
              <Trans>For</Trans>
            </th>
            <th scope="col" style={{ width: '36%' }}>
              <Trans>From</Trans>
            </th>
            <th scope="col" style={{ width: '32%' }}>
              <Trans>To</Trans>
            </th>
            <th scope="col" className={rows.wideOnly} style={{ width: '20%' }}>
              <Trans>Queue</Trans>
            </th>
            <th scope="col" className={`${rows.tight} ${rows.number} ${rows.wideOnly}`}>
              <Trans>Total</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {calls === undefined && <SkeletonLines columns={6} />}
          {shown.map(({ row, gone }) => (
            <CallLine
              key={row.id}
              client={client}
              call={row}
              gone={gone}
              queue={waitsIn.get(row.id) ?? queueNames.get(row.to.queueId ?? '') ?? null}
              customerId={customerId}
            />
          ))}
        </tbody>
      </table>
      {calls !== undefined && shown.length === 0 && (
        <p className={rows.empty}>
          {stale ? (
            <Trans>No call was going on when this was last known.</Trans>
          ) : (
            <Trans>Nobody is on the phone. The next call appears here as soon as it rings.</Trans>
          )}
        </p>
      )}
    </Panel>
  );
}

interface LineProps {
  client: LiveClient;
  call: Call;
  gone: boolean;
  queue: string | null;
  customerId: string;
}

/** Drawn anew only when its own call changed; the timers tick by themselves. */
const CallLine = memo(function CallLine({ client, call, gone, queue, customerId }: LineProps) {
  const frozen = useLive(client, (state) => frozenAt(state, call.connectionId));
  return (
    <tr data-gone={gone || undefined} data-call={call.id}>
      <td className={rows.tight}>
        <CallStateMark state={gone ? 'ended' : call.state} />
      </td>
      <td className={`${rows.tight} ${rows.number}`}>{gone ? '–' : <Timer since={call.stateSince} frozenAt={frozen} />}</td>
      <td>
        <DirectionMark direction={call.direction} iconOnly />{' '}
        <Link to="/customers/$customerId/calls/$callId" params={{ customerId, callId: call.id }} preload={false}>
          <PartyName party={call.from} />
        </Link>
      </td>
      <td>
        <PartyName party={call.to} unknown={queue ?? '–'} />
      </td>
      <td className={rows.wideOnly}>{queue ?? ''}</td>
      <td className={`${rows.tight} ${rows.number} ${rows.wideOnly}`}>{gone ? '–' : <Timer since={call.startedAt} frozenAt={frozen} />}</td>
    </tr>
  );
});

/** Rows as they stood while the pointer or the focus is among them. */
function useHeld(calls: ReadonlyMap<string, Call>) {
  const [holding, setHolding] = useState(false);
  const [last, setLast] = useState(() => ({ calls, holding, shown: heldRows<Call>([], calls, holding) }));
  // Which rows are shown follows from those shown before: settled before this drawing is seen.
  if (last.calls !== calls || last.holding !== holding) setLast({ calls, holding, shown: heldRows(last.shown, calls, holding) });
  const hold = {
    onPointerEnter: () => setHolding(true),
    onPointerLeave: () => setHolding(false),
    onFocus: () => setHolding(true),
    onBlur: () => setHolding(false),
  };
  return { shown: last.shown, hold };
}

function waitingQueues(queues: readonly QueueNow[]): Map<string, string> {
  return new Map(queues.flatMap(({ name, waiting }) => waiting.map(({ callId }) => [callId, name] as const)));
}
