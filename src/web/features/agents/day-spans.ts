/** An agent's states over one day. Pure. */
import type { z } from 'zod';
import type { AgentSpan as AgentSpanSchema, AgentState } from '../../../contract/agents.ts';

export type AgentSpan = z.infer<typeof AgentSpanSchema>;

export interface Stretch {
  state: AgentState;
  reason: string | null;
  /** Milliseconds since 1970, cut to the day. */
  from: number;
  to: number;
  /** Not seen as it happened. */
  doubtful: boolean;
}

/** @param spans in any order @param day first and last millisecond of what is drawn @param now end of what still goes on */
export function stretchesOf(spans: readonly AgentSpan[], day: { from: number; to: number }, now: number): Stretch[] {
  const end = Math.min(day.to, now);
  return spans
    .map((span) => ({
      state: span.state,
      reason: span.reason,
      from: Math.max(day.from, Date.parse(span.from)),
      to: Math.min(end, span.to === null ? end : Date.parse(span.to)),
      doubtful: span.quality !== 'exact',
    }))
    .filter(({ from, to }) => to > from)
    .toSorted((a, b) => a.from - b.from);
}

/** How long an agent was in each state, in ms. */
export function totalsOf(stretches: readonly Stretch[]): ReadonlyMap<AgentState, number> {
  const totals = new Map<AgentState, number>();
  for (const { state, from, to } of stretches) totals.set(state, (totals.get(state) ?? 0) + to - from);
  return totals;
}

/** The part of the day worth drawing: from the first hour somebody was logged in to the last, at least four hours. */
export function hoursOf(all: readonly (readonly Stretch[])[], day: { from: number; to: number }): { from: number; to: number } {
  const hour = 3_600_000;
  const present = all.flat().filter(({ state }) => state !== 'loggedOut' && state !== 'unknown');
  if (present.length === 0) return day;
  const first = Math.min(...present.map(({ from }) => from));
  const last = Math.max(...present.map(({ to }) => to));
  const from = day.from + Math.floor((first - day.from) / hour) * hour;
  const to = Math.min(day.to, Math.max(from + 4 * hour, day.from + Math.ceil((last - day.from) / hour) * hour));
  return { from: Math.min(from, to - 4 * hour), to };
}
