import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { TlsOptions } from 'node:tls';
import { parseMessage } from '../message.ts';

/** What a client sent. */
export interface Asked {
  action: string;
  actionId: string;
  header(name: string): string | undefined;
}

/** Lines of the answer without ActionID and blank line; several blocks for a list; null: no answer at all. */
export type Answering = (asked: Asked) => readonly (readonly string[])[] | null;

export const USER = 'collector';
export const SECRET = 's3cret-of-the-pbx';
const CHALLENGE = '157323987';

const DEFAULTS: Record<string, Answering> = {
  Challenge: () => [['Response: Success', `Challenge: ${CHALLENGE}`]],
  Login: (asked) =>
    asked.header('Username') === USER && asked.header('Key') === md5(CHALLENGE + SECRET)
      ? [
          ['Response: Success', 'Message: Authentication accepted'],
          ['Event: FullyBooted', 'Privilege: system,all', 'Uptime: 500', 'Status: Fully Booted'],
        ]
      : [['Response: Error', 'Message: Authentication failed']],
  Ping: () => [['Response: Success', 'Ping: Pong', `Timestamp: ${(Date.now() / 1000).toFixed(6)}`]],
  Events: (asked) => [['Response: Success', `Events: ${asked.header('EventMask') === 'off' ? 'Off' : 'On'}`]],
  CoreStatus: () => [
    [
      'Response: Success',
      'CoreStartupDate: 2026-01-02',
      'CoreStartupTime: 03:04:05',
      'CoreReloadDate: 2026-01-02',
      'CoreReloadTime: 03:04:05',
    ],
  ],
  CoreSettings: () => [['Response: Success', 'AsteriskVersion: 22.10.1+dfsg', 'SystemName: ']],
  ListCommands: () => [
    [
      'Response: Success',
      ...['CoreShowChannels', 'CoreStatus', 'DeviceStateList', 'ExtensionStateList', 'VoicemailUsersList', 'QueueStatus'].map(
        (name) => `${name}: x`,
      ),
    ],
  ],
  Logoff: () => [['Response: Goodbye', 'Message: Thanks for all the fish.']],
};

/** A list as Asterisk sends it: the start, the members, the end. */
export function listOf(name: string, members: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return [
    ['Response: Success', 'EventList: start', 'Message: will follow'],
    ...members,
    [`Event: ${name}Complete`, 'EventList: Complete', `ListItems: ${members.length}`],
  ];
}

/** A scripted manager interface on loopback: answers each action as told, and sends what it is told. */
export class FakeAmi {
  readonly asked: Asked[] = [];
  readonly sockets = new Set<Socket>();
  banner = 'Asterisk Call Manager/11.0.0\r\n';
  /** Everything clients have sent, to look for secrets. */
  received = '';
  readonly #answers = new Map<string, Answering>(Object.entries(DEFAULTS));
  readonly #server: Server;
  #waiting: { action: string; resolve: (asked: Asked) => void }[] = [];

  /** @param tls key and certificate; without them the port is plain */
  static async listen(tls?: TlsOptions): Promise<FakeAmi> {
    const ami = new FakeAmi(tls);
    ami.#server.listen(0, '127.0.0.1');
    await once(ami.#server, 'listening');
    return ami;
  }

  private constructor(tls: TlsOptions | undefined) {
    const serve = (socket: Socket): void => this.#serve(socket);
    this.#server = tls === undefined ? createServer(serve) : createTlsServer(tls, serve);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  answer(action: string, answering: Answering): void {
    this.#answers.set(action, answering);
  }

  /** Sends to every client, as it is. */
  send(text: string): void {
    for (const socket of this.sockets) socket.write(text);
  }

  event(...lines: readonly string[]): void {
    this.send(`${lines.join('\r\n')}\r\n\r\n`);
  }

  /** The next time a client asks for `action`. */
  next(action: string): Promise<Asked> {
    return new Promise((resolve) => this.#waiting.push({ action, resolve }));
  }

  /** Ends the lines that stand; new ones are taken. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.on('close', () => this.sockets.delete(socket));
    socket.write(this.banner);
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      this.received += chunk.toString();
      for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
        this.#serveOne(socket, text.slice(0, end));
        text = text.slice(end + 4);
      }
    });
  }

  #serveOne(socket: Socket, block: string): void {
    const message = parseMessage(block);
    const asked = { action: message.get('Action') ?? '', actionId: message.actionId ?? '', header: (name: string) => message.get(name) };
    this.asked.push(asked);
    const known = this.#answers.get(asked.action);
    const blocks = known === undefined ? listOf(asked.action, []) : known(asked);
    for (const [first, ...rest] of blocks ?? []) {
      const id = first?.startsWith('Event: FullyBooted') ? [] : [`ActionID: ${asked.actionId}`];
      socket.write(`${[first, ...id, ...rest].join('\r\n')}\r\n\r\n`);
    }
    for (const waiting of this.#waiting.filter((each) => each.action === asked.action)) waiting.resolve(asked);
    this.#waiting = this.#waiting.filter((each) => each.action !== asked.action);
  }
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
