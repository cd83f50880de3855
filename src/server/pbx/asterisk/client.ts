import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { LinkError } from '../connector.ts';
import type { ConnectorIo } from '../connector.ts';
import { NEVER_READ, encodeAction } from './actions.ts';
import type { AmiAction, AmiHeaders } from './actions.ts';
import { toLinkError } from './failures.ts';
import { Framing } from './framing.ts';
import { Intake } from './intake.ts';
import type { AmiMessage } from './message.ts';
import { ActionRefused, Requests } from './requests.ts';
import type { Answer } from './requests.ts';
import type { AsteriskSettings } from './settings.ts';

const CONNECT_TIMEOUT_MS = 10_000;
const BANNER_TIMEOUT_MS = 10_000;
const ANSWER_TIMEOUT_MS = 20_000;
/** A line is only known to live by what is read: where a gap begins is no more exact than this. */
const PING_EVERY_MS = 1_000;
/** Time without a single byte coming back to the pings, after which the line is taken for dead. By the clock: on a busy machine pings come late. */
const SILENT_AFTER_MS = 30_000;

/** What a session does with what comes unasked. Called from the socket's data handler: must not block. */
export interface EventListener {
  /** False: the event of this name is passed over unread. */
  wants(event: string): boolean;
  event(message: AmiMessage, receivedAt: number): void;
  /** A chunk of bytes has been worked off. */
  batchEnd(): void;
}

const DEAF: EventListener = { wants: () => false, event: () => {}, batchEnd: () => {} };

/**
 * One line to a manager interface: sends allowed actions, pairs their answers, hands on events,
 * watches that the line lives. It knows nothing of what events mean, and never retries.
 */
export class AmiClient {
  /** PBX clock minus ours in ms, from the last ping; null until then. */
  skewMs: number | null = null;
  readonly #io: ConnectorIo;
  readonly #socket: Socket;
  readonly #requests: Requests;
  readonly #intake: Intake;
  readonly #ended: Promise<LinkError>;
  #end!: (error: LinkError) => void; // set by the promise above, in the constructor
  #over: LinkError | null = null;
  #listener = DEAF;
  #receivedAt = 0;
  #bytesRead = 0;
  #stopsCleanly = false;
  #greeted: () => void = () => {};
  #cancelPing: () => void = () => {};

  /** Connects and waits for the greeting. @throws LinkError */
  static async open(settings: AsteriskSettings, io: ConnectorIo, signal: AbortSignal): Promise<AmiClient> {
    try {
      const { host, port, tls } = settings;
      const socket = await io.outgoing.connect({
        host,
        port,
        timeoutMs: CONNECT_TIMEOUT_MS,
        signal,
        ...(tls ? { tls: tlsOptions(settings) } : {}),
      });
      const client = new AmiClient(socket, io);
      await client.#greeting(signal);
      return client;
    } catch (error) {
      throw signal.aborted ? new LinkError('stopped', 'while connecting') : toLinkError(error);
    }
  }

