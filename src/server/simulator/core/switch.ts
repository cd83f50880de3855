import type { Clock } from '../../platform/clock/index.ts';
import { CallRecords } from './cdr.ts';
import { CelWriter } from './cel.ts';
import { CAUSES, channelBlock, NOBODY, type Bridge, type CallerId, type Channel, type ChannelState } from './channel.ts';
import type { Company, Person } from './company.ts';
import { Devices } from './devices.ts';
import { line, type EventClass, type PbxEvent } from './event.ts';
import { Queues } from './queues.ts';
import type { Random } from './random.ts';

interface NewChannel {
  /** `PJSIP/acme-101` or `PJSIP/trunk` */
  device: string;
  state: ChannelState;
  callerId?: CallerId;
  account?: string;
  tenant?: string;
  context: string;
  exten: string;
  /** The call it belongs to; its own without. */
  linkedid?: string;
  dnid?: string;
}

interface SwitchOptions {
  clock: Clock;
  random: Random;
  companies: readonly Company[];
  emit: (event: PbxEvent) => void;
}

/**
 * The phone system itself: channels, bridges, devices, queues, mailboxes. Each method changes one
 * thing and says so by the event that Asterisk 22 sends for it. What calls do is in `calls/`.
 */
export class Switch {
  readonly startedAt: number;
  readonly companies: readonly Company[];
  readonly random: Random;
  readonly channels = new Map<string, Channel>();
  readonly bridges = new Map<string, Bridge>();
  /** New messages per mailbox. */
  readonly mailboxes = new Map<string, number>();
  /** Asterisk's own database: where each phone is registered. */
  readonly database: ReadonlyMap<string, string>;
  readonly devices: Devices;
  readonly queues: Queues;
  readonly records: CallRecords;
  readonly cel: CelWriter;
  /** Calls that have ended since the start. */
  processedCalls = 0;
  #clock: Clock;
  #emit: (event: PbxEvent) => void;
  #uniqueCounter = 0;
  #nameCounter = 0;
  #lastMicros = 0;

  constructor({ clock, random, companies, emit }: SwitchOptions) {
    this.#clock = clock;
    this.#emit = emit;
    this.random = random;
    this.companies = companies;
    this.startedAt = clock.now();
    this.database = new Map(companies.flatMap((company) => company.people.map(registration)));
    this.devices = new Devices(this);
    this.queues = new Queues(this);
    this.records = new CallRecords(this);
    this.cel = new CelWriter(this);
  }

  now(): number {
    return this.#clock.now();
  }

  /** Whole seconds since 1970, as queues count. */
  nowSeconds(): number {
    return Math.floor(this.now() / 1000);
  }

  send(name: string, eventClass: EventClass, fields: string): void {
    this.#lastMicros = Math.max(this.now() * 1000, this.#lastMicros + 1);
    this.#emit({ name, eventClass, atMicros: this.#lastMicros, fields });
  }

  newChannel(options: NewChannel): Channel {
    const order = this.#uniqueCounter++;
    const uniqueid = `${this.nowSeconds()}.${order}`;
    const channel: Channel = {
      name: `${options.device}-${(this.#nameCounter++).toString(16).padStart(8, '0')}`,
      uniqueid,
      order,
      device: options.device,
      createdAt: this.now(),
      linkedid: options.linkedid ?? uniqueid,
      state: options.state,
      callerId: options.callerId ?? NOBODY,
      connected: NOBODY,
      account: options.account ?? '',
      tenant: options.tenant ?? '',
      context: options.context,
      exten: options.exten,
      priority: 1,
      application: '',
      appData: '',
      dnid: options.dnid ?? '',
      bridge: null,
      held: false,
      dialStatus: '',
      techCause: 0,
    };
    this.channels.set(uniqueid, channel);
    this.sendChannel('Newchannel', channel);
    this.cel.write('CHAN_START', channel);
    this.records.started(channel);
    return channel;
  }

  /** An event whose body is the channel block and then `more`. */
  sendChannel(name: string, channel: Channel, more = '', eventClass: EventClass = 'call'): void {
    this.send(name, eventClass, channelBlock(channel) + more);
  }

