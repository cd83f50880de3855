import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Clock } from '../../platform/clock/index.ts';
import { line, type EventClass, type PbxEvent } from '../core/event.ts';
import type { Switch } from '../core/switch.ts';
import { runAction } from './actions.ts';
import { errorText, idLine, successText } from './answers.ts';
import { RequestReader, type AmiRequest } from './request.ts';
import { ALL_CLASSES, classMask, parseEventMask, type AmiUser } from './rights.ts';

export interface SessionWorld {
  pbx: () => Switch;
  users: () => readonly AmiUser[];
  clock: Clock;
  /** Asterisk waits a second before it answers a failed login. */
  failureDelayMs: number;
  /** A client that takes nothing for so long is thrown out, as by writetimeout. */
  writeTimeoutMs: number;
  /** Another challenge for each session. */
  newChallenge: () => string;
  /** One event was handed to one client. */
  delivered: (event: string, count: number) => void;
}

const AUTH_TIMEOUT_MS = 30_000;

/** One client's connection. */
export class Session {
  #socket: Socket;
  #world: SessionWorld;
  #reader = new RequestReader();
  #user: AmiUser | null = null;
  #read = 0;
  #mask = ALL_CLASSES;
  #challenge: string | null = null;
  #out: string[] = [];
  #flushing = false;
  #stalled = false;
  #cancelAuthTimeout: () => void;
  #cancelWriteTimeout: (() => void) | null = null;

  constructor(socket: Socket, world: SessionWorld) {
    this.#socket = socket;
    this.#world = world;
    this.#cancelAuthTimeout = world.clock.after(AUTH_TIMEOUT_MS, () => socket.destroy());
    socket.setNoDelay(true);
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => this.#onData(text));
    socket.on('drain', () => this.#stopWriteTimeout());
    socket.on('error', () => {
      // A broken line shows as 'close', which ends the session.
    });
    socket.on('close', () => {
      this.#cancelAuthTimeout();
      this.#stopWriteTimeout();
    });
    this.#write('Asterisk Call Manager/11.0.0\r\n');
  }

  get user(): string | null {
    return this.#user?.name ?? null;
  }

  wants(eventClass: EventClass): boolean {
    return (this.#read & this.#mask & classMask([eventClass])) !== 0;
  }

  /** Sends an event that was rendered once for all sessions. */
  sendEvent(event: PbxEvent, text: string): void {
    if (!this.wants(event.eventClass)) return;
    this.#world.delivered(event.name, 1);
    this.#write(text);
  }

  /** Sends what is no event of the switch: flood traffic. */
  sendRaw(text: string): void {
    this.#write(text);
  }

  /** Stops to read and to write without closing; the function given back goes on. */
  stall(): () => void {
    this.#stalled = true;
    this.#socket.pause();
    return () => {
      this.#stalled = false;
      this.#socket.resume();
      this.#scheduleFlush();
    };
  }

  destroy(): void {
    this.#socket.destroy();
  }

  /** Sends what is waiting, then closes. */
  end(): void {
    this.#socket.end(this.#out.splice(0).join(''));
  }

  #onData(text: string): void {
    for (const request of this.#reader.feed(text)) {
      if (typeof request === 'string') this.#write(errorText(null, request));
      else this.#handle(request);
    }
  }

  #handle(request: AmiRequest): void {
    const action = request.action.toLowerCase();
    if (action === '') {
      this.#write(errorText(request.actionId, 'Missing action in request'));
      return;
    }
    if (action === 'challenge') this.#onChallenge(request);
    else if (action === 'login') this.#onLogin(request);
    else if (action === 'logoff') this.#onLogoff(request);
    else if (!this.#user) this.#write(errorText(request.actionId, 'Permission denied'));
    else if (action === 'events') this.#onEvents(request);
    else this.#write(runAction(this.#world.pbx(), this.#user, request));
  }

  #onChallenge(request: AmiRequest): void {
    if ((request.headers.get('authtype') ?? '').toUpperCase() !== 'MD5') {
      this.#write(errorText(request.actionId, 'Must specify AuthType'));
      return;
    }
    this.#challenge ??= this.#world.newChallenge();
    this.#write(line('Response', 'Success') + idLine(request.actionId) + line('Challenge', this.#challenge) + '\r\n');
  }

  #onLogin(request: AmiRequest): void {
    if (this.#user) {
      this.#write(successText(request.actionId, 'Already authenticated'));
      return;
    }
    const user = this.#world.users().find((u) => u.name === request.headers.get('username'));
    if (!user || !this.#isRightSecret(user, request)) {
      this.#world.clock.after(this.#world.failureDelayMs, () => {
        this.#write(errorText(request.actionId, 'Authentication failed'));
        this.end();
      });
      return;
    }
    this.#cancelAuthTimeout();
    this.#user = user;
    this.#read = classMask(user.read);
    const events = request.headers.get('events');
    if (events !== undefined) this.#mask = parseEventMask(events) ?? this.#mask;
    this.#write(successText(request.actionId, 'Authentication accepted'));
    if (this.wants('system')) this.#write(fullyBooted(this.#world.pbx()));
  }

  #isRightSecret(user: AmiUser, request: AmiRequest): boolean {
    const key = request.headers.get('key');
    if (key === undefined) return request.headers.get('secret') === user.secret;
    if (this.#challenge === null) return false;
    return (
      key ===
      createHash('md5')
        .update(this.#challenge + user.secret)
        .digest('hex')
    );
  }

  #onLogoff(request: AmiRequest): void {
    this.#write(line('Response', 'Goodbye') + idLine(request.actionId) + line('Message', 'Thanks for all the fish.') + '\r\n');
    this.end();
  }

  #onEvents(request: AmiRequest): void {
    const mask = parseEventMask(request.headers.get('eventmask') ?? '');
    if (mask === null) {
      this.#write(errorText(request.actionId, 'Invalid event mask'));
      return;
    }
    this.#mask = mask;
    this.#write(line('Response', 'Success') + idLine(request.actionId) + line('Events', mask === 0 ? 'Off' : 'On') + '\r\n');
  }

  #write(text: string): void {
    this.#out.push(text);
    this.#scheduleFlush();
  }

  /** One write for all that one turn of the loop brings. */
  #scheduleFlush(): void {
    if (this.#flushing || this.#stalled) return;
    this.#flushing = true;
    setImmediate(() => {
      this.#flushing = false;
      if (this.#stalled || this.#socket.destroyed || this.#socket.writableEnded || this.#out.length === 0) return;
      if (!this.#socket.write(this.#out.splice(0).join('')) && !this.#cancelWriteTimeout) this.#startWriteTimeout();
    });
  }

  #startWriteTimeout(): void {
    this.#cancelWriteTimeout = this.#world.clock.after(this.#world.writeTimeoutMs, () => this.#socket.destroy());
  }

  #stopWriteTimeout(): void {
    this.#cancelWriteTimeout?.();
    this.#cancelWriteTimeout = null;
  }
}

function fullyBooted(pbx: Switch): string {
  const uptime = Math.floor((pbx.now() - pbx.startedAt) / 1000);
  const privilege = line('Event', 'FullyBooted') + line('Privilege', 'system,all');
  return privilege + line('Uptime', uptime) + line('LastReload', uptime) + line('Status', 'Fully Booted') + '\r\n';
}
