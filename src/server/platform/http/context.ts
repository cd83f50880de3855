import type { FastifyRequest } from 'fastify';
import type { Language } from '../../../contract/common.ts';
import type { AnswerOf, InputOf, Route } from '../../../contract/route.ts';
import type { Actor } from '../auth/index.ts';
import type { Clock } from '../clock/index.ts';
import type { Db } from '../db/index.ts';
import type { Log } from '../log/index.ts';

/** What a handler of a public route gets. */
export interface PublicContext {
  /** The request's one transaction; it commits after the handler, and only then is the answer sent. */
  db: Db;
  clock: Clock;
  requestId: string;
  language: Language;
  log: Log;
  /** Of the caller, for sessions and limits. */
  address: string;
  userAgent: string;
  /** The header as it was sent: the token endpoint takes a client's secret from it. */
  authorization: string | null;
  /** Sets (or, with null, clears) the session cookie once the work is committed. */
  setSession(token: string | null): void;
  /** Runs after the commit; a failure there is logged and changes nothing. */
  afterCommit(effect: () => void | Promise<void>): void;
}

/** What a handler of a route behind login gets. */
export interface Context extends PublicContext {
  actor: Actor;
  /** The tenant the transaction is scoped to: the one in the path, else the one acted in. */
  tenantId: string;
  /** The membership's tenant that gave the permission: `tenantId` or one above it. */
  grantedBy: string;
}

export type ContextOf<R extends Route> = R['access'] extends { of: 'anyone' } ? PublicContext & { actor: Actor | null } : Context;

/** An answer made after the commit, for work that must not hold a transaction, e.g. talking to a PBX. Not for idempotent routes. */
export class Later<T> {
  readonly make: () => Promise<T>;

  constructor(make: () => Promise<T>) {
    this.make = make;
  }
}

type Answered<R extends Route> = AnswerOf<R> extends undefined ? void : AnswerOf<R> | Later<AnswerOf<R>>;
export type Handler<R extends Route> = (context: ContextOf<R>, input: InputOf<R>) => Promise<Answered<R>>;

/** A route with its handler, its types forgotten. */
export interface Binding {
  route: Route;
  handler: (context: Context, input: { params: unknown; query: unknown; body: unknown }) => Promise<unknown>;
}

/** Ties a handler to a route of the contract. */
export function handle<R extends Route>(route: R, handler: Handler<R>): Binding {
  return { route, handler: handler as unknown as Binding['handler'] };
}

/** The caller's language: English unless Spanish is preferred. */
export function languageOf(request: FastifyRequest): Language {
  const first = request.headers['accept-language']?.split(',')[0]?.trim().toLowerCase() ?? '';
  return first.startsWith('es') ? 'es' : 'en';
}
