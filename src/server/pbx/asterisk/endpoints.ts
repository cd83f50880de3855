import type { AccountKey } from '../../../contract/events.ts';
import { firstEmail } from './mailboxes.ts';
import type { AmiMessage } from './message.ts';

/** A PJSIP endpoint as its configuration says it: a phone or a trunk. */
export interface Endpoint {
  device: string;
  name: string | null;
  number: string | null;
  mailboxes: readonly string[];
  email: string | null;
  keys: readonly AccountKey[];
}

/** @param details the EndpointDetail of each endpoint. @returns by device name */
export function readEndpoints(details: readonly AmiMessage[]): ReadonlyMap<string, Endpoint> {
  return new Map(details.map(readEndpoint).map((endpoint) => [endpoint.device, endpoint]));
}

function readEndpoint(detail: AmiMessage): Endpoint {
  const [, name, number] = /^\s*"?(.*?)"?\s*<([^>]*)>\s*$/.exec(detail.get('Callerid') ?? '') ?? [];
  const variables = readVariables(detail.get('SetVar') ?? '');
  return {
    device: `PJSIP/${detail.get('ObjectName') ?? ''}`,
    name: name?.trim() || null,
    number: number && number !== 'unknown' ? number : null,
    mailboxes: (detail.get('Mailboxes') ?? '').split(',').filter((mailbox) => mailbox !== ''),
    email: variables.map(([key, value]) => (/e?mail$/i.test(key) ? firstEmail(value) : null)).find((email) => email !== null) ?? null,
    keys: [
      ...key('context', detail.get('Context')),
      ...key('accountcode', detail.get('Accountcode')),
      ...key('tenantid', detail.get('Tenantid')),
      // An address tells one person from another, never one customer from another.
      ...variables.filter(([, value]) => value !== '' && !value.includes('@')).map(([name, value]) => `variable:${name}=${value}`),
    ],
  };
}

function key(kind: string, value: string | undefined): AccountKey[] {
  return value === undefined || value === '' ? [] : [`${kind}:${value}`];
}

/** `A=1,B=x, y`: a comma parts two variables only where a name follows. */
function readVariables(text: string): readonly (readonly [string, string])[] {
  return text.split(/,(?=\s*\w+=)/).flatMap((pair) => {
    const at = pair.indexOf('=');
    return at <= 0 ? [] : [[pair.slice(0, at).trim(), pair.slice(at + 1)] as const];
  });
}
