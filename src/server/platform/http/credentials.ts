import type { FastifyRequest } from 'fastify';
import { Fault } from './fault.ts';

export const SESSION_COOKIE = 'ringside_session';

/** Where the caller's token stands: a bearer header, else the session cookie. */
export function tokenOf(request: FastifyRequest): { value: string; from: 'bearer' | 'cookie' } | null {
  const header = request.headers.authorization;
  if (header !== undefined) {
    const match = /^Bearer ([\w-]{20,200})$/i.exec(header);
    return match?.[1] === undefined ? null : { value: match[1], from: 'bearer' };
  }
  const cookie = request.cookies[SESSION_COOKIE];
  return cookie ? { value: cookie, from: 'cookie' } : null;
}

/** A cookie alone does not speak for its owner: another site's page could send it. @throws Fault forbidden */
export function checkOrigin(request: FastifyRequest, publicUrl: string): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const origin = request.headers.origin;
  if (origin === undefined) {
    const site = request.headers['sec-fetch-site'];
    if (site === undefined || site === 'same-origin') return;
    throw new Fault('forbidden');
  }
  const host = request.headers.host;
  if (origin === new URL(publicUrl).origin || (host !== undefined && hostOf(origin) === host)) return;
  throw new Fault('forbidden');
}

/** Null for `null`, which pages without an origin of their own send, and for anything else that is no address. */
function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
