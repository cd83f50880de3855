import { connect, type Socket } from 'node:net';

/** A plain AMI client for tests: keeps every byte and sends what it is told. */
export class Recorder {
  /** All that came, the banner included. */
  text = '';
  readonly closed: Promise<void>;
  #socket: Socket;
  #waiters = new Set<() => void>();

  constructor(port: number) {
    this.#socket = connect(port, '127.0.0.1');
    this.#socket.setEncoding('utf8');
    this.#socket.on('data', (text: string) => {
      this.text += text;
      for (const wake of this.#waiters) wake();
    });
    this.#socket.on('error', () => {
      // Shows as 'close'.
    });
    this.closed = new Promise((resolve) => {
      this.#socket.once('close', () => resolve());
    });
  }

  /** Sends one action; each header is a line. */
  send(...lines: string[]): void {
    this.#socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  }

  sendBytes(text: string): void {
    this.#socket.write(text);
  }

  login(user: string, secret: string, ...more: string[]): Promise<void> {
    this.send('Action: Login', `Username: ${user}`, `Secret: ${secret}`, ...more);
    return this.until('Message: Authentication accepted\r\n\r\n');
  }

  /** Resolves when `part` has come. */
  until(part: string | RegExp): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (typeof part === 'string' ? !this.text.includes(part) : !part.test(this.text)) return;
        this.#waiters.delete(look);
        resolve();
      };
      this.#waiters.add(look);
      look();
    });
  }

  pause(): void {
    this.#socket.pause();
  }

  close(): void {
    this.#socket.destroy();
  }
}
