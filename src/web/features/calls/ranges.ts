/** Which time a list of calls is about, by the customer's days. Pure. */
export const RANGES = ['today', 'yesterday', '7d', '30d', 'custom'] as const;
export type RangeName = (typeof RANGES)[number];

export interface Period {
  /** ISO instant, included. */
  from: string;
  /** ISO instant, not included; absent: until now and on. */
  to?: string;
}

/**
 * @param days first and last day of a custom range, `2026-11-22`, both included; either may be missing
 * @param now milliseconds since 1970
 * @param timeZone IANA name
 */
export function periodOf(range: RangeName, days: { from?: string; to?: string }, now: number, timeZone: string): Period {
  const today = dayIn(now, timeZone);
  const start = (day: string): string => new Date(startOfDay(day, timeZone)).toISOString();
  switch (range) {
    case 'today':
      return { from: start(today) };
    case 'yesterday':
      return { from: start(addDays(today, -1)), to: start(today) };
    case '7d':
      return { from: start(addDays(today, -6)) };
    case '30d':
      return { from: start(addDays(today, -29)) };
    case 'custom': {
      const from = days.from ?? days.to ?? today;
      const last = days.to ?? today;
      const end = last < from ? from : last;
      return end >= today ? { from: start(from) } : { from: start(from), to: start(addDays(end, 1)) };
    }
  }
}

/** The calendar day of an instant: `2026-11-22`. */
export function dayIn(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
}

/** The first instant of a day, also where clocks change at midnight. @returns milliseconds since 1970 */
export function startOfDay(day: string, timeZone: string): number {
  const wall = Date.parse(`${day}T00:00:00Z`);
  const around = [offsetAt(wall - 93_600_000, timeZone), offsetAt(wall + 93_600_000, timeZone)];
  const candidates = around.map((offset) => wall - offset).toSorted((a, b) => a - b);
  return candidates.find((at) => dayIn(at, timeZone) === day) ?? wall;
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** A day as an address holds it; anything else counts as absent. */
export function dayFrom(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return undefined;
  const at = Date.parse(`${value}T00:00:00Z`);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== value ? undefined : value;
}

/** How far the zone's clocks are ahead of UTC, in ms. */
function offsetAt(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const part = (type: string): number => Number(parts.find((found) => found.type === type)?.value ?? 0);
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return wall - Math.floor(at / 1000) * 1000;
}
