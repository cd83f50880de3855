/** The rows of the call list: calls, and the times in which nobody watched. Pure. */
import type { z } from 'zod';
import type { Call, Gap as GapSchema } from '../../../contract/calls.ts';
import { folded } from '../../ui/format.ts';
import type { CallsView } from './calls-view.ts';
import type { Period } from './ranges.ts';

export type Gap = z.infer<typeof GapSchema>;
export type Row = { id: string; call: Call; gap: null } | { id: string; call: null; gap: Gap };

/** Puts each gap between the calls before and after its beginning; newest first. */
export function withGaps(calls: readonly Call[], gaps: readonly Gap[]): Row[] {
  const once = new Map(gaps.map((gap) => [gap.id, gap]));
  const rows: Row[] = [
    ...calls.map((call): Row => ({ id: call.id, call, gap: null })),
    ...[...once.values()].map((gap): Row => ({ id: gap.id, call: null, gap })),
  ];
  return rows.toSorted((a, b) => startOf(b) - startOf(a));
}

/** Newer news of the same calls, and new ones on top; what joined another call goes. */
export function renewed(listed: readonly Call[], news: ReadonlyMap<string, Call>, removed: ReadonlySet<string>): Call[] {
  const known = new Set(listed.map(({ id }) => id));
  const fresh = [...news.values()].filter(({ id }) => !known.has(id));
  return [...fresh, ...listed.map((call) => news.get(call.id) ?? call)]
    .filter(({ id }) => !removed.has(id))
    .toSorted((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt) || (a.id < b.id ? 1 : -1));
}

/** Whether a call heard of live belongs into the list as it is filtered. */
export function belongs(call: Call, view: CallsView, period: Period): boolean {
  const at = Date.parse(call.startedAt);
  if (at < Date.parse(period.from) || (period.to !== undefined && at >= Date.parse(period.to))) return false;
  if (view.direction !== null && call.direction !== view.direction) return false;
  if (view.outcome !== null && call.outcome !== view.outcome) return false;
  if (view.q === '') return true;
  const text = [call.from.number, call.from.name, call.to.number, call.to.name, call.did].filter((part) => part !== null).join(' ');
  return folded(text).includes(folded(view.q));
}

function startOf({ call, gap }: Row): number {
  return Date.parse(call === null ? gap.from : call.startedAt);
}
