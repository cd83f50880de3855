import { useLingui } from '@lingui/react/macro';
import type { AgentState } from '../../../contract/agents.ts';

/** The states' words where plain text is needed, e.g. in a list of options. */
export function useAgentStateNames(): Record<AgentState, string> {
  const { t } = useLingui();
  return {
    available: t`Available`,
    ringing: t`Ringing`,
    onCall: t`On a call`,
    wrapUp: t`Wrap-up`,
    paused: t`Paused`,
    unavailable: t`Phone unreachable`,
    loggedOut: t`Logged out`,
    unknown: t`Unknown`,
  };
}
