import { createSocket, type Socket } from 'node:dgram';
import { HOST } from './ports.ts';
import { Call, type Line } from './sip/call.ts';
import { answerChallenge } from './sip/digest.ts';
import { formatSip, header, parseSip, randomHex, type SipMessage, tagOf, uriOf } from './sip/message.ts';

export type { Call } from './sip/call.ts';

/** What a phone does with a call that comes in. */
export type Policy =
  | { kind: 'answer'; afterMs: number; /** hangs up by itself after that */ talkMs?: number }
  | { kind: 'ring' }
  | { kind: 'reject'; status: number }
  | { kind: 'redirect'; to: string };

export interface PhoneSetup {
  user: string;
  password: string;
  /** The PBX's SIP port. */
  pbxPort: number;
  /** Own port; 0: any. */
  port?: number;
  /** Further headers of every request. */
  headers?: readonly string[];
}

interface Awaited {
  resolve: (response: SipMessage) => void;
  onProvisional: (response: SipMessage) => void;
}

const RESPONSE_MS = 20_000;
const DEFAULT_POLICY: Policy = { kind: 'answer', afterMs: 500 };

/** A plain SIP phone on loopback: registers, calls, answers as its policy says. */
export class Phone implements Line {
  readonly user: string;
  readonly headers: readonly string[];
  /** Since the last `reset`, in order of their start. */
  calls: Call[] = [];
  policy: Policy = DEFAULT_POLICY;
  readonly #setup: PhoneSetup;
  readonly #socket: Socket = createSocket('udp4');
  readonly #awaited = new Map<string, Awaited>();
  #waiters: ((call: Call) => void)[] = [];
  #registration: Call | null = null;
  #nonceCount = 0;

  private constructor(setup: PhoneSetup) {
    this.#setup = setup;
    this.user = setup.user;
    this.headers = setup.headers ?? [];
  }

  static async open(setup: PhoneSetup): Promise<Phone> {
    const phone = new Phone(setup);
    await new Promise<void>((resolve, reject) => {
      phone.#socket.once('error', reject);
      phone.#socket.bind(setup.port ?? 0, HOST, resolve);
    });
    phone.#socket.on('message', (bytes) => phone.#receive(parseSip(bytes)));
    return phone;
  }

  get port(): number {
    return this.#socket.address().port;
  }

