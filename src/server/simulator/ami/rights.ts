import { EVENT_CLASSES, type EventClass } from '../core/event.ts';

/** One `[user]` of the simulated manager.conf. */
export interface AmiUser {
  name: string;
  secret: string;
  /** Classes of events it is sent, as in `read=`; `all` for all. */
  read: readonly (EventClass | 'all')[];
  /** Classes of actions it may send, as in `write=`. */
  write: readonly (EventClass | 'all')[];
}

export const ALL_CLASSES = (1 << EVENT_CLASSES.length) - 1;

/** Classes as bits. */
export function classMask(classes: readonly (EventClass | 'all')[]): number {
  let mask = 0;
  for (const name of classes) mask |= name === 'all' ? ALL_CLASSES : 1 << EVENT_CLASSES.indexOf(name);
  return mask;
}

/** `on`, `off` or a list of classes, as the Events action and the login take it; null when none of it is known. */
export function parseEventMask(text: string): number | null {
  const value = text.trim().toLowerCase();
  if (value === 'on' || value === 'all' || value === 'true' || value === 'yes') return ALL_CLASSES;
  if (value === 'off' || value === 'none' || value === 'false' || value === 'no') return 0;
  const known = value.split(',').map((name) => EVENT_CLASSES.indexOf(name.trim() as EventClass));
  if (!known.some((index) => index >= 0)) return null;
  return known.reduce((mask, index) => (index < 0 ? mask : mask | (1 << index)), 0);
}
