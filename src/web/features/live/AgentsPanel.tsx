import { Trans, useLingui } from '@lingui/react/macro';
import { memo, useMemo } from 'react';
import type { Agent } from '../../../contract/agents.ts';
import { folded } from '../../ui/format.ts';
import { Timer } from '../../ui/RelativeTime.tsx';
import { AgentStateMark } from '../agents/AgentStateMark.tsx';
import { AgentFilter } from './AgentFilter.tsx';
import { frozenAt } from './frozen.ts';
import type { LiveClient } from './live-client.ts';
import type { LiveView } from './live-view.ts';
import { Panel } from './Panel.tsx';
import rows from './Rows.module.css';
import { SkeletonLines } from './SkeletonLines.tsx';
import { useLive } from './use-live.ts';

/** Each agent's state and for how long, always in the order of their names. */
export function AgentsPanel({ client, view }: { client: LiveClient; view: LiveView }) {
  const { t } = useLingui();
  const agents = useLive(client, ({ board }) => board?.agents);
  const queues = useLive(client, ({ board }) => board?.queues);
  const names = useMemo(() => new Map((queues ?? []).map(({ id, name }) => [id, name])), [queues]);
  const shown = useMemo(() => [...(agents?.values() ?? [])].filter((agent) => matches(agent, view)), [agents, view]);
  return (
    <Panel title={t`Agents`} count={agents?.size} tools={view.kiosk !== true && <AgentFilter view={view} queues={queues ?? []} />}>
      <table className={rows.table} aria-label={t`Agents`}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Agent</Trans>
            </th>
            <th scope="col" className={rows.tight}>
              <Trans>State</Trans>
            </th>
            <th scope="col" className={`${rows.tight} ${rows.number}`}>
              <Trans>For</Trans>
            </th>
            <th scope="col" className={`${rows.wideOnly} ${rows.notOnWall}`}>
              <Trans>Queues</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {agents === undefined && <SkeletonLines columns={4} />}
          {shown.map((agent) => (
            <AgentLine key={agent.id} client={client} agent={agent} queues={queueNames(agent, names)} />
          ))}
        </tbody>
      </table>
      {agents !== undefined && shown.length === 0 && (
        <p className={rows.empty}>
          {agents.size === 0 ? (
            <Trans>No agents: nobody belongs to a queue of this phone system.</Trans>
          ) : (
            <Trans>No agent matches the filter.</Trans>
          )}
        </p>
      )}
    </Panel>
  );
}

const AgentLine = memo(function AgentLine({ client, agent, queues }: { client: LiveClient; agent: Agent; queues: string }) {
  const frozen = useLive(client, (state) => frozenAt(state));
  return (
    <tr data-agent={agent.id}>
      <td title={agent.name}>{agent.name}</td>
      <td className={rows.tight}>
        <AgentStateMark state={agent.state} reason={agent.reason} />
      </td>
      <td className={`${rows.tight} ${rows.number}`}>
        <Timer since={agent.since} frozenAt={frozen} />
      </td>
      <td className={`${rows.wideOnly} ${rows.notOnWall}`} title={queues}>
        {queues}
      </td>
    </tr>
  );
});

function matches({ name, state, queueIds }: Agent, view: LiveView): boolean {
  if (view.state !== undefined && state !== view.state) return false;
  if (view.queue !== undefined && !queueIds.includes(view.queue)) return false;
  return view.agent === undefined || folded(name).includes(folded(view.agent));
}

function queueNames({ queueIds }: Agent, names: ReadonlyMap<string, string>): string {
  return queueIds.flatMap((id) => names.get(id) ?? []).join(', ');
}
