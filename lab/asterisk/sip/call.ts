import { HOST } from '../ports.ts';
import { type Direction, Media } from './media.ts';
import { formatSip, header, randomHex, type SipMessage, tagOf, uriOf } from './message.ts';

/** What a call needs of the phone it is on. */
export interface Line {
  readonly user: string;
  readonly port: number;
  readonly headers: readonly string[];
  send(text: string): void;
  /** The final response to a request of this Call-ID, sequence number and method. */
  response(key: string, onProvisional: (response: SipMessage) => void): Promise<SipMessage>;
  reply(request: SipMessage, status: number, text: string, options: { tag: string; headers: readonly string[]; body: string }): void;
  authorization(challenge: SipMessage, method: string, uri: string): string;
}

/** Moments as the phone saw them, ms since 1970. */
export interface CallTimes {
  /** INVITE sent or received. */
  started: number | null;
  ringing: number | null;
  answered: number | null;
  ended: number | null;
  holds: { from: number; to: number | null }[];
}

export interface CallSetup {
  id: string;
  incoming: SipMessage | null;
  from: string;
  to: string;
  target: string;
}

/** One SIP dialog at one phone. */
export class Call {
  readonly line: Line;
  readonly id: string;
  readonly isIncoming: boolean;
  readonly to: string;
  readonly from: string;
  readonly at: CallTimes = { started: null, ringing: null, answered: null, ended: null, holds: [] };
  /** Who ended it; null while it lives. */
  endedBy: 'self' | 'other' | null = null;
  /** Final SIP status of a call that was never answered. */
  failure: number | null = null;
  readonly #ringing = Promise.withResolvers<void>();
  readonly #answered = Promise.withResolvers<void>();
  readonly #ended = Promise.withResolvers<void>();
  readonly #localTag = randomHex(5);
  #state: 'new' | 'up' | 'ended' = 'new';
  #target: string;
  #remoteTag: string | null = null;
  #earlyTag: string | null = null;
  #invite: SipMessage | null;
  #inviteBranch = '';
  #inviteSequence = 0;
  #sequence = 0;
  #direction: Direction = 'sendrecv';
  #media: Media | null = null;
  #consultation: Call | null = null;

  constructor(line: Line, setup: CallSetup) {
    this.line = line;
    this.id = setup.id;
    this.isIncoming = setup.incoming !== null;
    this.from = setup.from;
    this.to = setup.to;
    this.#target = setup.target;
    this.#invite = setup.incoming;
    if (setup.incoming) {
      this.#remoteTag = tagOf(header(setup.incoming, 'from'));
      this.at.started = Date.now();
    }
    this.#answered.promise.catch(() => {}); // nobody need wait for a call that fails
  }

  /** The other side rings (or we do). */
  get ringing(): Promise<void> {
    return this.#ringing.promise;
  }

  /** Rejects when the call ends without an answer. */
  get answered(): Promise<void> {
    return this.#answered.promise;
  }

  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  get isUp(): boolean {
    return this.#state === 'up';
  }

  get isNew(): boolean {
    return this.#state === 'new';
  }

