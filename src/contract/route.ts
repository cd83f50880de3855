import type { z } from 'zod';
import type { ErrorCode } from './errors.ts';
import type { Permission } from './permissions.ts';

/** Who may call a route, and in which tenant it acts. */
export type Access =
  /** No login: limited by address. */
  | { of: 'anyone' }
  /** Any login, for one's own things only. */
  | { of: 'login' }
  /** The tenant one acts in (header `ringside-tenant`, else one's first membership; an API client has one). */
  | { of: 'tenant'; permission: Permission }
  /** The reseller or customer named in the path as `{resellerId}` / `{customerId}`: the scope narrows to it. */
  | { of: 'reseller'; permission: Permission }
  | { of: 'customer'; permission: Permission };

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

type Shape = z.ZodType;

/** A route as data: the server, the portal's client, the OpenAPI document and the tests read it. */
export interface Route<
  Params extends Shape | undefined = Shape | undefined,
  Query extends Shape | undefined = Shape | undefined,
  Body extends Shape | undefined = Shape | undefined,
  Answer extends Shape | undefined = Shape | undefined,
> {
  /** `resource.verb`, unique. */
  id: string;
  method: Method;
  /** With `{name}` for each parameter. */
  path: string;
  summary: string;
  access: Access;
  params?: Params;
  query?: Query;
  body?: Body;
  /** Status and schema of the good answer; no schema: 204 or 202 without a body. */
  status: 200 | 201 | 202 | 204;
  answer?: Answer;
  /** Errors beside those every route can give (`Always`, and `forbidden`, `notFound`, `invalid` by its form). */
  errors?: readonly ErrorCode[];
  /** POST that makes something: takes an `Idempotency-Key`. */
  idempotent?: boolean;
  /** The answer is not JSON, e.g. `text/csv`. */
  media?: string;
}

export function route<
  const P extends Shape | undefined,
  const Q extends Shape | undefined,
  const B extends Shape | undefined,
  const A extends Shape | undefined,
>(spec: Route<P, Q, B, A>): Route<P, Q, B, A> {
  return spec;
}

type Out<S> = S extends z.ZodType ? z.output<S> : undefined;
type In<S> = S extends z.ZodType ? z.input<S> : undefined;

/** What a handler gets, after parsing. */
export type InputOf<R> = R extends Route<infer P, infer Q, infer B, infer _A> ? { params: Out<P>; query: Out<Q>; body: Out<B> } : never;
/** What a caller sends. */
export type RequestOf<R> = R extends Route<infer P, infer Q, infer B, infer _A> ? { params: In<P>; query: In<Q>; body: In<B> } : never;
export type AnswerOf<R> = R extends Route<infer _P, infer _Q, infer _B, infer A> ? Out<A> : never;
