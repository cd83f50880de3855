import { pino } from 'pino';

/** A structured log; fields named in `REDACTED` never reach it. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  child(fields: object): Log;
}

/** Field names whose values are masked wherever they stand, one level deep. */
const REDACTED = ['secret', 'password', 'token', 'authorization', 'cookie', 'apiKey', 'secrets', 'clientSecret', 'client_secret', 'key'];

/**
 * @param level pino's level name
 * @param stream where lines go; stderr unless given, so that stdout stays for what commands print
 */
export function createLog(level: string, stream?: { write(line: string): void }): Log {
  const paths = REDACTED.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths, censor: '[masked]' } };
  return stream ? pino(options, stream) : pino(options, pino.destination({ fd: 2, sync: false }));
}

export const silentLog: Log = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  child: () => silentLog,
};
