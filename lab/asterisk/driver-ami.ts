import { connect, type Socket } from 'node:net';
import { type AmiMessage, AmiReader } from './ami-message.ts';
import { HOST } from './ports.ts';

export interface AmiLogin {
  port: number;
  username: string;
  secret: string;
  /** `Events` header of the login; default `on`. */
  events?: 'on' | 'off';
  /** Is given every byte that comes, before it is read. */
  onBytes?: (bytes: Buffer) => void;
}

export interface AmiAnswer {
  response: AmiMessage;
  /** The events of a list action, without its closing event. */
  list: AmiMessage[];
}

interface Pending {
  response: AmiMessage | null;
  list: AmiMessage[];
  resolve: (answer: AmiAnswer) => void;
}

const ANSWER_MS = 10_000;

/**
 * An AMI client that drives and records the lab. It may change the PBX (as user `admin`), so it is
 * no part of the product, whose own client can only read.
 */
export class DriverAmi {
  readonly #socket: Socket;
  readonly #reader = new AmiReader();
  readonly #pending = new Map<string, Pending>();
  readonly #watchers = new Set<(event: AmiMessage) => void>();
  #lastId = 0;

  private constructor(socket: Socket, onBytes: (bytes: Buffer) => void) {
    this.#socket = socket;
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes: Buffer) => {
      onBytes(bytes);
      for (const message of this.#reader.read(bytes)) this.#take(message);
    });
  }

  /** @throws when the port is closed or the login is refused */
  static async open(login: AmiLogin): Promise<DriverAmi> {
    const socket = await new Promise<Socket>((resolve, reject) => {
      const opening = connect(login.port, HOST, () => resolve(opening));
      opening.once('error', reject);
    });
    const ami = new DriverAmi(socket, login.onBytes ?? (() => {}));
    const { response } = await ami.send('Login', { Username: login.username, Secret: login.secret, Events: login.events ?? 'on' });
    if (response.get('Response') !== 'Success') {
      socket.destroy();
      throw new Error(`AMI login as ${login.username}: ${response.get('Message')}`);
    }
    return ami;
  }

  /**
   * Sends an action and waits for its answer, for a list action until the list is complete. An
   * answer that says `Error` is an answer.
   *
   * @throws when nothing comes within 10 s
   */
  send(action: string, headers: Readonly<Record<string, string>> = {}): Promise<AmiAnswer> {
    const id = `d${++this.#lastId}`;
    const lines = [`Action: ${action}`, `ActionID: ${id}`, ...Object.entries(headers).map(([key, value]) => `${key}: ${value}`)];
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#pending.delete(id);
        reject(new Error(`${action}: no answer`));
      }, ANSWER_MS);
      this.#pending.set(id, {
        response: null,
        list: [],
        resolve: (answer) => {
          clearTimeout(timer);
          this.#pending.delete(id);
          resolve(answer);
        },
      });
      this.#socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    });
  }

  /** The same, and an answer other than `Success` is an error. */
  async must(action: string, headers: Readonly<Record<string, string>> = {}): Promise<AmiAnswer> {
    const answer = await this.send(action, headers);
    if (answer.response.get('Response') !== 'Success') throw new Error(`${action}: ${answer.response.get('Message')}`);
    return answer;
  }

  /** The next event of this name that passes the test. @throws when none comes in time */
  waitFor(event: string, test: (event: AmiMessage) => boolean = () => true, timeoutMs = 10_000): Promise<AmiMessage> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        this.#watchers.delete(watch);
      };
      const watch = (message: AmiMessage): void => {
        if (message.get('Event') !== event || !test(message)) return;
        stop();
        resolve(message);
      };
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`no ${event} within ${timeoutMs} ms`));
      }, timeoutMs);
      this.#watchers.add(watch);
    });
  }

  /** Logs off; waits at most half a second for the PBX to close. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#socket.destroy();
        resolve();
      };
      const timer = setTimeout(done, 500);
      if (this.#socket.destroyed) return done();
      this.#socket.once('close', done);
      this.#socket.write('Action: Logoff\r\n\r\n');
    });
  }

  #take(message: AmiMessage): void {
    const pending = this.#pending.get(message.get('ActionID'));
    if (pending) this.#answer(pending, message);
    if (message.get('Event') !== '') for (const watch of this.#watchers) watch(message);
  }

  #answer(pending: Pending, message: AmiMessage): void {
    const listState = message.get('EventList').toLowerCase();
    if (message.get('Response') !== '') {
      pending.response = message;
      if (listState !== 'start') pending.resolve({ response: message, list: [] });
    } else if (pending.response && (listState === 'complete' || listState === 'cancelled')) {
      pending.resolve({ response: pending.response, list: pending.list });
    } else {
      pending.list.push(message);
    }
  }
}
