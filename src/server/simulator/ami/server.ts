import { createServer, type AddressInfo, type Server } from 'node:net';
import { line, type EventClass, type PbxEvent } from '../core/event.ts';
import { Session, type SessionWorld } from './session.ts';

const CLOSE_GRACE_MS = 500;

/** The manager's TCP port, on loopback. */
export class AmiServer {
  #world: SessionWorld;
  #timestamps: boolean;
  #sessions = new Set<Session>();
  #server: Server | null = null;

  /** @param timestamps manager.conf's timestampevents */
  constructor(world: SessionWorld, timestamps: boolean) {
    this.#world = world;
    this.#timestamps = timestamps;
  }

  /** @param port 0: any free one. @returns the port. Rejects when it is taken. */
  async listen(port: number): Promise<number> {
    const server = createServer((socket) => {
      const session = new Session(socket, this.#world);
      this.#sessions.add(session);
      socket.on('close', () => this.#sessions.delete(session));
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    this.#server = server;
    return (server.address() as AddressInfo).port;
  }

  /** Logged-in clients now. */
  get clients(): number {
    return [...this.#sessions].filter((s) => s.user !== null).length;
  }

  broadcast(event: PbxEvent): void {
    if (this.#sessions.size === 0) return;
    const text = renderEvent(event, this.#timestamps);
    for (const session of this.#sessions) session.sendEvent(event, text);
  }

  /** Sends prepared text of one class to all who may read it. @returns how many that were */
  broadcastRaw(eventClass: EventClass, text: string): number {
    let receivers = 0;
    for (const session of this.#sessions) {
      if (!session.wants(eventClass)) continue;
      session.sendRaw(text);
      receivers++;
    }
    return receivers;
  }

  /** Breaks every connection without a word. */
  cut(): void {
    for (const session of this.#sessions) session.destroy();
  }

  /** Keeps every connection open but silent until the function given back is called. */
  stall(): () => void {
    const resumes = [...this.#sessions].map((session) => session.stall());
    return () => {
      for (const resume of resumes) resume();
    };
  }

  /** Sends what waits, closes every connection and the port. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (!server) return;
    const closed = new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    for (const session of this.#sessions) session.end();
    // A client that neither reads nor closes does not keep the PBX up.
    const cancel = this.#world.clock.after(CLOSE_GRACE_MS, () => this.cut());
    await closed;
    cancel();
  }
}

export function renderEvent(event: PbxEvent, timestamps: boolean): string {
  const seconds = Math.floor(event.atMicros / 1e6);
  const micros = String(event.atMicros % 1e6).padStart(6, '0');
  const timestamp = timestamps ? line('Timestamp', `${seconds}.${micros}`) : '';
  return `Event: ${event.name}\r\nPrivilege: ${event.eventClass},all\r\n${timestamp}${event.fields}\r\n`;
}
