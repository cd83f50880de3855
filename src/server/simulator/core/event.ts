/** What Asterisk's manager classes are called; the bit is the one of `read=` and `write=`. */
export const EVENT_CLASSES = [
  'system',
  'call',
  'log',
  'verbose',
  'command',
  'agent',
  'user',
  'config',
  'dtmf',
  'reporting',
  'cdr',
  'dialplan',
  'originate',
  'agi',
  'cc',
  'aoc',
  'test',
  'security',
  'message',
] as const;

export type EventClass = (typeof EVENT_CLASSES)[number];

/** One event of the PBX, before it is sent to anybody. */
export interface PbxEvent {
  name: string;
  eventClass: EventClass;
  /** Microseconds since 1970, rising. */
  atMicros: number;
  /** The headers after the common ones, each line ended by CR LF. */
  fields: string;
}

/** One header line. */
export const line = (name: string, value: string | number): string => `${name}: ${value}\r\n`;
