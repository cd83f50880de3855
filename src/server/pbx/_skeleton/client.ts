import type { Socket } from 'node:net';
import type * as z from 'zod';
import type { ConnectorIo } from '../connector.ts';
import { LinkError } from '../connector.ts';
import { refused, toLinkError } from './failures.ts';
import { Lines } from './lines.ts';
import type { SkeletonSettings } from './settings.ts';
import { Answered, Happened, LoggedIn, Time, type Request } from './wire.ts';

const CONNECT_TIMEOUT_MS = 10_000;
const ANSWER_TIMEOUT_MS = 20_000;
const TIME_EVERY_MS = 15_000;

export interface Listener {
  /** In the order read, from the socket's data handler: must not block. */
  happened(events: readonly Happened[], receivedAt: number): void;
  /** Anything was read. */
  alive(): void;
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: LinkError): void;
  cancel(): void;
}

/** One line to the phone system: pairs answers with requests, hands on events, watches that the line lives. Never retries. */
export class SkeletonClient {
  /** The phone system's clock minus ours in ms; null until measured. */
  skewMs: number | null = null;
  readonly #io: ConnectorIo;
  readonly #socket: Socket;
  readonly #lines = new Lines();
  readonly #waiting = new Map<number, Waiting>();
  readonly #ended: Promise<LinkError>;
  #end!: (error: LinkError) => void; // set by the promise above, in the constructor
  #over: LinkError | null = null;
  #nextId = 1;
  #listener: Listener | null = null;
  #cancelTime: () => void = () => {};

  /** Connects and logs in. @throws LinkError */
  static async open(
    settings: SkeletonSettings,
    io: ConnectorIo,
    signal: AbortSignal,
  ): Promise<{ client: SkeletonClient } & z.infer<typeof LoggedIn>> {
    const client = await SkeletonClient.connect(settings, io, signal);
    return { client, ...(await client.login(settings)) };
  }

  /** @throws LinkError */
  static async connect({ host, port }: SkeletonSettings, io: ConnectorIo, signal: AbortSignal): Promise<SkeletonClient> {
    try {
      return new SkeletonClient(await io.outgoing.connect({ host, port, timeoutMs: CONNECT_TIMEOUT_MS, signal }), io, signal);
    } catch (error) {
      throw signal.aborted ? new LinkError('stopped', 'while connecting') : toLinkError(error);
    }
  }

  private constructor(socket: Socket, io: ConnectorIo, signal: AbortSignal) {
    this.#socket = socket;
    this.#io = io;
    this.#ended = new Promise((resolve) => (this.#end = resolve));
    const stop = (): void => this.close();
    signal.addEventListener('abort', stop, { once: true });
    void this.#ended.then(() => signal.removeEventListener('abort', stop));
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('error', (error: NodeJS.ErrnoException) => this.close(new LinkError('closed', error.code ?? 'the line broke')));
    socket.on('close', () => this.close(new LinkError('closed', 'the phone system closed the connection')));
    if (signal.aborted) stop();
  }

  /** Measures the clock too, so that the first event has a true time. @throws LinkError */
  async login({ username, secret }: SkeletonSettings): Promise<z.infer<typeof LoggedIn>> {
    try {
      const said = await this.ask({ ask: 'login', user: username, secret }, LoggedIn);
      await this.#measure();
      this.#timeLater();
      return said;
    } catch (error) {
      this.close(toLinkError(error));
      throw error;
    }
  }

  /** @throws LinkError what the phone system refused, or the line's end */
  async ask<T extends z.ZodType>(request: Request, answer: T): Promise<z.infer<T>> {
    if (this.#over !== null) throw this.#over;
    const id = this.#nextId++;
    const said = await new Promise<unknown>((resolve, reject) => {
      const cancel = this.#io.clock.after(ANSWER_TIMEOUT_MS, () => this.close(new LinkError('silent', `no answer to ${request.ask}`)));
      this.#waiting.set(id, { resolve, reject, cancel });
      this.#socket.write(`${JSON.stringify({ id, ...request })}\n`);
    });
    const parsed = answer.safeParse(said);
    if (!parsed.success) throw new LinkError('protocol', `the answer to ${request.ask} cannot be read`);
    return parsed.data;
  }

  listen(listener: Listener): void {
    this.#listener = listener;
  }

  /** Never resolves. Rejects with the LinkError that ended the line. */
  async ended(): Promise<never> {
    throw await this.#ended;
  }

  /** Ends the line; further calls change nothing. */
  close(error = new LinkError('stopped', 'closed by us')): void {
    if (this.#over !== null) return;
    this.#over = error;
    this.#cancelTime();
    this.#listener = null;
    this.#socket.destroy();
    for (const { reject, cancel } of this.#waiting.values()) {
      cancel();
      reject(error);
    }
    this.#waiting.clear();
    this.#end(error);
  }

  #read(chunk: Buffer): void {
    const receivedAt = this.#io.clock.now();
    try {
      const events = this.#lines.push(chunk).flatMap((line) => this.#message(JSON.parse(line)));
      this.#listener?.alive();
      if (events.length > 0) this.#listener?.happened(events, receivedAt);
    } catch (error) {
      this.close(toLinkError(error));
    }
  }

  /** @returns the event it is, if it is one that we know; new versions may tell of more */
  #message(message: unknown): Happened[] {
    const answered = Answered.safeParse(message);
    if (answered.success) {
      const waiting = this.#waiting.get(answered.data.id);
      this.#waiting.delete(answered.data.id);
      waiting?.cancel();
      if (answered.data.error === undefined) waiting?.resolve(message);
      else waiting?.reject(refused(answered.data.error));
      return [];
    }
    const event = Happened.safeParse(message);
    return event.success ? [event.data] : [];
  }

  async #measure(): Promise<void> {
    const sentAt = this.#io.clock.now();
    const { now } = await this.ask({ ask: 'time' }, Time);
    this.skewMs = Math.round(now - (sentAt + this.#io.clock.now()) / 2);
  }

  /** A time that is not answered ends the line as silent. */
  #timeLater(): void {
    this.#cancelTime = this.#io.clock.after(TIME_EVERY_MS, () => {
      this.#measure().then(
        () => this.#timeLater(),
        (error: unknown) => this.close(toLinkError(error)),
      );
    });
  }
}
