/** The live socket: who may watch, for as long as they may. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { LIVE_PATH } from '../../../contract/live.ts';
import { authenticate, authorize } from '../../platform/auth/authenticate.ts';
import { SESSION_COOKIE } from '../../platform/http/credentials.ts';
import { Fault } from '../../platform/http/fault.ts';
import type { Metrics } from '../../platform/metrics/index.ts';
import { Room, type RoomOptions, type Watcher } from './room.ts';

export interface LiveOptions extends RoomOptions {
  metrics: Metrics;
  publicUrl: string;
}

export interface LiveServer {
  close(): Promise<void>;
}

/** A watcher who does not read is let go: it would see old frames as if they were new. */
const MOST_BUFFERED = 4_194_304;
/** How often a watcher's right to watch is looked up again. */
const RECHECK_MS = 5000;
const GOODBYE_MS = 1000;
const PATH = new RegExp(`^${LIVE_PATH.replace('{customerId}', '([0-9a-fA-F-]{36})')}$`);

export function attachLive(server: Server, options: LiveOptions): LiveServer {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 1024, clientTracking: true });
  const rooms = new Map<string, Room>();
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    void admit(request, options).then(
      (ticket) => sockets.handleUpgrade(request, socket, head, (client) => watch(client, ticket, rooms, options)),
      (error: unknown) => reject(socket, error),
    );
  };
  server.on('upgrade', onUpgrade);
  return {
    async close() {
      server.off('upgrade', onUpgrade);
      for (const client of sockets.clients) client.close(1001, 'restarting');
      for (const room of rooms.values()) room.close();
      // Whoever does not answer the goodbye must not hold up the stop.
      const cancel = options.clock.after(GOODBYE_MS, () => {
        for (const client of sockets.clients) client.terminate();
      });
      await new Promise((resolve) => sockets.close(resolve));
      cancel();
    },
  };
}

interface Ticket {
  token: string;
  customerId: string;
}

async function admit(request: IncomingMessage, options: LiveOptions): Promise<Ticket> {
  const match = PATH.exec((request.url ?? '').split('?')[0] ?? '');
  const customerId = match?.[1]?.toLowerCase();
  if (customerId === undefined) throw new Fault('notFound');
  const token = tokenFrom(request, options.publicUrl);
  await mayWatch({ token, customerId }, options);
  return { token, customerId };
}

/** @throws Fault as the same request over HTTP would */
async function mayWatch(ticket: Ticket, options: LiveOptions): Promise<void> {
  await options.database.app({ tenantId: null, identityId: null }, async (db) => {
    const found = await authenticate(db, ticket.token, options.clock.now());
    if (!found) throw new Fault('unauthenticated');
    await authorize(db, found.actor, { of: 'customer', permission: 'live.read' }, { customerId: ticket.customerId }, null);
  });
}

function tokenFrom(request: IncomingMessage, publicUrl: string): string {
  const bearer = /^Bearer ([\w-]{20,200})$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return bearer;
  const cookie = request.headers.cookie
    ?.split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${SESSION_COOKIE}=`));
  if (cookie === undefined) throw new Fault('unauthenticated');
  // Another site's page can open a socket with our cookie; browsers always say where they come from.
  const origin = request.headers.origin;
  const own = origin === undefined || origin === new URL(publicUrl).origin || origin.replace(/^https?:\/\//, '') === request.headers.host;
  if (!own) throw new Fault('forbidden');
  return cookie.slice(SESSION_COOKIE.length + 1);
}

function watch(client: WebSocket, ticket: Ticket, rooms: Map<string, Room>, options: LiveOptions): void {
  const room = rooms.get(ticket.customerId) ?? new Room(ticket.customerId, options);
  rooms.set(ticket.customerId, room);
  options.metrics.liveSockets.inc();
  // Frames before the snapshot belong to it already.
  let known = -1;
  const watcher: Watcher = {
    send(text, seq) {
      const snapshot = text.startsWith('{"type":"snapshot"');
      if (!snapshot && (known < 0 || seq < known)) return;
      known = seq;
      if (client.bufferedAmount > MOST_BUFFERED) client.close(1013, 'too slow');
      else client.send(text);
    },
  };
  let cancelCheck: () => void;
  const check = (): void => {
    cancelCheck = options.clock.after(RECHECK_MS, () => {
      mayWatch(ticket, options).then(again, (error: unknown) => {
        // A database that is away says nothing about anybody's rights.
        if (error instanceof Fault) client.close(4403, 'no longer allowed');
        else again();
      });
    });
  };
  // Who left while we looked is not looked up for ever.
  const again = (): void => {
    if (client.readyState === client.OPEN) check();
  };
  check();
  client.on('message', () => client.close(1003, 'nothing to say here'));
  client.on('error', () => client.terminate());
  client.on('close', () => {
    cancelCheck();
    options.metrics.liveSockets.dec();
    room.leave(watcher);
    if (room.empty) {
      room.close();
      if (rooms.get(ticket.customerId) === room) rooms.delete(ticket.customerId);
    }
  });
  room.join(watcher).catch(() => client.close(1011, 'no snapshot'));
}

function reject(socket: Duplex, error: unknown): void {
  const code = error instanceof Fault ? error.code : 'internal';
  const status = {
    unauthenticated: '401 Unauthorized',
    forbidden: '403 Forbidden',
    tenantDisabled: '403 Forbidden',
    notFound: '404 Not Found',
  }[code as string];
  socket.end(`HTTP/1.1 ${status ?? '503 Service Unavailable'}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
