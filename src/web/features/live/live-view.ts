/** What a board shows, as it stands in the address. */
import { AgentState } from '../../../contract/agents.ts';

export interface LiveView {
  /** For a screen on the wall: no frame, big type. */
  kiosk?: true;
  /** Agents by a part of their name. */
  agent?: string;
  /** Agents of one queue. */
  queue?: string;
  /** Agents in one state. */
  state?: AgentState;
}

/** Reads a view from the address; what makes no sense counts as absent. */
export function liveView(search: Record<string, unknown>): LiveView {
  const { kiosk, agent, queue, state } = search;
  const known = AgentState.safeParse(state);
  return {
    ...(kiosk === true || kiosk === 1 || kiosk === '1' ? { kiosk: true } : {}),
    ...(typeof agent === 'string' && agent !== '' ? { agent: agent.slice(0, 100) } : {}),
    ...(typeof queue === 'string' && queue !== '' ? { queue } : {}),
    ...(known.success ? { state: known.data } : {}),
  };
}
