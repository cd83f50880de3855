/** Times, durations and numbers as text. All take the portal's language; nothing is concatenated by hand. */

/** A running or finished duration as on a stopwatch: `0:07`, `12:40`, `1:02:33`; never negative. @param ms length in milliseconds */
export function stopwatch(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const seconds = String(total % 60).padStart(2, '0');
  const minutes = Math.floor(total / 60) % 60;
  const hours = Math.floor(total / 3600);
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
}

const units = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** "5 minutes ago", "in 3 days", "yesterday". @param at, now milliseconds since 1970 */
export function relative(at: number, now: number, locale: string): string {
  const distance = at - now;
  const [unit, size] = units.find(([, ms]) => Math.abs(distance) >= ms) ?? ['second', 1000];
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.trunc(distance / size), unit);
}

/** The exact instant, with seconds and zone, as shown when hovering. @param timeZone IANA name; the browser's own when absent */
export function instant(at: number, locale: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'long',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(at);
}

/** Time of day with seconds, as on a call's time line: `14:03:59`. */
export function timeOfDay(at: number, locale: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(at);
}

/** A day: `22 Nov 2026`. */
export function day(at: number, locale: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', ...(timeZone === undefined ? {} : { timeZone }) }).format(at);
}

/** A count with the language's separators. */
export function count(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, { useGrouping: 'min2' }).format(value);
}

/** A text as it is compared when searching: small letters, no accents. */
export function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
