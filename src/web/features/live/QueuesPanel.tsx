import { Trans, useLingui } from '@lingui/react/macro';
import { memo } from 'react';
import type { QueueNow } from '../../../contract/live.ts';
import { Timer } from '../../ui/RelativeTime.tsx';
import { frozenAt } from './frozen.ts';
import type { LiveClient } from './live-client.ts';
import { Panel } from './Panel.tsx';
import classes from './QueuesPanel.module.css';
import rows from './Rows.module.css';
import { useLive } from './use-live.ts';

/** Each queue: who waits and how long, who could answer. */
export function QueuesPanel({ client }: { client: LiveClient }) {
  const { t } = useLingui();
  const queues = useLive(client, ({ board }) => board?.queues);
  return (
    <Panel title={t`Queues`}>
      {queues?.length === 0 ? (
        <p className={rows.empty}>
          <Trans>This phone system has no queues.</Trans>
        </p>
      ) : (
        <ul className={classes.tiles}>
          {queues?.map((queue) => (
            <QueueTile key={queue.id} client={client} queue={queue} />
          ))}
          {queues === undefined && [0, 1].map((tile) => <li key={tile} className={classes.tile} aria-hidden="true" />)}
        </ul>
      )}
    </Panel>
  );
}

const QueueTile = memo(function QueueTile({ client, queue }: { client: LiveClient; queue: QueueNow }) {
  const frozen = useLive(client, (state) => frozenAt(state, queue.connectionId));
  const members = useLive(client, ({ board }) => membersOf(board?.agents.values(), queue.id, false));
  const available = useLive(client, ({ board }) => membersOf(board?.agents.values(), queue.id, true));
  const first = queue.waiting[0];
  return (
    <li className={classes.tile} data-busy={first !== undefined || undefined}>
      <h3 className={classes.name}>{queue.name}</h3>
      <dl className={classes.facts}>
        <div>
          <dt>
            <Trans>Callers waiting</Trans>
          </dt>
          <dd className={classes.big} data-queue-waiting={queue.id}>
            {queue.waiting.length}
          </dd>
        </div>
        <div>
          <dt>
            <Trans>Longest wait</Trans>
          </dt>
          <dd className={classes.big}>{first === undefined ? '–' : <Timer since={first.since} frozenAt={frozen} />}</dd>
        </div>
        <div>
          <dt>
            <Trans>Agents available</Trans>
          </dt>
          <dd className={classes.big} data-none={(available === 0 && members > 0) || undefined}>
            {available}
            <span className={classes.of}>
              <Trans>of {members}</Trans>
            </span>
          </dd>
        </div>
      </dl>
    </li>
  );
});

function membersOf(agents: Iterable<{ queueIds: string[]; state: string }> | undefined, queueId: string, availableOnly: boolean): number {
  let found = 0;
  for (const { queueIds, state } of agents ?? []) {
    if (queueIds.includes(queueId) && (availableOnly ? state === 'available' : state !== 'loggedOut')) found += 1;
  }
  return found;
}