  setAccount(channel: Channel, account: string): void {
    const old = channel.account;
    channel.account = account;
    this.sendChannel('NewAccountCode', channel, line('OldAccountCode', old));
  }

  setCallerId(channel: Channel, callerId: CallerId): void {
    channel.callerId = callerId;
    this.sendChannel('NewCallerid', channel, line('CID-CallingPres', '0 (Presentation Allowed, Not Screened)'));
  }

  setConnected(channel: Channel, connected: CallerId): void {
    channel.connected = connected;
    this.sendChannel('NewConnectedLine', channel);
  }

  /** The dialplan runs an application on the channel; the one before is over. */
  execute(channel: Channel, application: string, appData = ''): void {
    this.cel.applicationEnds(channel);
    channel.application = application;
    channel.appData = appData;
    const app = line('Extension', channel.exten) + line('Application', application) + line('AppData', appData);
    this.sendChannel('Newexten', channel, app, 'dialplan');
    this.cel.applicationStarts(channel);
    this.records.executed(channel);
  }

  /** Moves the channel in the dialplan. */
  goto(channel: Channel, context: string, exten: string, priority: number): void {
    channel.context = context;
    channel.exten = exten;
    channel.priority = priority;
  }

  setState(channel: Channel, state: ChannelState): void {
    channel.state = state;
    this.sendChannel('Newstate', channel);
    if (state !== 6) return;
    this.cel.write('ANSWER', channel);
    this.records.answered(channel);
  }

  dialBegin(caller: Channel, callee: Channel, dialString: string): void {
    this.#sendDial('DialBegin', caller, callee, line('DialString', dialString));
    this.records.dialled(caller, callee);
  }

  dialRinging(caller: Channel, callee: Channel): void {
    this.#sendDial('DialState', caller, callee, line('DialStatus', 'RINGING'));
  }

  dialEnd(caller: Channel, callee: Channel, status: string): void {
    caller.dialStatus = status;
    this.#sendDial('DialEnd', caller, callee, line('DialStatus', status));
    this.records.dialEnded(caller, callee, status);
  }

  /** This end asked to hang up. @param cause null: Asterisk leaves the header out (queues, voicemail) */
  hangupRequest(channel: Channel, cause: number | null): void {
    this.sendChannel('HangupRequest', channel, cause === null ? '' : line('Cause', cause) + techCause(channel));
    this.cel.hangupSource(channel);
  }

  softHangup(channel: Channel, cause: number): void {
    // The dialplan's own Hangup() sets the cause anew, without a SIP code.
    const tech = channel.application === 'Hangup' ? '' : techCause(channel);
    this.sendChannel('SoftHangupRequest', channel, line('Cause', cause) + tech);
  }

  /** The channel is gone. */
  hangup(channel: Channel, cause: number): void {
    this.channels.delete(channel.uniqueid);
    this.cel.applicationEnds(channel);
    const fields = line('Cause', cause) + line('Cause-txt', CAUSES[cause] ?? 'Unknown') + techCause(channel);
    this.sendChannel('Hangup', channel, fields);
    this.cel.ended(channel, cause);
    this.devices.refresh(channel.device);
    this.records.channelEnded(channel);
    if (!this.callLives(channel.linkedid)) {
      this.processedCalls++;
      this.cel.callEnded(channel);
    }
  }

  callLives(linkedid: string): boolean {
    for (const channel of this.channels.values()) if (channel.linkedid === linkedid) return true;
    return false;
  }

  #sendDial(name: string, caller: Channel, callee: Channel, more: string): void {
    this.send(name, 'call', channelBlock(caller) + channelBlock(callee, 'Dest') + more);
  }
}

function registration(person: Person): [path: string, value: string] {
  const endpoint = person.device.slice('PJSIP/'.length);
  const contact = { uri: `sip:${endpoint}@192.0.2.20:5060`, endpoint, user_agent: 'simulated-phone/1.0' };
  return [`/registrar/contact/${endpoint};@${person.extension}`, JSON.stringify(contact)];
}

const techCause = (channel: Channel): string => (channel.techCause === 0 ? '' : line('TechCause', channel.techCause));