  /** Rings the other side; settles with the answer or the refusal. */
  async invite(): Promise<void> {
    const media = (this.#media = await Media.open());
    this.at.started = Date.now();
    let response = await this.#request('INVITE', { body: media.describe(this.#direction) });
    if (response.status === 401 || response.status === 407) {
      this.#acknowledge(response);
      this.#remoteTag = null;
      response = await this.#request('INVITE', { body: media.describe(this.#direction), challenge: response });
    }
    if (response.status === 200) this.#target = uriOf(header(response, 'contact'));
    this.#acknowledge(response);
    if (response.status === 200) {
      media.follow(response.body);
      this.#up();
    } else {
      this.finish(this.endedBy ?? 'other', response.status);
    }
  }

  /** A re-INVITE, UPDATE or retransmission of the other side. */
  reinvited(request: SipMessage): void {
    if (this.#state !== 'up' || !this.#media) return;
    this.#invite = request;
    this.#media.follow(request.body);
    this.#respond(200, 'OK', this.#media.describe(this.#direction));
  }

  ring(): void {
    this.at.ringing = Date.now();
    this.#respond(180, 'Ringing');
    this.#ringing.resolve();
  }

  async answer(): Promise<void> {
    const media = await Media.open();
    if (this.#state !== 'new' || !this.#invite) return media.close();
    this.#media = media;
    media.follow(this.#invite.body);
    this.#respond(200, 'OK', media.describe(this.#direction));
    this.#up();
  }

  reject(status: number, text: string): void {
    this.#respond(status, text);
    this.finish('self', status);
  }

  redirect(extension: string): void {
    this.#respond(302, 'Moved Temporarily', '', [`Contact: <sip:${extension}@${HOST}>`]);
    this.finish('self', 302);
  }

  /** Gives up a call that still rings. */
  cancel(): void {
    this.endedBy = 'self';
    this.at.ended = Date.now();
    this.#transmit('CANCEL', this.#inviteSequence, this.#inviteBranch, [], '');
  }

  /** The caller gave up. */
  cancelled(): void {
    if (this.#state !== 'new') return;
    this.#respond(487, 'Request Terminated');
    this.finish('other', 487);
  }

  async hold(): Promise<void> {
    this.at.holds.push({ from: Date.now(), to: null });
    await this.#renegotiate('sendonly');
  }

  async resume(): Promise<void> {
    const hold = this.at.holds.at(-1);
    if (hold) hold.to = Date.now();
    await this.#renegotiate('sendrecv');
  }

  async press(keys: string): Promise<void> {
    await this.#media?.press(keys);
  }

  /** Blind transfer: the other party is sent to the extension. This phone hangs up when the PBX has said how it went. */
  async transferTo(extension: string): Promise<void> {
    await this.#refer(`sip:${extension}@${HOST}`);
  }

  /** Attended transfer: joins this call's other party with the consultation's. This phone hangs up both. */
  async transferInto(consultation: Call): Promise<void> {
    const tag = consultation.#remoteTag ?? consultation.#earlyTag ?? '';
    const replaces = encodeURIComponent(`${consultation.id};to-tag=${tag};from-tag=${consultation.#localTag}`);
    consultation.at.ended = Date.now();
    await this.#refer(`sip:consultation@${HOST}?Replaces=${replaces}`);
    this.#consultation = consultation;
  }

  /** News of a transfer we asked for; the last one closes our side. */
  async notified(fragment: string): Promise<void> {
    const status = Number(/^SIP\/2\.0 (\d+)/.exec(fragment)?.[1] ?? 0);
    if (status < 200 || this.#state !== 'up') return;
    await this.hangup();
    await this.#consultation?.hangup();
  }

  async hangup(): Promise<void> {
    if (this.#state !== 'up') return;
    this.finish('self', null);
    await this.authorised('BYE');
  }

  /** Marks the end, whoever caused it. */
  finish(by: 'self' | 'other', failure: number | null): void {
    if (this.#state === 'ended') return;
    const wasUp = this.#state === 'up';
    this.#state = 'ended';
    this.endedBy = by;
    this.at.ended ??= Date.now();
    if (!wasUp) {
      this.failure = failure;
      this.#answered.reject(new Error(`${this.line.user}: not answered (${failure ?? 'closed'})`));
    }
    this.#media?.close();
    this.#media = null;
    this.#ended.resolve();
  }

  /** Acknowledges a final answer that the other side repeats. */
  acknowledgeAgain(response: SipMessage): void {
    this.#acknowledge(response);
  }

  /** Sends a request and, when asked for credentials, sends it again with them. */
  async authorised(method: string, headers: readonly string[] = [], body = ''): Promise<SipMessage> {
    const response = await this.#request(method, { headers, body });
    if (response.status !== 401 && response.status !== 407) return response;
    return this.#request(method, { headers, body, challenge: response });
  }

  async #renegotiate(direction: Direction): Promise<void> {
    this.#direction = direction;
    if (!this.#media) throw new Error(`${this.line.user}: no call to hold or resume`);
    const body = this.#media.describe(direction);
    let response = await this.#request('INVITE', { body });
    this.#acknowledge(response);
    if (response.status === 401) {
      response = await this.#request('INVITE', { body, challenge: response });
      this.#acknowledge(response);
    }
    if (response.status !== 200) throw new Error(`${this.line.user}: re-INVITE ${response.status}`);
  }

  async #refer(target: string): Promise<void> {
    this.at.ended = Date.now(); // from here on the other party is the PBX's
    const response = await this.authorised('REFER', [`Refer-To: <${target}>`, `Referred-By: <sip:${this.line.user}@${HOST}>`]);
    if (response.status !== 202 && response.status !== 200) throw new Error(`${this.line.user}: REFER ${response.status}`);
  }

  #up(): void {
    this.#state = 'up';
    this.at.answered = Date.now();
    this.#answered.resolve();
  }

  #request(method: string, options: { headers?: readonly string[]; body?: string; challenge?: SipMessage }): Promise<SipMessage> {
    const sequence = ++this.#sequence;
    const newBranch = branch();
    if (method === 'INVITE') {
      this.#inviteBranch = newBranch;
      this.#inviteSequence = sequence;
    }
    const authorization = options.challenge ? [this.line.authorization(options.challenge, method, this.#target)] : [];
    const answer = this.line.response(`${this.id} ${sequence} ${method}`, (response) => this.#provisional(response));
    this.#transmit(method, sequence, newBranch, [...(options.headers ?? []), ...authorization], options.body ?? '');
    return answer;
  }

  #provisional(response: SipMessage): void {
    if (response.status !== 180 && response.status !== 183) return;
    this.#earlyTag = tagOf(header(response, 'to'));
    this.at.ringing ??= Date.now();
    this.#ringing.resolve();
  }

  // The ACK of a refusal belongs to the INVITE's transaction, the ACK of an answer is one of its own.
  #acknowledge(response: SipMessage): void {
    this.#remoteTag = tagOf(header(response, 'to')) ?? this.#remoteTag;
    const sameBranch = response.status !== 200 ? /branch=([^;\s]+)/.exec(header(response, 'via'))?.[1] : undefined;
    this.#transmit('ACK', Number.parseInt(header(response, 'cseq'), 10), sameBranch ?? branch(), [], '');
  }

  #transmit(method: string, sequence: number, viaBranch: string, headers: readonly string[], body: string): void {
    const { line } = this;
    const toTag = this.#remoteTag === null ? '' : `;tag=${this.#remoteTag}`;
    const lines = [
      `Via: SIP/2.0/UDP ${HOST}:${line.port};branch=${viaBranch};rport`,
      'Max-Forwards: 70',
      `From: ${this.from};tag=${this.#localTag}`,
      `To: ${this.to}${toTag}`,
      `Call-ID: ${this.id}`,
      `CSeq: ${sequence} ${method}`,
      `Contact: <sip:${line.user}@${HOST}:${line.port}>`,
      'Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, NOTIFY, REFER, UPDATE, INFO',
      'Supported: replaces',
      'User-Agent: lab-phone/1.0',
      ...line.headers,
      ...headers,
    ];
    line.send(formatSip(`${method} ${this.#target} SIP/2.0`, lines, body));
  }

  #respond(status: number, text: string, body = '', headers: readonly string[] = []): void {
    if (!this.#invite) return;
    const contact = headers.some((line) => line.startsWith('Contact:'))
      ? []
      : [`Contact: <sip:${this.line.user}@${HOST}:${this.line.port}>`];
    this.line.reply(this.#invite, status, text, { tag: this.#localTag, headers: [...contact, ...headers], body });
  }
}

const branch = (): string => `z9hG4bK${randomHex(8)}`;
