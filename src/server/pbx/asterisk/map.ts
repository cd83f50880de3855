import type { LegFailure, NeutralEvent } from '../../../contract/events.ts';
import type { Directory } from '../connector.ts';
import { Channels, serviceOf, type Channel } from './map-channels.ts';
import { Members } from './map-members.ts';
import { deviceState, Names, numberDialled, told } from './map-names.ts';
import { Output } from './map-output.ts';
import { Queues } from './map-queues.ts';
import { mapSnapshot, type SnapshotLists } from './map-snapshot.ts';
import type { AmiMessage } from './message.ts';

export type { SnapshotLists } from './map-snapshot.ts';

export interface MapperOptions {
  /** Tells phones from lines, and names them. Without it they are told apart by their names. */
  directory: Directory | null;
  firstSeq: number;
}

/** Turns what one session of one Asterisk says into neutral events. Pure: no clock, no I/O; nothing that is said makes it throw. */
export interface Mapper {
  /** @param receivedAt ms since 1970, our clock */
  live(message: AmiMessage, receivedAt: number): void;
  setDirectory(directory: Directory): void;
  /** The directory was read anew and differs. */
  directoryChanged(at: number): void;
  /** @param skewMs the PBX's clock minus ours; null: not known, its times are taken as they are */
  setSkew(skewMs: number | null): void;
  /** @param restarted the PBX has restarted since the last session @param epoch identity of this run of the PBX */
  snapshot(lists: SnapshotLists, at: number, restarted: boolean, epoch: string): void;
  /** What was mapped since the last take. */
  take(): NeutralEvent[];
  /** A leg is up and alone: only CoreShowChannels can tell what serves it. */
  wantsApplications(): boolean;
  /** @param channels answer to CoreShowChannels */
  applications(channels: readonly AmiMessage[], receivedAt: number): void;
}

type Handler = (message: AmiMessage) => void;

const FAILURES: ReadonlyMap<string, LegFailure> = new Map([
  ['BUSY', 'busy'],
  ['NOANSWER', 'noAnswer'],
  ['CANCEL', 'cancelled'],
  ['ABORT', 'cancelled'],
  ['CHANUNAVAIL', 'unavailable'],
  ['CONGESTION', 'congestion'],
]);

export function createMapper(options: MapperOptions): Mapper {
  return new AsteriskMapper(options);
}

class AsteriskMapper implements Mapper {
  readonly handlers: ReadonlyMap<string, Handler>;
  readonly #out: Output;
  readonly #members: Members;
  readonly #channels: Channels;
  readonly #queues: Queues;
  #names: Names;
  #skewMs = 0;
  #snapshots = 0;
  readonly #devices = new Map<string, string>();

