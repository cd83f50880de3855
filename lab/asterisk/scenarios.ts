import type { Scenario } from './bench.ts';
import { loginLogout, pause } from './scenarios/agents.ts';
import {
  busyInternal,
  busyOutbound,
  callerCancels,
  hold,
  inboundAnswered,
  internalAnswered,
  missedCallerGivesUp,
  missedNoAnswer,
  outboundAnswered,
  ringGroup,
  voicemailBusy,
  voicemailNoAnswer,
} from './scenarios/plain.ts';
import {
  queueAbandoned,
  queueAnsweredAgentHangsUp,
  queueAnsweredCallerHangsUp,
  queueSecondAgentAnswers,
  queueTimeout,
} from './scenarios/queues.ts';
import { crossTenantCall, crossTenantTransfer, tenantsInParallel } from './scenarios/tenants.ts';
import { attendedTransfer, blindTransfer, parking } from './scenarios/transfers.ts';

/** Every scenario by name; each takes at most about ten seconds. */
export const SCENARIOS = {
  'inbound-answered': inboundAnswered,
  'outbound-answered': outboundAnswered,
  'internal-answered': internalAnswered,
  'missed-caller-gives-up': missedCallerGivesUp,
  'missed-no-answer': missedNoAnswer,
  'busy-internal': busyInternal,
  'busy-outbound': busyOutbound,
  'caller-cancels': callerCancels,
  'voicemail-no-answer': voicemailNoAnswer,
  'voicemail-busy': voicemailBusy,
  'ring-group': ringGroup,
  'queue-answered-caller-hangs-up': queueAnsweredCallerHangsUp,
  'queue-answered-agent-hangs-up': queueAnsweredAgentHangsUp,
  'queue-second-agent-answers': queueSecondAgentAnswers,
  'queue-abandoned': queueAbandoned,
  'queue-timeout': queueTimeout,
  hold,
  'blind-transfer': blindTransfer,
  'attended-transfer': attendedTransfer,
  parking,
  pause,
  'login-logout': loginLogout,
  'cross-tenant-call': crossTenantCall,
  'cross-tenant-transfer': crossTenantTransfer,
  'tenants-in-parallel': tenantsInParallel,
} satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof SCENARIOS;

export const SCENARIO_NAMES = Object.keys(SCENARIOS) as ScenarioName[];

export const isScenarioName = (name: string): name is ScenarioName => Object.hasOwn(SCENARIOS, name);
