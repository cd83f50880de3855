export { simulatePbx } from './cli.ts';
export {
  startSimulatedPbx,
  type PlacedCall,
  type SimulatedPbx,
  type SimulatedPbxOptions,
  type SimulatedPbxStats,
} from './simulated-pbx.ts';
export type { CallFacts, CallOutcome } from './calls/facts.ts';
export type { AgentAction } from './calls/agents.ts';
export type { Answer } from './calls/ring.ts';
export type { CallScript } from './calls/script.ts';
export type { Act } from './calls/talk.ts';
export type { Company, Person } from './core/company.ts';
export type { FloodOptions, FloodResult } from './flood/run.ts';
