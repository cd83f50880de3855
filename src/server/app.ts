/** The HTTP server, made from the contract and the modules' bindings. It does not listen. */
import { existsSync } from 'node:fs';
import { timingSafeEqual } from 'node:crypto';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import scalar from '@scalar/fastify-api-reference';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { openApiDocument } from './openapi.ts';
import type { Clock } from './platform/clock/index.ts';
import type { Database } from './platform/db/index.ts';
import { languageOf, type Binding } from './platform/http/context.ts';
import { Fault, problemOf } from './platform/http/fault.ts';
import { registerRoutes } from './platform/http/register.ts';
import { newId } from './platform/ids/index.ts';
import type { Log } from './platform/log/index.ts';
import type { Metrics } from './platform/metrics/index.ts';

export interface AppOptions {
  bindings: readonly Binding[];
  database: Database;
  clock: Clock;
  log: Log;
  metrics: Metrics;
  publicUrl: string;
  metricsToken: string | null;
  /** Folder of the built portal; null: API only. */
  portalDir: string | null;
  strict: boolean;
}

const BODY_LIMIT = 1_048_576;

export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  // Behind a proxy on this machine the caller's address is the one the proxy tells: limits go by it.
  const app = fastify({
    trustProxy: 'loopback',
    genReqId: () => newId(),
    bodyLimit: BODY_LIMIT,
    logger: false,
    routerOptions: { maxParamLength: 300 },
  });
  await app.register(cookie);
  await app.register(helmet, {
    contentSecurityPolicy: { directives: contentSecurityPolicy(options.publicUrl) },
    crossOriginEmbedderPolicy: false,
  });
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (request, body, done) => {
    // Any site can post a form without being asked; only OAuth clients need to.
    if (request.routeOptions.url !== '/v1/oauth/token') return done(new Fault('unsupportedMedia'), undefined);
    done(null, Object.fromEntries(new URLSearchParams(body as string)));
  });
  // A POST without a body is a POST of nothing, whatever its content type says.
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    if (body === '') return done(null, undefined);
    try {
      done(null, JSON.parse(body as string));
    } catch {
      done(new Fault('malformed'), undefined);
    }
  });
  app.setErrorHandler((error: FastifyError | Fault, request, reply) => sendFault(asFault(error), error, request, reply, options.log));
  app.addHook('onSend', async (request, reply) => {
    reply.header('request-id', request.id);
    if (request.url.startsWith('/v1/')) reply.header('cache-control', 'no-store');
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    options.metrics.requests.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000);
  });
  registerHealth(app, options);
  registerRoutes(app, options.bindings, options);
  const document = openApiDocument(options.publicUrl);
  app.get('/v1/openapi.json', () => document);
  await app.register(scalar, { routePrefix: '/docs', configuration: { content: document, withDefaultFonts: false } });
  await servePortal(app, options.portalDir);
  return app;
}

function contentSecurityPolicy(publicUrl: string): Record<string, string[] | null> {
  return {
    'default-src': ["'self'"],
    'script-src': ["'self'"],
    // The portal's components set sizes and positions in style attributes.
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:'],
    'font-src': ["'self'", 'data:'],
    'connect-src': ["'self'", 'ws:', 'wss:'],
    'frame-ancestors': ["'none'"],
    'form-action': ["'self'"],
    'upgrade-insecure-requests': publicUrl.startsWith('https:') ? [] : null,
  };
}

function registerHealth(app: FastifyInstance, options: AppOptions): void {
  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    try {
      await options.database.ping();
      return { status: 'ready' };
    } catch {
      return reply.code(503).send({ status: 'database unreachable' });
    }
  });
  app.get('/metrics', async (request, reply) => {
    if (!mayReadMetrics(request, options.metricsToken)) throw new Fault('notFound');
    return reply.type(options.metrics.registry.contentType).send(await options.metrics.registry.metrics());
  });
}

function mayReadMetrics(request: FastifyRequest, token: string | null): boolean {
  if (token === null) return ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.socket.remoteAddress ?? '');
  const given = Buffer.from(request.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

async function servePortal(app: FastifyInstance, dir: string | null): Promise<void> {
  // A built file that is gone must not be answered with the page: the browser would take it for a script.
  const isNoPage = (url: string): boolean => /^\/(v1|assets)(\/|$)/.test(url);
  if (dir === null || !existsSync(dir)) {
    app.setNotFoundHandler(() => {
      throw new Fault('notFound');
    });
    return;
  }
  await app.register(fastifyStatic, {
    root: dir,
    wildcard: false,
    index: false,
    cacheControl: false,
    setHeaders: (reply, file) => {
      // Built files carry a hash in their name; the page itself must be asked for each time.
      reply.header('cache-control', file.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app.setNotFoundHandler((request, reply) => {
    if (isNoPage(request.url) || request.method !== 'GET') throw new Fault('notFound');
    return reply.type('text/html; charset=utf-8').sendFile('index.html');
  });
}

function asFault(error: FastifyError | Fault): Fault {
  if (error instanceof Fault) return error;
  if (error.statusCode === 413) return new Fault('tooLarge');
  if (error.statusCode === 415) return new Fault('unsupportedMedia');
  if (error.statusCode !== undefined && error.statusCode < 500) return new Fault('malformed');
  if (isDatabaseAway(error)) return new Fault('unavailable');
  return new Fault('internal');
}

/** Connection refused or lost, or a server that is starting or stopping (class 57P, 08). */
function isDatabaseAway(error: { code?: string; message: string }): boolean {
  return /^(ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|57P0\d|08\d{3})$/.test(error.code ?? '') || /Connection terminated/.test(error.message);
}

function sendFault(fault: Fault, cause: Error, request: FastifyRequest, reply: FastifyReply, log: Log): FastifyReply {
  const problem = problemOf(fault, request.language ?? languageOf(request), request.id);
  if (problem.status >= 500)
    log.error({ requestId: request.id, method: request.method, route: request.routeOptions.url, err: cause }, 'request failed');
  else log.info({ requestId: request.id, method: request.method, route: request.routeOptions.url, code: fault.code }, 'request refused');
  if (fault.code === 'unauthenticated') reply.header('www-authenticate', 'Bearer');
  return reply.code(problem.status).type('application/problem+json; charset=utf-8').send(JSON.stringify(problem));
}
