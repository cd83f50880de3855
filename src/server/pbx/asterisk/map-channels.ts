import type { AccountKey, LegKind, LegService, Party } from '../../../contract/events.ts';
import type { DirectoryUser } from '../connector.ts';
import type { AmiMessage } from './message.ts';
import { deviceOf, numberIn, partyIn, SERVICES, told, type Names } from './map-names.ts';
import type { Output } from './map-output.ts';

export interface Channel {
  id: string;
  name: string;
  device: string;
  kind: LegKind;
  group: ChannelGroup;
  keys: readonly AccountKey[];
  /** AccountCode, Tenantid and Context as last seen: keys are read again only if these change. */
  signature: string;
  party: Party;
  originator: boolean;
  up: boolean;
  ringing: boolean;
  hangup: boolean;
  bridge: string | null;
  service: LegService | null;
  /** The queue it waits in. */
  queue: string | null;
  /** It left this queue and it is not known yet why. */
  left: { queue: string; at: number; abandoned: boolean } | null;
}

/** Channels of one Linkedid, or of several that were found to be one. */
interface ChannelGroup {
  ids: string[];
  channels: number;
}

/** Ends are remembered so that what comes after them brings nothing back to life. */
const REMEMBERED_ENDS = 20_000;

/** Keeps the channels of the PBX and tells their starts, changes, merges and ends. */
export class Channels {
  names: Names;
  readonly #out: Output;
  readonly #byId = new Map<string, Channel>();
  readonly #locals = new Map<string, Channel>();
  readonly #groups = new Map<string, ChannelGroup>();
  readonly #ended = new Set<string>();
  /** Up, in no bridge and no queue: a PBX application may serve it. */
  readonly alone = new Set<Channel>();
  readonly #isMember: (device: string) => boolean;
  readonly #learn: (device: string, keys: readonly AccountKey[]) => void;

  /**
   * @param isMember a queue's member is a phone, whatever the directory says
   * @param learn called with the keys of every phone that is seen in a call
   */
  constructor(
    out: Output,
    names: Names,
    isMember: (device: string) => boolean,
    learn: (device: string, keys: readonly AccountKey[]) => void,
  ) {
    this.#out = out;
    this.names = names;
    this.#isMember = isMember;
    this.#learn = learn;
  }