  /** Registers; 0 seconds unregisters. @throws when it is refused */
  async register(seconds = 3600): Promise<void> {
    const self = `<sip:${this.user}@${HOST}>`;
    this.#registration ??= new Call(this, {
      id: callId(),
      incoming: null,
      from: self,
      to: self,
      target: `sip:${HOST}:${this.#setup.pbxPort}`,
    });
    const response = await this.#registration.authorised('REGISTER', [`Expires: ${seconds}`]);
    if (response.status !== 200) throw new Error(`${this.user}: REGISTER ${response.status}`);
  }

  /** Dials; the call's promises tell how it goes. */
  dial(number: string, as: { name: string; number: string } = { name: this.user, number: this.user }): Call {
    const call = new Call(this, {
      id: callId(),
      incoming: null,
      from: `"${as.name}" <sip:${as.number}@${HOST}>`,
      to: `<sip:${number}@${HOST}>`,
      target: `sip:${number}@${HOST}:${this.#setup.pbxPort}`,
    });
    this.calls.push(call);
    call.invite().catch(() => call.finish('other', null));
    return call;
  }

  /** The next call that comes in. @throws when none comes in time */
  nextCall(timeoutMs = 10_000): Promise<Call> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${this.user}: no call came`)), timeoutMs);
      this.#waiters.push((call) => {
        clearTimeout(timer);
        resolve(call);
      });
    });
  }

  /** Forgets past calls and answers again after half a second. */
  reset(): void {
    this.calls = [];
    this.policy = DEFAULT_POLICY;
  }

  close(): void {
    for (const call of this.calls) call.finish('self', null);
    this.#socket.close();
  }

  send(text: string): void {
    this.#socket.send(text, this.#setup.pbxPort, HOST, () => {});
  }

  response(key: string, onProvisional: (response: SipMessage) => void): Promise<SipMessage> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#awaited.delete(key);
        reject(new Error(`${this.user}: no response to ${key.split(' ')[2]}`));
      }, RESPONSE_MS);
      timer.unref();
      this.#awaited.set(key, {
        onProvisional,
        resolve: (response) => {
          clearTimeout(timer);
          this.#awaited.delete(key);
          resolve(response);
        },
      });
    });
  }

  authorization(challenge: SipMessage, method: string, uri: string): string {
    const name = challenge.status === 401 ? 'Authorization' : 'Proxy-Authorization';
    const asked = header(challenge, 'www-authenticate') || header(challenge, 'proxy-authenticate');
    const { user: username, password } = this.#setup;
    return `${name}: ${answerChallenge(asked, { username, password, method, uri, count: ++this.#nonceCount, clientNonce: randomHex(4) })}`;
  }

  reply(request: SipMessage, status: number, text: string, options: { tag: string; headers: readonly string[]; body: string }): void {
    const to = header(request, 'to');
    const lines = [
      ...(request.headers.get('via') ?? []).map((value) => `Via: ${value}`),
      ...(request.headers.get('record-route') ?? []).map((value) => `Record-Route: ${value}`),
      `From: ${header(request, 'from')}`,
      `To: ${tagOf(to) === null && options.tag !== '' ? `${to};tag=${options.tag}` : to}`,
      `Call-ID: ${header(request, 'call-id')}`,
      `CSeq: ${header(request, 'cseq')}`,
      ...options.headers,
    ];
    this.send(formatSip(`SIP/2.0 ${status} ${text}`, lines, options.body));
  }

  #receive(message: SipMessage): void {
    const call = this.calls.find(({ id }) => id === header(message, 'call-id')) ?? null;
    if (message.status !== null) return this.#responded(message, message.status, call);
    switch (message.method) {
      case 'INVITE':
        if (call) call.reinvited(message);
        else this.#incoming(message);
        return;
      case 'ACK':
        return;
      case 'CANCEL':
        this.#ok(message);
        call?.cancelled();
        return;
      case 'BYE':
        this.#ok(message);
        call?.finish('other', null);
        return;
      case 'NOTIFY':
        this.#ok(message);
        call?.notified(message.body).catch(() => {}); // the PBX may have closed before our BYE
        return;
      default:
        this.#ok(message);
    }
  }

  #responded(response: SipMessage, status: number, call: Call | null): void {
    const [sequence, method] = header(response, 'cseq').split(/\s+/);
    const awaited = this.#awaited.get(`${header(response, 'call-id')} ${sequence} ${method}`);
    if (!awaited) {
      if (method === 'INVITE' && status >= 200) call?.acknowledgeAgain(response);
    } else if (status < 200) {
      awaited.onProvisional(response);
    } else {
      awaited.resolve(response);
    }
  }

  #incoming(request: SipMessage): void {
    const call = new Call(this, {
      id: header(request, 'call-id'),
      incoming: request,
      from: header(request, 'to'),
      to: header(request, 'from').replace(/;tag=.*/, ''),
      target: uriOf(header(request, 'contact')),
    });
    this.calls.push(call);
    this.reply(request, 100, 'Trying', { tag: '', headers: [], body: '' });
    for (const waiter of this.#waiters.splice(0)) waiter(call);
    this.#follow(this.policy, call);
  }

  #follow(policy: Policy, call: Call): void {
    const later = (ms: number, act: () => void): void => {
      setTimeout(() => {
        if (call.isNew) act();
      }, ms);
    };
    switch (policy.kind) {
      case 'reject':
        return later(200, () => call.reject(policy.status, 'No'));
      case 'redirect':
        return later(200, () => call.redirect(policy.to));
      case 'ring':
        return later(50, () => call.ring());
      case 'answer':
        later(50, () => call.ring());
        later(policy.afterMs, () => void call.answer());
        if (policy.talkMs !== undefined) void this.#hangUpAfter(policy.talkMs, call);
        return;
    }
  }

  async #hangUpAfter(ms: number, call: Call): Promise<void> {
    await call.answered.catch(() => {});
    setTimeout(() => void call.hangup().catch(() => {}), ms);
  }

  #ok(request: SipMessage): void {
    this.reply(request, 200, 'OK', { tag: randomHex(4), headers: [], body: '' });
  }
}

const callId = (): string => `${randomHex(8)}@${HOST}`;
