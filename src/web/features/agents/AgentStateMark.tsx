import {
  IconBell,
  IconCircleCheck,
  IconLogout,
  IconPencil,
  IconPhone,
  IconPlayerPause,
  IconPlugX,
  IconQuestionMark,
} from '@tabler/icons-react';
import type { AgentState } from '../../../contract/agents.ts';
import { Mark } from '../../ui/StatusBadge.tsx';
import type { Tone } from '../../ui/tokens.ts';
import { useAgentStateNames } from './state-names.ts';

/** What an agent does now; a pause with its reason. */
export function AgentStateMark({ state, reason }: { state: AgentState; reason: string | null }) {
  const { tone, Icon } = agentLook(state);
  const name = useAgentStateNames()[state];
  return (
    <Mark tone={tone} Icon={Icon}>
      {state === 'paused' && reason !== null && reason !== '' ? `${name}: ${reason}` : name}
    </Mark>
  );
}

export function agentLook(state: AgentState): { tone: Tone; Icon: typeof IconPhone } {
  switch (state) {
    case 'available':
      return { tone: 'ok', Icon: IconCircleCheck };
    case 'ringing':
      return { tone: 'busy', Icon: IconBell };
    case 'onCall':
      return { tone: 'busy', Icon: IconPhone };
    case 'wrapUp':
      return { tone: 'warn', Icon: IconPencil };
    case 'paused':
      return { tone: 'warn', Icon: IconPlayerPause };
    case 'unavailable':
      return { tone: 'bad', Icon: IconPlugX };
    case 'loggedOut':
      return { tone: 'idle', Icon: IconLogout };
    case 'unknown':
      return { tone: 'idle', Icon: IconQuestionMark };
  }
}