  /** From now on names are these; who turns out to be a phone, or none, is told anew. */
  rename(names: Names): void {
    this.names = names;
    for (const channel of this.#byId.values()) {
      const kind = names.kindOf(channel.device, this.#isMember(channel.device));
      if (kind === channel.kind) continue;
      channel.kind = kind;
      const user = names.user(channel.device);
      if (kind === 'device' && user !== undefined) channel.party = { number: user.extension ?? channel.party.number, name: user.name };
      this.#out.emit({ type: 'leg.updated', leg: channel.id, kind, party: channel.party });
    }
  }

  get(id: string | undefined): Channel | undefined {
    return id === undefined ? undefined : this.#byId.get(id);
  }

  all(): IterableIterator<Channel> {
    return this.#byId.values();
  }

  /** The channel named in a block, with its Linkedid looked at. One whose start was missed begins here. */
  seen(message: AmiMessage, prefix = ''): Channel | undefined {
    const id = message.get(`${prefix}Uniqueid`);
    const channel = this.get(id);
    if (channel === undefined) return this.#missed(message, prefix);
    this.#link(channel, message.get(`${prefix}Linkedid`));
    return channel;
  }

  /** Looks only at the Linkedid. */
  glance(message: AmiMessage, prefix = ''): void {
    const channel = this.get(message.get(`${prefix}Uniqueid`));
    if (channel !== undefined) this.#link(channel, message.get(`${prefix}Linkedid`));
  }

  start(message: AmiMessage, prefix: string, at: number): Channel | undefined {
    const id = message.get(`${prefix}Uniqueid`);
    const name = message.get(`${prefix}Channel`);
    if (id === undefined || id === '' || name === undefined || this.#ended.has(id)) return undefined;
    const known = this.#byId.get(id);
    if (known !== undefined && this.#out.origin === 'live') return known;
    const channel = known ?? this.#make(message, prefix, id, name);
    this.#link(channel, message.get(`${prefix}Linkedid`));
    const state = message.get(`${prefix}ChannelState`);
    channel.up ||= state === '6';
    this.#out.emit(
      {
        type: 'leg.started',
        leg: id,
        call: channel.group.ids[0] ?? id,
        kind: channel.kind,
        device: channel.device,
        party: channel.party,
        dialled: channel.originator && this.#out.origin === 'live' ? numberIn(message.get(`${prefix}Exten`)) : null,
        keys: channel.keys,
        up: channel.up,
      },
      at,
    );
    if (channel.kind === 'device' && isOwnAccount(message, prefix)) this.#learn(channel.device, channel.keys);
    if (channel.kind === 'internal') this.#pair(channel);
    this.settle(channel);
    return channel;
  }

  /**
   * Tells what a line can be attributed by, if that has changed. A phone is what it was at its start:
   * the account of whoever calls it, and the contexts it dials through, may be another customer's.
   */
  rekey(channel: Channel, message: AmiMessage, prefix = ''): void {
    if (channel.kind === 'device') return;
    const signature = signatureOf(message, prefix);
    if (signature === channel.signature) return;
    channel.signature = signature;
    channel.keys = keysOf(message, prefix, channel.device);
    this.#out.emit({ type: 'leg.updated', leg: channel.id, keys: channel.keys });
  }

  serve(channel: Channel, service: LegService | null, detail: string | null): void {
    if (channel.service === service) return;
    channel.service = service;
    this.#out.emit({ type: 'leg.served', leg: channel.id, service, detail });
  }

  /** Keeps `alone` in line after a change. */
  settle(channel: Channel): void {
    const alone = channel.up && channel.kind !== 'internal' && channel.bridge === null && channel.queue === null && !channel.hangup;
    if (alone) this.alone.add(channel);
    else this.alone.delete(channel);
  }

  end(id: string): void {
    this.#ended.add(id);
    if (this.#ended.size > REMEMBERED_ENDS)
      for (const oldest of this.#ended) {
        this.#ended.delete(oldest);
        break;
      }
    const channel = this.#byId.get(id);
    if (channel === undefined) return;
    this.#byId.delete(id);
    this.#locals.delete(channel.name);
    this.alone.delete(channel);
    this.#leave(channel.group);
  }

  /** Its beginning was not seen: told as what a snapshot tells. */
  #missed(message: AmiMessage, prefix: string): Channel | undefined {
    const { origin } = this.#out;
    this.#out.origin = 'snapshot';
    const channel = this.start(message, prefix, this.#out.at);
    this.#out.origin = origin;
    return channel;
  }

  #make(message: AmiMessage, prefix: string, id: string, name: string): Channel {
    const device = deviceOf(name);
    const kind = this.names.kindOf(device, this.#isMember(device));
    const user = kind === 'device' ? this.names.user(device) : undefined;
    const keys =
      kind !== 'device' || isOwnAccount(message, prefix)
        ? keysOf(message, prefix, device)
        : [...keysOf(message, prefix, device).filter((key) => !/^(?:accountcode|variable):/.test(key)), ...(user?.keys ?? [])];
    const channel: Channel = {
      id,
      name,
      device,
      kind,
      group: this.#groupOf(told(message.get(`${prefix}Linkedid`)) ?? id),
      keys,
      signature: signatureOf(message, prefix),
      party: partyOf(message, prefix, kind, user),
      originator: message.get(`${prefix}ChannelState`) !== '0' && !/^App(?:Dial|Queue)/.test(message.get('Application') ?? ''),
      up: false,
      ringing: false,
      hangup: false,
      bridge: null,
      service: null,
      queue: null,
      left: null,
    };
    channel.group.channels++;
    this.#byId.set(id, channel);
    if (kind === 'internal') this.#locals.set(name, channel);
    return channel;
  }

  /** The two ends of a Local channel differ in the last digit of the name. */
  #pair(channel: Channel): void {
    const { name } = channel;
    const end = name.endsWith(';2') ? ';1' : name.endsWith(';1') ? ';2' : null;
    const mate = end === null ? undefined : this.#locals.get(name.slice(0, -2) + end);
    if (mate !== undefined) this.#out.emit({ type: 'leg.paired', leg: channel.id, other: mate.id });
  }

  /** A Linkedid that differs from the known one joins two groups. */
  #link(channel: Channel, linkedid: string | undefined): void {
    if (linkedid === undefined || linkedid === '') return;
    const before = channel.group;
    if (before.ids.includes(linkedid)) return;
    const group = this.#groups.get(linkedid);
    const into = group ?? before;
    if (group === undefined) {
      before.ids.push(linkedid);
      this.#groups.set(linkedid, before);
    }
    if (into === before) {
      this.#out.emit({ type: 'call.merged', call: linkedid, merged: before.ids[0] ?? linkedid });
      return;
    }
    this.#out.emit({ type: 'call.merged', call: into.ids[0] ?? linkedid, merged: before.ids[0] ?? linkedid });
    for (const id of before.ids) this.#groups.set(id, into);
    into.ids.push(...before.ids);
    for (const other of this.#byId.values()) if (other.group === before) other.group = into;
    into.channels += before.channels;
  }

  #groupOf(linkedid: string): ChannelGroup {
    let group = this.#groups.get(linkedid);
    if (group === undefined) this.#groups.set(linkedid, (group = { ids: [linkedid], channels: 0 }));
    return group;
  }

  #leave(group: ChannelGroup): void {
    if (--group.channels > 0) return;
    for (const id of group.ids) this.#groups.delete(id);
  }
}

