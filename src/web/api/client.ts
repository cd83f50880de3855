/** The typed client: types come from the contract's routes, nothing is generated. */
import type { AnswerOf, RequestOf, Route } from '../../contract/route.ts';
import { serverClock } from '../ui/clock.ts';
import { ApiProblem } from './problem.ts';

/** Only the parts a route has: `{ params, query, body }`. */
type Parts<R> = { [K in keyof RequestOf<R> as undefined extends RequestOf<R>[K] ? never : K]: RequestOf<R>[K] } & {
  [K in keyof RequestOf<R> as undefined extends RequestOf<R>[K] ? K : never]?: RequestOf<R>[K];
};

export interface CallOptions {
  signal?: AbortSignal | undefined;
  /** Repeating the call with the same key does the work once. */
  idempotencyKey?: string;
}

let actingAs: string | null = null;

/** The tenant one acts in from now on; null: one's first. @returns whether it was another one until now */
export function actAs(tenantId: string | null): boolean {
  const changed = actingAs !== null && actingAs !== tenantId;
  actingAs = tenantId;
  return changed;
}

/** Calls a route of the contract. @throws ApiProblem for every answer that is not the good one, also when nothing answered (status 0) */
export async function call<R extends Route>(route: R, parts: Parts<R>, options: CallOptions = {}): Promise<AnswerOf<R>> {
  const { params, query, body } = parts as { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown };
  const response = await reach(pathOf(route, params, query), {
    method: route.method,
    headers: headersOf(body, options),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  if (!response.ok) throw await problemOf(response);
  const answer: unknown = route.answer === undefined ? undefined : await response.json();
  return answer as AnswerOf<R>;
}

/** A route's address with its parameters and filters; what is empty is left out. */
export function pathOf(route: Pick<Route, 'path'>, params: Record<string, string> = {}, query: Record<string, unknown> = {}): string {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const filters = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  return filters.length === 0 ? path : `${path}?${new URLSearchParams(filters.map(([key, value]) => [key, String(value)])).toString()}`;
}

/** The schema of what a route takes, for the form that fills it. */
export function bodyOf<R extends Route>(route: R): NonNullable<R['body']> {
  if (route.body === undefined) throw new Error(`${route.id} takes no body`);
  return route.body;
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(path, init);
    const said = Date.parse(response.headers.get('date') ?? '');
    // The header is cut to whole seconds: half a second is its middle.
    if (!Number.isNaN(said)) serverClock.heard(said + 500);
    return response;
  } catch (error) {
    if (init.signal?.aborted === true) throw error;
    throw new ApiProblem({ status: 0, code: 'unreachable', title: unreachable(), detail: null, errors: [] });
  }
}

function headersOf(body: unknown, { idempotencyKey }: CallOptions): Record<string, string> {
  return {
    'accept-language': document.documentElement.lang,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(actingAs === null ? {} : { 'ringside-tenant': actingAs }),
    ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
  };
}

async function problemOf(response: Response): Promise<ApiProblem> {
  try {
    return new ApiProblem((await response.json()) as ConstructorParameters<typeof ApiProblem>[0]);
  } catch {
    // Something in between answered, e.g. a proxy's own error page.
    return new ApiProblem({ status: response.status, code: 'unreadable', title: `HTTP ${response.status}`, detail: null, errors: [] });
  }
}

function unreachable(): string {
  return document.documentElement.lang === 'es'
    ? 'No se puede contactar con Ringside. Compruebe su conexión.'
    : 'Ringside cannot be reached. Check your connection.';
}
