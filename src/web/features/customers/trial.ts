/** Trials in days of the reseller's zone, first and last day included. Pure. */
import type { Customer } from '../../../contract/customers.ts';

type Trial = NonNullable<Customer['trial']>;

/** `2026-11-22`: the day it is in the zone at that instant. @param timeZone IANA name; the browser's own when absent */
export function dayIn(instant: number, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(instant);
}

/** The trial that begins today and lasts as long as is allowed. */
export function longestTrial(today: string, longestDays: number): Trial {
  return { startDate: today, endDate: plusDays(today, longestDays - 1) };
}

/** The last day a trial may end that begins at `startDate`. */
export function plusDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** Days left after today, 0 on the last one; null when there is no trial or it is over. */
export function trialDaysLeft(trial: Trial | null, today: string): number | null {
  if (trial === null || trial.endDate < today) return null;
  return Math.round((Date.parse(trial.endDate) - Date.parse(today)) / dayMs);
}

const dayMs = 86_400_000;