/** What an application's name says of the leg it serves. */
export function serviceOf(application: string | undefined): LegService | null {
  return SERVICES.get(application ?? '') ?? null;
}

/** Whom the PBX rings outside has no name: the one it tells is a setting of the line, or a phone not yet known. */
function partyOf(message: AmiMessage, prefix: string, kind: LegKind, user: DirectoryUser | undefined): Party {
  const { number, name } = partyIn(message, prefix);
  if (user !== undefined) return { number: user.extension ?? number, name: user.name };
  return { number, name: kind === 'trunk' && message.get(`${prefix}ChannelState`) === '0' ? null : name };
}

/**
 * The PBX gives the account and the variables of whoever calls to whom it rings, be it another
 * customer's phone. Its own are told with its beginning, and by whoever came in by itself: it is
 * the oldest leg of its call.
 */
function isOwnAccount(message: AmiMessage, prefix: string): boolean {
  return message.name === 'Newchannel' || message.get(`${prefix}Uniqueid`) === message.get(`${prefix}Linkedid`);
}

function signatureOf(message: AmiMessage, prefix: string): string {
  const variables = message.get(`${prefix}ChanVariable`) === undefined ? '' : message.all(`${prefix}ChanVariable`).join('\n');
  return `${message.get(`${prefix}AccountCode`) ?? ''}\n${message.get(`${prefix}Tenantid`) ?? ''}\n${message.get(`${prefix}Context`) ?? ''}\n${variables}`;
}

function keysOf(message: AmiMessage, prefix: string, device: string): AccountKey[] {
  const keys: AccountKey[] = [`name:${device}`];
  const tenant = told(message.get(`${prefix}Tenantid`));
  const account = told(message.get(`${prefix}AccountCode`));
  const context = told(message.get(`${prefix}Context`));
  if (tenant !== null) keys.push(`tenantid:${tenant}`);
  if (account !== null) keys.push(`accountcode:${account}`);
  if (context !== null) keys.push(`context:${context}`);
  for (const variable of message.all(`${prefix}ChanVariable`)) keys.push(`variable:${variable}`);
  return keys;
}
