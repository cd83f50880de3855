/** Days of a time zone, as people count them. */

/** `2026-11-22`: the day it is there at that instant. */
export function dayIn(timeZone: string, instant: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(instant);
}

/** The instant at which a day begins there; the first one, where a clock change repeats or skips midnight. */
export function startOfDay(timeZone: string, day: string): number {
  const utc = Date.parse(`${day}T00:00:00Z`);
  // Zones lie between -12 and +14 hours: the day begins somewhere in there, on a quarter of an hour.
  const QUARTER = 900_000;
  let low = utc - 14 * 3_600_000;
  let high = utc + 12 * 3_600_000;
  while (high - low > QUARTER) {
    const middle = low + Math.floor((high - low) / 2 / QUARTER) * QUARTER;
    if (dayIn(timeZone, middle) < day) low = middle;
    else high = middle;
  }
  return dayIn(timeZone, low) >= day ? low : high;
}

/** The day after; plain calendar arithmetic, no zone. */
export function nextDay(day: string): string {
  return addDays(day, 1);
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Days from one to the other, both counted. */
export function daysBetween(first: string, last: string): number {
  return Math.round((Date.parse(`${last}T00:00:00Z`) - Date.parse(`${first}T00:00:00Z`)) / 86_400_000) + 1;
}
