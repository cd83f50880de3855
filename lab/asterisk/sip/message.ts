import { randomBytes } from 'node:crypto';

export interface SipMessage {
  /** Null on a response. */
  method: string | null;
  /** Null on a request. */
  status: number | null;
  headers: ReadonlyMap<string, readonly string[]>;
  body: string;
}

/** Reads one datagram. Header names become lower case. */
export function parseSip(bytes: Buffer): SipMessage {
  const text = bytes.toString('utf8');
  const end = text.indexOf('\r\n\r\n');
  const [first = '', ...lines] = (end < 0 ? text : text.slice(0, end)).split('\r\n');
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    const known = headers.get(name);
    if (known) known.push(value);
    else headers.set(name, [value]);
  }
  const isResponse = first.startsWith('SIP/2.0 ');
  const word = first.split(' ');
  return {
    method: isResponse ? null : (word[0] ?? ''),
    status: isResponse ? Number(word[1]) : null,
    headers,
    body: end < 0 ? '' : text.slice(end + 4),
  };
}

/** First value of a header; empty when it is missing. */
export function header(message: SipMessage, name: string): string {
  return message.headers.get(name)?.[0] ?? '';
}

/** A message as it goes on the wire. */
export function formatSip(first: string, headers: readonly string[], body: string): string {
  const type = body === '' ? [] : ['Content-Type: application/sdp'];
  return [first, ...headers, ...type, `Content-Length: ${Buffer.byteLength(body)}`, '', body].join('\r\n');
}

/** The `tag` of a From or To header. */
export function tagOf(value: string): string | null {
  return /;tag=([^;>\s]+)/.exec(value)?.[1] ?? null;
}

/** The URI of a From, To or Contact header. */
export function uriOf(value: string): string {
  return /<([^>]+)>/.exec(value)?.[1] ?? value.split(';')[0] ?? value;
}

/** The user part of a SIP URI: a number or a name. */
export function userOf(uri: string): string {
  return /sip:([^@>;]+)@/.exec(uri)?.[1] ?? '';
}

export const randomHex = (bytes: number): string => randomBytes(bytes).toString('hex');
