import { Group, Select, TextInput } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { IconSearch } from '@tabler/icons-react';
import { AgentState } from '../../../contract/agents.ts';
import type { QueueNow } from '../../../contract/live.ts';
import { useAgentStateNames } from '../agents/state-names.ts';
import { liveView, type LiveView } from './live-view.ts';

/** Which agents the board shows; it stands in the address. */
export function AgentFilter({ view, queues }: { view: LiveView; queues: readonly QueueNow[] }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const stateNames = useAgentStateNames();

  function change(part: Record<string, string | null>): void {
    const next = liveView({ ...view, ...part });
    void navigate({ to: '.', search: (search) => ({ ...onlyElsewhere(search), ...next }), replace: true });
  }

  return (
    <Group gap={6} wrap="wrap" role="search" aria-label={t`Filter agents`}>
      <TextInput
        size="xs"
        w={130}
        aria-label={t`Agent's name`}
        placeholder={t`Name`}
        leftSection={<IconSearch size={14} aria-hidden="true" />}
        value={view.agent ?? ''}
        onChange={(event) => change({ agent: event.currentTarget.value })}
      />
      <Select
        size="xs"
        w={130}
        clearable
        aria-label={t`State`}
        placeholder={t`Any state`}
        data={AgentState.options.map((value) => ({ value, label: stateNames[value] }))}
        value={view.state ?? null}
        onChange={(state) => change({ state })}
      />
      <Select
        size="xs"
        w={130}
        clearable
        aria-label={t`Queue`}
        placeholder={t`Any queue`}
        data={queues.map(({ id, name }) => ({ value: id, label: name }))}
        value={view.queue ?? null}
        onChange={(queue) => change({ queue })}
      />
    </Group>
  );
}

/** What else stands in the address. */
function onlyElsewhere({ agent: _agent, state: _state, queue: _queue, ...rest }: Record<string, unknown>): Record<string, unknown> {
  return rest;
}