  private constructor(socket: Socket, io: ConnectorIo) {
    this.#io = io;
    this.#socket = socket;
    this.#ended = new Promise((resolve) => (this.#end = resolve));
    this.#requests = new Requests(io.clock, `r${randomBytes(6).toString('hex')}`);
    const framing = new Framing({
      banner: () => this.#greeted(),
      message: (message) => this.#onMessage(message),
      wants: (event) => !NEVER_READ.has(event) && (event === 'Shutdown' || this.#requests.waiting || this.#listener.wants(event)),
    });
    const work = (chunk: Buffer, receivedAt: number): void => {
      this.#receivedAt = receivedAt;
      framing.push(chunk);
      this.#listener.batchEnd();
      if (this.#stopsCleanly) throw new LinkError('pbxStopped', 'Asterisk said that it shuts down');
    };
    this.#intake = new Intake(io.clock, work, (error) => this.close(toLinkError(error)));
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      this.#bytesRead += chunk.length;
      this.#intake.push(chunk);
    });
    socket.on('error', (error: NodeJS.ErrnoException) => this.#onLineEnd(lineError(error)));
    socket.on('close', () => this.#onLineEnd(new LinkError('closed', 'the PBX closed the connection')));
  }

  /** Where the connection comes from, as the PBX's access list sees it unless an address is translated on the way. */
  get localAddress(): string | null {
    return this.#socket.localAddress ?? null;
  }

  /** Hands events to `listener` from now on, instead of to the one before. */
  listen(listener: EventListener): void {
    this.#listener = listener;
  }

  /** Sends and waits for the answer. @throws ActionRefused the PBX says no · LinkError the line or the time ended */
  async ask(action: AmiAction, headers: AmiHeaders = {}, timeoutMs = ANSWER_TIMEOUT_MS): Promise<AmiMessage> {
    return (await this.#request(action, headers, timeoutMs)).response;
  }

  /** Asks for a list. @returns its members, none when it is empty. @throws as `ask` */
  async list(action: AmiAction, headers: AmiHeaders = {}, timeoutMs = ANSWER_TIMEOUT_MS): Promise<readonly AmiMessage[]> {
    return (await this.#request(action, headers, timeoutMs)).members;
  }

  /** As `list`, but null when this login or this version cannot ask for it. @throws LinkError */
  async listIfAllowed(action: AmiAction, headers: AmiHeaders = {}): Promise<readonly AmiMessage[] | null> {
    try {
      return await this.list(action, headers);
    } catch (error) {
      if (error instanceof ActionRefused) return null;
      throw error;
    }
  }

  /** Sends without waiting: some servers never answer `Events`. @throws LinkError */
  tell(action: AmiAction, headers: AmiHeaders = {}): void {
    this.#send(action, this.#requests.nextId(), headers);
  }

  /** Measures the PBX clock. @throws LinkError */
  async ping(): Promise<void> {
    const sentAt = this.#io.clock.now();
    const answer = await this.ask('Ping');
    const theirs = Number(answer.get('Timestamp')) * 1000;
    if (Number.isFinite(theirs) && theirs > 0) this.skewMs = Math.round(theirs - (sentAt + this.#io.clock.now()) / 2);
  }

  /** Pings from now on, and ends the line as `silent` when nothing comes back. Not before login: it would be refused. */
  keepAlive(): void {
    this.#cancelPing();
    this.#pingLater(this.#bytesRead, this.#io.clock.monotonic());
  }

  /** Never resolves. Rejects with the LinkError that ended the line. */
  async ended(): Promise<never> {
    throw await this.#ended;
  }

  /** Ends the line; further calls change nothing. */
  close(error = new LinkError('stopped', 'closed by us')): void {
    if (this.#over !== null) return;
    if (error.failure === 'stopped' && !this.#socket.destroyed) this.#socket.write(encodeAction('Logoff', this.#requests.nextId(), {}));
    this.#over = error;
    this.#cancelPing();
    this.#intake.stop();
    this.#listener = DEAF;
    this.#socket.destroySoon();
    this.#requests.fail(error);
    this.#end(error);
  }

  async #request(action: AmiAction, headers: AmiHeaders, timeoutMs: number): Promise<Answer> {
    const actionId = this.#requests.nextId();
    this.#send(action, actionId, headers);
    return await this.#requests.expect(actionId, action, timeoutMs);
  }

  /** The one place that writes to a PBX. */
  #send(action: AmiAction, actionId: string, headers: AmiHeaders): void {
    if (this.#over !== null) throw this.#over;
    this.#socket.write(encodeAction(action, actionId, headers));
  }

  async #greeting(signal: AbortSignal): Promise<void> {
    const stop = (): void => this.close();
    signal.addEventListener('abort', stop, { once: true });
    void this.#ended.then(() => signal.removeEventListener('abort', stop));
    if (signal.aborted) stop();
    const cancel = this.#io.clock.after(BANNER_TIMEOUT_MS, () =>
      this.close(new LinkError('protocol', 'no greeting: is this the manager port?')),
    );
    await Promise.race([new Promise<void>((resolve) => (this.#greeted = resolve)), this.ended()]).finally(cancel);
  }

  #onMessage(message: AmiMessage): void {
    if (this.#requests.take(message)) return;
    if (message.name === 'Shutdown') this.#stopsCleanly = true;
    if (this.#listener.wants(message.name)) this.#listener.event(message, this.#receivedAt);
  }

  /** What was read before the line ended is still true: it is worked off first. */
  #onLineEnd(error: LinkError): void {
    this.#intake.whenEmpty(() => this.close(error));
  }

  #pingLater(bytesBefore: number, quietSince: number): void {
    this.#cancelPing = this.#io.clock.after(PING_EVERY_MS, () => {
      const now = this.#io.clock.monotonic();
      const since = this.#bytesRead === bytesBefore ? quietSince : now;
      if (now - since >= SILENT_AFTER_MS) {
        this.close(new LinkError('silent', `nothing read for ${SILENT_AFTER_MS / 1000} s of pings`));
        return;
      }
      this.ping().catch((error: unknown) => this.#io.log.debug({ error: toLinkError(error).message }, 'ping without answer'));
      this.#pingLater(this.#bytesRead, since);
    });
  }
}

/** Errors that the network found out by waiting: the line has been dead for longer. */
const FOUND_OUT_LATE = new Set(['ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH']);

function lineError(error: NodeJS.ErrnoException): LinkError {
  return new LinkError(FOUND_OUT_LATE.has(error.code ?? '') ? 'silent' : 'closed', error.code ?? 'the line broke');
}

function tlsOptions(settings: AsteriskSettings): { ca?: string; fingerprint256?: string } {
  return {
    ...(settings.ca === '' ? {} : { ca: settings.ca }),
    ...(settings.fingerprint === '' ? {} : { fingerprint256: settings.fingerprint }),
  };
}
