/** What the list of calls shows, as it stands in the address. */
import { Direction, Outcome, type Call } from '../../../contract/calls.ts';
import { dayFrom, RANGES, type RangeName } from './ranges.ts';

export interface CallsView {
  range: RangeName;
  /** First and last day of a custom range. */
  from: string | null;
  to: string | null;
  direction: Call['direction'] | null;
  outcome: NonNullable<Call['outcome']> | null;
  q: string;
}

export interface CallsSearch {
  range?: RangeName;
  from?: string;
  to?: string;
  direction?: Call['direction'];
  outcome?: NonNullable<Call['outcome']>;
  q?: string;
}

const usual: RangeName = '7d';

/** Reads a view from the address; what makes no sense counts as absent. */
export function callsView(search: Record<string, unknown>): CallsView {
  const direction = Direction.safeParse(search['direction']);
  const outcome = Outcome.safeParse(search['outcome']);
  const { q } = search;
  return {
    range: RANGES.find((name) => name === search['range']) ?? usual,
    from: dayFrom(search['from']) ?? null,
    to: dayFrom(search['to']) ?? null,
    direction: direction.success ? direction.data : null,
    outcome: outcome.success ? outcome.data : null,
    q: typeof q === 'string' || typeof q === 'number' ? String(q).slice(0, 100) : '',
  };
}

/** The address of a view; what is usual is left out. */
export function callsSearch({ range, from, to, direction, outcome, q }: CallsView): CallsSearch {
  return {
    ...(range === usual ? {} : { range }),
    ...(range !== 'custom' || from === null ? {} : { from }),
    ...(range !== 'custom' || to === null ? {} : { to }),
    ...(direction === null ? {} : { direction }),
    ...(outcome === null ? {} : { outcome }),
    ...(q === '' ? {} : { q }),
  };
}