  constructor({ directory, firstSeq }: MapperOptions) {
    this.#out = new Output(firstSeq);
    this.#names = new Names(directory);
    this.#members = new Members(this.#out, this.#names);
    this.#channels = new Channels(
      this.#out,
      this.#names,
      (device) => this.#members.isMember(device),
      (device, keys) => this.#members.learn(device, keys),
    );
    this.#queues = new Queues({ out: this.#out, channels: this.#channels, members: this.#members });
    this.handlers = new Map<string, Handler>([
      ['Newchannel', (m) => this.#started(m)],
      ['Newstate', (m) => this.#newState(m)],
      ['NewAccountCode', (m) => this.#rekeyed(m)],
      ['NewCallerid', (m) => this.#newCallerId(m)],
      ['NewConnectedLine', (m) => this.#channels.glance(m)],
      ['DialBegin', (m) => this.#dialBegin(m)],
      ['DialState', (m) => this.#dialState(m)],
      ['DialEnd', (m) => this.#dialEnd(m)],
      ['BridgeEnter', (m) => this.#bridgeEnter(m)],
      ['BridgeLeave', (m) => this.#bridgeLeave(m)],
      ['LocalBridge', (m) => this.#localBridge(m)],
      ['Hold', (m) => this.#onChannel(m, (leg) => this.#out.emit({ type: 'leg.held', leg }))],
      ['Unhold', (m) => this.#onChannel(m, (leg) => this.#out.emit({ type: 'leg.resumed', leg }))],
      ['BlindTransfer', (m) => this.#blindTransfer(m)],
      ['AttendedTransfer', (m) => this.#attendedTransfer(m)],
      ['Pickup', (m) => this.#pickup(m)],
      ['ParkedCall', (m) => this.#parked(m)],
      ['UnParkedCall', (m) => this.#unparked(m)],
      ['HangupRequest', (m) => this.#hangupRequest(m)],
      ['Hangup', (m) => this.#hangup(m)],
      ['QueueCallerJoin', (m) => this.#queues.joined(m)],
      ['QueueCallerAbandon', (m) => this.#queues.abandoned(m)],
      ['QueueCallerLeave', (m) => this.#queues.left(m)],
      ['AgentCalled', (m) => this.#queues.offered(m)],
      ['AgentRingNoAnswer', (m) => this.#queues.declined(m)],
      ['AgentConnect', (m) => this.#queues.connected(m)],
      ['AgentComplete', (m) => this.#queues.completed(m)],
      ['QueueMemberAdded', (m) => this.#members.joined(m)],
      ['QueueMemberRemoved', (m) => this.#members.left(m)],
      ['QueueMemberPause', (m) => this.#members.paused(m)],
      ['QueueMemberStatus', (m) => this.#members.state(m)],
      ['ConfbridgeJoin', (m) => this.#served(m, 'ConfBridge', m.get('Conference'))],
      ['ConfbridgeLeave', (m) => this.#served(m, undefined, undefined)],
      ['ChanSpyStart', (m) => this.#served(m, 'ChanSpy', undefined, 'Spyer')],
      ['ChanSpyStop', (m) => this.#served(m, undefined, undefined, 'Spyer')],
      ['CEL', (m) => this.#cel(m)],
      ['DeviceStateChange', (m) => this.#deviceState(m)],
    ]);
  }

  live(message: AmiMessage, receivedAt: number): void {
    const handler = this.handlers.get(message.name);
    if (handler === undefined) return;
    this.#stamp(message, receivedAt);
    handler(message);
  }

  setDirectory(directory: Directory): void {
    this.#names = new Names(directory);
    this.#members.names = this.#names;
    this.#channels.rename(this.#names);
  }

  directoryChanged(at: number): void {
    this.#out.at = this.#out.receivedAt = at;
    this.#out.emit({ type: 'directory.changed' });
  }

  setSkew(skewMs: number | null): void {
    this.#skewMs = skewMs ?? 0;
  }

  snapshot(lists: SnapshotLists, at: number, restarted: boolean, epoch: string): void {
    this.#out.at = this.#out.receivedAt = at;
    this.#out.origin = 'snapshot';
    this.#out.emit({ type: 'snapshot.started', restarted, epoch, gap: this.#snapshots++ === 0 });
    mapSnapshot({ out: this.#out, channels: this.#channels, members: this.#members, names: this.#names }, lists);
    this.#out.emit({ type: 'snapshot.completed' });
    this.#out.origin = 'live';
  }

  take(): NeutralEvent[] {
    return this.#out.take();
  }

  wantsApplications(): boolean {
    for (const { service } of this.#channels.alone)
      if (service !== 'voicemail' && service !== 'conference' && service !== 'parking') return true;
    return false;
  }

  applications(channels: readonly AmiMessage[], receivedAt: number): void {
    this.#out.at = this.#out.receivedAt = receivedAt;
    for (const message of channels) {
      const channel = this.#channels.get(message.get('Uniqueid'));
      if (channel === undefined || !this.#channels.alone.has(channel)) continue;
      this.#channels.serve(channel, serviceOf(message.get('Application')), message.get('ApplicationData') ?? null);
    }
  }

  #stamp(message: AmiMessage, receivedAt: number): void {
    const timestamp = message.get('Timestamp');
    const told_ = timestamp === undefined ? Number.NaN : Math.round(Number(timestamp) * 1_000);
    this.#out.at = told_ > 0 ? told_ - this.#skewMs : receivedAt;
    this.#out.receivedAt = receivedAt;
  }

  #onChannel(message: AmiMessage, act: (leg: string, channel: Channel) => void): void {
    const channel = this.#channels.seen(message);
    if (channel !== undefined) act(channel.id, channel);
  }

  #started(message: AmiMessage): void {
    this.#channels.start(message, '', this.#out.at);
  }

  #rekeyed(message: AmiMessage): void {
    this.#onChannel(message, (_, channel) => this.#channels.rekey(channel, message));
  }

  #newState(message: AmiMessage): void {
    this.#onChannel(message, (leg, channel) => {
      const state = message.get('ChannelState');
      this.#channels.rekey(channel, message);
      if (state === '5') this.#ringing(channel);
      if (state === '6') this.#answered(channel);
      else if (state === '4' && !channel.up && leg !== '') channel.originator = true;
    });
  }

  #ringing(channel: Channel): void {
    if (channel.ringing || channel.up || channel.kind === 'internal') return;
    channel.ringing = true;
    this.#out.emit({ type: 'leg.ringing', leg: channel.id });
  }

  #answered(channel: Channel): void {
    if (channel.up) return;
    channel.up = true;
    this.#out.emit({ type: 'leg.answered', leg: channel.id });
    this.#channels.settle(channel);
  }

  /** The caller's name is often looked up after the call came in; its number stays the one it came with. */
  #newCallerId(message: AmiMessage): void {
    this.#onChannel(message, (leg, channel) => {
      const name = told(message.get('CallerIDName'));
      if (channel.kind !== 'trunk' || !channel.originator || name === null || channel.party.name !== null) return;
      channel.party = { number: channel.party.number ?? told(message.get('CallerIDNum')), name };
      this.#out.emit({ type: 'leg.updated', leg, party: channel.party });
    });
  }

  #dialBegin(message: AmiMessage): void {
    const parent = this.#channels.seen(message);
    const target = this.#channels.seen(message, 'Dest');
    if (parent !== undefined) {
      this.#queues.wentOn(parent);
      this.#channels.rekey(parent, message);
    }
    if (target === undefined) return;
    target.originator = false;
    this.#channels.rekey(target, message, 'Dest');
    this.#out.emit({ type: 'leg.dialled', leg: target.id, parent: parent?.id ?? null });
    if (target.kind !== 'trunk') return;
    const number = numberDialled(message.get('DialString')) ?? target.party.number ?? told(message.get('DestCallerIDNum'));
    target.party = { number, name: null };
    this.#out.emit({ type: 'leg.updated', leg: target.id, party: target.party });
  }

  #dialState(message: AmiMessage): void {
    this.#channels.glance(message);
    const target = this.#channels.seen(message, 'Dest');
    const status = message.get('DialStatus');
    if (target !== undefined && (status === 'RINGING' || status === 'PROGRESS')) this.#ringing(target);
  }

  #dialEnd(message: AmiMessage): void {
    this.#channels.glance(message);
    const id = message.get('DestUniqueid');
    const target = this.#channels.get(id);
    const status = message.get('DialStatus') ?? '';
    if (status === 'ANSWER') {
      if (target !== undefined) this.#answered(target);
      return;
    }
    const forward = told(message.get('Forward'));
    const reason = forward === null ? FAILURES.get(status) : 'forwarded';
    if (id !== undefined && reason !== undefined) this.#out.emit({ type: 'leg.failed', leg: id, reason, forwardedTo: forward });
  }

  #bridgeEnter(message: AmiMessage): void {
    this.#onChannel(message, (leg, channel) => {
      const bridge = message.get('BridgeUniqueid');
      if (bridge === undefined) return;
      if (message.get('BridgeType') === 'parking') {
        this.#channels.serve(channel, 'parking', null);
        return;
      }
      // Agents and callers on music wait in bridges in which nobody hears anybody.
      if (message.get('BridgeTechnology') === 'holding_bridge') return;
      channel.bridge = bridge;
      if (channel.service !== 'conference' && channel.service !== 'spy') this.#channels.serve(channel, null, null);
      this.#channels.settle(channel);
      this.#out.emit({ type: 'leg.bridged', leg, bridge, replaces: told(message.get('SwapUniqueid')) });
    });
  }

  #bridgeLeave(message: AmiMessage): void {
    const channel = this.#channels.get(message.get('Uniqueid'));
    const bridge = message.get('BridgeUniqueid');
    if (channel === undefined || bridge === undefined) return;
    this.#channels.glance(message);
    if (message.get('BridgeType') === 'parking') {
      if (channel.service === 'parking') this.#channels.serve(channel, null, null);
      return;
    }
    if (channel.bridge === bridge) channel.bridge = null;
    this.#channels.settle(channel);
    this.#out.emit({ type: 'leg.unbridged', leg: channel.id, bridge });
  }

  #localBridge(message: AmiMessage): void {
    const one = this.#channels.seen(message, 'LocalOne');
    const two = this.#channels.seen(message, 'LocalTwo');
    if (one !== undefined && two !== undefined) this.#out.emit({ type: 'leg.paired', leg: one.id, other: two.id });
  }

  #blindTransfer(message: AmiMessage): void {
    if (message.get('Result') !== 'Success') return;
    const by = this.#channels.seen(message, 'Transferer');
    const handedOn = this.#channels.seen(message, 'Transferee');
    if (by === undefined) return;
    this.#out.emit({
      type: 'leg.transferred',
      kind: 'blind',
      by: by.id,
      byOther: null,
      leg: handedOn?.id ?? null,
      toLeg: null,
      toNumber: told(message.get('Extension')),
    });
  }

  #attendedTransfer(message: AmiMessage): void {
    if (message.get('Result') !== 'Success') return;
    const by = this.#channels.seen(message, 'OrigTransferer');
    const byOther = this.#channels.seen(message, 'SecondTransferer');
    const handedOn = this.#channels.seen(message, 'Transferee');
    const target = this.#channels.seen(message, 'TransferTarget');
    if (by === undefined) return;
    const ids = { by: by.id, byOther: byOther?.id ?? null, leg: handedOn?.id ?? null, toLeg: target?.id ?? null };
    this.#out.emit({ type: 'leg.transferred', kind: 'attended', ...ids, toNumber: null });
  }

  #pickup(message: AmiMessage): void {
    const taker = this.#channels.seen(message);
    const target = this.#channels.seen(message, 'Target');
    if (taker === undefined) return;
    this.#out.emit({
      type: 'leg.transferred',
      kind: 'pickup',
      by: taker.id,
      byOther: null,
      leg: target?.id ?? null,
      toLeg: taker.id,
      toNumber: null,
    });
  }

  #parked(message: AmiMessage): void {
    const parked = this.#channels.seen(message, 'Parkee');
    const by = this.#channels.seen(message, 'Parker');
    if (parked === undefined) return;
    const slot = told(message.get('ParkingSpace'));
    this.#channels.serve(parked, 'parking', slot);
    this.#out.emit({
      type: 'leg.transferred',
      kind: 'park',
      by: by?.id ?? parked.id,
      byOther: null,
      leg: parked.id,
      toLeg: null,
      toNumber: slot,
    });
  }

  #unparked(message: AmiMessage): void {
    const parked = this.#channels.seen(message, 'Parkee');
    const by = this.#channels.seen(message, 'Retriever');
    if (parked === undefined || by === undefined) return;
    this.#out.emit({ type: 'leg.transferred', kind: 'unpark', by: by.id, byOther: null, leg: parked.id, toLeg: by.id, toNumber: null });
  }

  #hangupRequest(message: AmiMessage): void {
    const channel = this.#channels.get(message.get('Uniqueid'));
    if (channel === undefined || channel.hangup) return;
    this.#channels.glance(message);
    // The PBX has told the caller "busy" or "congested" itself: the far end only follows.
    if (message.get('ChannelState') === '7') return;
    channel.hangup = true;
    this.#channels.settle(channel);
    this.#out.emit({ type: 'leg.hangupRequested', leg: channel.id });
    this.#queues.hungUp(channel);
  }

  #hangup(message: AmiMessage): void {
    const id = message.get('Uniqueid');
    if (id === undefined) return;
    this.#channels.glance(message);
    const channel = this.#channels.get(id);
    if (channel !== undefined) this.#queues.wentOn(channel);
    this.#channels.end(id);
    const cause = Number(message.get('Cause'));
    this.#out.emit({ type: 'leg.ended', leg: id, cause: Number.isNaN(cause) ? null : cause, causeText: told(message.get('Cause-txt')) });
  }

  #served(message: AmiMessage, application: string | undefined, detail: string | undefined, prefix = ''): void {
    const channel = this.#channels.seen(message, prefix);
    if (channel !== undefined) this.#channels.serve(channel, serviceOf(application), detail ?? null);
  }

  /** Where CEL is switched on it names the applications at once. It comes by a queue of its own: before or after the rest. */
  #cel(message: AmiMessage): void {
    const name = message.get('EventName');
    if (name !== 'APP_START' && name !== 'APP_END') return;
    const service = serviceOf(message.get('Application'));
    if (service !== 'voicemail') return;
    const channel = this.#channels.get(message.get('UniqueID'));
    if (channel === undefined) return;
    if (name === 'APP_START') this.#channels.serve(channel, service, told(message.get('AppData')));
    else if (channel.service === service) this.#channels.serve(channel, null, null);
  }

  #deviceState(message: AmiMessage): void {
    const device = message.get('Device');
    const state = message.get('State');
    if (device === undefined || state === undefined || this.#names.user(device) === undefined || this.#devices.get(device) === state)
      return;
    this.#devices.set(device, state);
    this.#out.emit({ type: 'device.state', device, state: deviceState(state) });
  }
}

/** Events that `live` does something with. */
export const WANTED_EVENTS: ReadonlySet<string> = new Set(new AsteriskMapper({ directory: null, firstSeq: 0 }).handlers.keys());
