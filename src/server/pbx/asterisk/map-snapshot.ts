import { serviceOf, type Channels } from './map-channels.ts';
import { deviceState, type Names } from './map-names.ts';
import type { Members } from './map-members.ts';
import type { Output } from './map-output.ts';
import type { AmiMessage } from './message.ts';

/** The lists read at the start of a session; the response and completion messages may be among them. */
export interface SnapshotLists {
  /** CoreShowChannel */
  channels: readonly AmiMessage[];
  /** BridgeListItem; BridgeInfoChannel is used too if given (with BridgeUniqueid). */
  bridges: readonly AmiMessage[];
  /** QueueParams, QueueMember, QueueEntry */
  queueStatus: readonly AmiMessage[];
  /** DeviceStateChange */
  deviceStates: readonly AmiMessage[];
}

interface Parts {
  out: Output;
  channels: Channels;
  members: Members;
  names: Names;
}

/** Tells everything that is, between the frame's two events. */
export function mapSnapshot({ out, channels, members, names }: Parts, lists: SnapshotLists): void {
  members.forget();
  const status = (name: string): AmiMessage[] => lists.queueStatus.filter((message) => message.name === name);
  for (const message of status('QueueMember')) members.joined(message);
  const shown = lists.channels.filter((message) => message.name === 'CoreShowChannel');
  const named = new Set(shown.map((message) => message.get('Uniqueid')));
  for (const channel of channels.all()) if (!named.has(channel.id)) channels.end(channel.id);
  for (const message of shown) channels.start(message, '', out.at - durationIn(message));
  const dialling = diallersOf(shown);
  for (const message of shown) dialled(out, message, dialling);
  const parking = new Set(
    lists.bridges.filter((message) => message.get('BridgeType') === 'parking').map((message) => message.get('BridgeUniqueid')),
  );
  const members_ = new Map(
    lists.bridges
      .filter((message) => message.name === 'BridgeInfoChannel')
      .map((message) => [message.get('Uniqueid'), message.get('BridgeUniqueid')]),
  );
  for (const message of shown) {
    const channel = channels.get(message.get('Uniqueid'));
    if (channel === undefined) continue;
    const bridge = message.get('BridgeId') || members_.get(channel.id);
    channel.queue = null;
    channel.left = null;
    channel.bridge = null;
    if (message.get('ChannelState') === '5') out.emit({ type: 'leg.ringing', leg: channel.id });
    if (bridge !== undefined && bridge !== '' && !parking.has(bridge)) {
      channel.bridge = bridge;
      out.emit({ type: 'leg.bridged', leg: channel.id, bridge, replaces: null });
    } else
      channels.serve(
        channel,
        bridge !== undefined && parking.has(bridge) ? 'parking' : serviceOf(message.get('Application')),
        message.get('ApplicationData') ?? null,
      );
  }
  for (const message of status('QueueEntry')) {
    const channel = channels.get(message.get('Uniqueid'));
    const queue = message.get('Queue');
    if (channel === undefined || queue === undefined) continue;
    channel.queue = queue;
    out.emit({
      type: 'queue.entered',
      leg: channel.id,
      queue,
      position: Number(message.get('Position')) || null,
      waitedMs: Number(message.get('Wait') ?? 0) * 1_000 || 0,
      keys: names.queueKeys(queue),
    });
  }
  for (const channel of channels.all()) channels.settle(channel);
  for (const message of lists.deviceStates) {
    const device = message.get('Device');
    if (message.name === 'DeviceStateChange' && device !== undefined && names.user(device) !== undefined)
      out.emit({ type: 'device.state', device, state: deviceState(message.get('State')) });
  }
}

/** A leg that the PBX dialled runs AppDial or AppQueue; for whom, is the one of its call that dials. */
function dialled(out: Output, message: AmiMessage, diallers: ReadonlyMap<string, readonly AmiMessage[]>): void {
  const application = message.get('Application');
  const leg = message.get('Uniqueid');
  if (leg === undefined || (application !== 'AppDial' && application !== 'AppQueue')) return;
  const queued = application === 'AppQueue';
  const callers = diallers.get(`${queued ? 'Queue' : 'Dial'} ${message.get('Linkedid')}`) ?? [];
  const only = callers.length === 1 ? callers[0] : undefined;
  out.emit({ type: 'leg.dialled', leg, parent: only?.get('Uniqueid') ?? null });
  const queue = queued ? only?.get('ApplicationData')?.split(',')[0] : undefined;
  const caller = only?.get('Uniqueid');
  if (queue === undefined || caller === undefined) return;
  const agent = (message.get('Channel') ?? '').replace(/-[0-9a-f]+(?:;[12])?$/i, '');
  out.emit({
    type: message.get('BridgeId') ? 'queue.connected' : 'queue.offered',
    leg: caller,
    queue,
    agent,
    targetLeg: leg,
    waitMs: null,
  });
}

/** Legs that dial or queue now, by application and Linkedid. */
function diallersOf(channels: readonly AmiMessage[]): Map<string, AmiMessage[]> {
  const diallers = new Map<string, AmiMessage[]>();
  for (const message of channels) {
    const application = message.get('Application');
    if (application !== 'Dial' && application !== 'Queue') continue;
    const key = `${application} ${message.get('Linkedid')}`;
    const known = diallers.get(key);
    if (known === undefined) diallers.set(key, [message]);
    else known.push(message);
  }
  return diallers;
}

/** `Duration: 00:01:02`, ms. */
function durationIn(message: AmiMessage): number {
  const [hours = 0, minutes = 0, seconds = 0] = (message.get('Duration') ?? '').split(':').map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1_000 || 0;
}
