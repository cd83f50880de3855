/** Puts the contract's routes on a Fastify server: parse, authorise, one transaction, answer. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import type { Route } from '../../../contract/route.ts';
import { authenticate, authorize } from '../auth/authenticate.ts';
import type { Actor } from '../auth/index.ts';
import type { Clock } from '../clock/index.ts';
import type { Database, Db } from '../db/index.ts';
import type { Log } from '../log/index.ts';
import { languageOf, Later, type Binding, type Context, type PublicContext } from './context.ts';
import { Fault } from './fault.ts';
import { withIdempotency } from './idempotency.ts';
import { checkOrigin, SESSION_COOKIE, tokenOf } from './credentials.ts';
import { parseRequest } from './parse.ts';
import { compileAnswer } from './serialize.ts';

export interface HttpOptions {
  database: Database;
  clock: Clock;
  log: Log;
  publicUrl: string;
  /** Fail on answers that break the contract (tests). */
  strict: boolean;
}

/** How long a session's last use may lag behind. */
const SEEN_EVERY_MS = 60_000;

export function registerRoutes(app: FastifyInstance, bindings: readonly Binding[], options: HttpOptions): void {
  for (const binding of bindings) {
    const { route } = binding;
    const write = compileAnswer(route, options.strict);
    app.route({
      method: route.method,
      url: route.path.replace(/\{(\w+)\}/g, ':$1'),
      handler: async (request, reply) => {
        const outcome = await answer(binding, request, options, write);
        if (outcome.later) outcome.text = await outcome.later();
        if (outcome.session !== undefined) setCookie(reply, outcome.session, options.publicUrl);
        reply.code(route.status);
        if (outcome.replayed) reply.header('idempotency-replayed', 'true');
        if (route.answer) reply.type(route.media ?? 'application/json; charset=utf-8');
        for (const effect of outcome.effects) await runEffect(effect, options.log);
        return reply.send(route.answer ? outcome.text : null);
      },
    });
  }
}

interface Outcome {
  text: string;
  session: string | null | undefined;
  effects: (() => void | Promise<void>)[];
  replayed: boolean;
  /** Makes the answer once the transaction is over. */
  later: (() => Promise<string>) | null;
}

async function answer(
  binding: Binding,
  request: FastifyRequest,
  options: HttpOptions,
  write: (value: unknown) => string,
): Promise<Outcome> {
  const { route } = binding;
  const { database, clock } = options;
  return database.app({ tenantId: null, identityId: null }, async (db) => {
    const outcome: Outcome = { text: '', session: undefined, effects: [], replayed: false, later: null };
    const base: PublicContext = {
      db,
      clock,
      requestId: request.id,
      language: languageOf(request),
      log: options.log.child({ requestId: request.id }),
      address: request.ip,
      userAgent: request.headers['user-agent']?.slice(0, 300) ?? '',
      authorization: request.headers.authorization ?? null,
      setSession: (token) => (outcome.session = token),
      afterCommit: (effect) => void outcome.effects.push(effect),
    };
    const actor = await whoAsks(db, route, request, options);
    if (actor) base.language = actor.kind === 'identity' ? actor.language : base.language;
    request.language = base.language;
    const context = await enter(base, actor, route, request);
    const raw = { params: request.params, query: request.query, body: request.body };
    const input = parseRequest(route, raw);
    const work = async (): Promise<string> => {
      const result = await binding.handler(context, input);
      if (!(result instanceof Later)) return write(result);
      outcome.later = async () => write(await result.make());
      return '';
    };
    if (route.idempotent) Object.assign(outcome, await withIdempotency(context, request, work));
    else outcome.text = await work();
    return outcome;
  });
}

async function whoAsks(db: Db, route: Route, request: FastifyRequest, options: HttpOptions): Promise<Actor | null> {
  const token = tokenOf(request);
  const needed = route.access.of !== 'anyone';
  if (token === null) {
    if (needed) throw new Fault('unauthenticated');
    return null;
  }
  if (token.from === 'cookie') checkOrigin(request, options.publicUrl);
  const now = options.clock.now();
  const found = await authenticate(db, token.value, now);
  if (!found) {
    if (needed) throw new Fault('unauthenticated');
    return null;
  }
  const { actor } = found;
  await sql`select set_config('ringside.identity', ${actor.kind === 'identity' ? actor.id : ''}, true)`.execute(db);
  if (actor.kind === 'identity' && now - found.lastSeenAt > SEEN_EVERY_MS) {
    await db
      .updateTable('sessions')
      .set({ last_seen_at: new Date(now) })
      .where('id', '=', actor.sessionId)
      .execute();
  }
  return actor;
}

/** Sets the transaction's scope as the route's access says. */
async function enter(base: PublicContext, actor: Actor | null, route: Route, request: FastifyRequest): Promise<Context> {
  const { access } = route;
  if (access.of === 'anyone' || access.of === 'login') {
    return { ...base, actor: actor as Actor, tenantId: '', grantedBy: '' };
  }
  if (!actor) throw new Fault('unauthenticated');
  const header = request.headers['ringside-tenant'];
  const wanted = typeof header === 'string' ? header : null;
  const granted = await authorize(base.db, actor, access, request.params as Record<string, string>, wanted);
  await sql`select set_config('ringside.tenant', ${granted.tenantId}, true)`.execute(base.db);
  return { ...base, actor, ...granted, log: base.log.child({ tenantId: granted.tenantId }) };
}

function setCookie(reply: FastifyReply, token: string | null, publicUrl: string): void {
  const secure = publicUrl.startsWith('https:');
  const common = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
  if (token === null) reply.clearCookie(SESSION_COOKIE, common);
  else reply.setCookie(SESSION_COOKIE, token, { ...common, maxAge: 30 * 24 * 3600 });
}

async function runEffect(effect: () => void | Promise<void>, log: Log): Promise<void> {
  try {
    await effect();
  } catch (error) {
    log.error({ err: error }, 'what follows a commit failed');
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Language of the answer, known once the caller is. */
    language?: 'en' | 'es';
  }
}
