import { connect, type Socket } from 'node:net';

/** A plain AMI client for tests: keeps every byte and sends what it is told. */
export class Recorder {
  readonly closed: Promise<void>;
  /** Characters received. */
  length = 0;
  #chunks: string[] = [];
  #socket: Socket;
  #waiters = new Set<(chunk: string) => void>();

  constructor(port: number) {
    this.#socket = connect(port, '127.0.0.1');
    this.#socket.setEncoding('utf8');
    this.#socket.on('data', (chunk: string) => {
      this.#chunks.push(chunk);
      this.length += chunk.length;
      for (const look of this.#waiters) look(chunk);
    });
    this.#socket.on('error', () => {
      // Shows as 'close'.
    });
    this.closed = new Promise((resolve) => {
      this.#socket.once('close', () => resolve());
    });
  }

  /** All that came, the banner included. */
  get text(): string {
    if (this.#chunks.length > 1) this.#chunks = [this.#chunks.join('')];
    return this.#chunks[0] ?? '';
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

  /** Resolves when `part` has come, before or after the call. */
  until(part: string | RegExp): Promise<void> {
    return new Promise((resolve) => {
      let window = this.text;
      const look = (chunk: string): void => {
        // A text is looked for in what is new, with the end of what was before; a pattern in everything.
        window = typeof part === 'string' ? window.slice(-part.length) + chunk : this.text;
        if (typeof part === 'string' ? !window.includes(part) : !part.test(window)) return;
        this.#waiters.delete(look);
        resolve();
      };
      if (typeof part === 'string' ? window.includes(part) : part.test(window)) resolve();
      else this.#waiters.add(look);
    });
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  close(): void {
    this.#socket.destroy();
  }
}
