import { bridgeBlock, channelBlock, type Bridge, type Channel } from './channel.ts';
import { line } from './event.ts';
import type { Switch } from './switch.ts';

export function createBridge(pbx: Switch, kind: 'basic' | 'parking' = 'basic'): Bridge {
  const bridge: Bridge = {
    id: pbx.random.uuid(),
    type: kind,
    technology: kind === 'parking' ? 'holding_bridge' : 'simple_bridge',
    creator: kind === 'parking' ? 'Parking' : '<unknown>',
    name: kind === 'parking' ? 'default' : '<unknown>',
    channels: [],
  };
  pbx.bridges.set(bridge.id, bridge);
  pbx.send('BridgeCreate', 'call', bridgeBlock(bridge));
  return bridge;
}

/** Puts the channel into the bridge. Calls that meet here become one: the oldest linkedid wins, silently. */
export function enterBridge(pbx: Switch, bridge: Bridge, channel: Channel, replaces?: Channel): void {
  bridge.channels.push(channel);
  channel.bridge = bridge;
  if (bridge.type === 'basic') mergeLinkedids(pbx, bridge.channels);
  const swap = replaces ? line('SwapUniqueid', replaces.uniqueid) : '';
  pbx.send('BridgeEnter', 'call', bridgeBlock(bridge) + channelBlock(channel) + swap);
  pbx.cel.bridged('BRIDGE_ENTER', channel, bridge);
  pbx.records.bridged(bridge);
}

/** Takes the channel out; an empty bridge goes, the parking lot's stays. */
export function leaveBridge(pbx: Switch, channel: Channel): void {
  const bridge = channel.bridge;
  if (!bridge) return;
  pbx.cel.bridged('BRIDGE_EXIT', channel, bridge);
  bridge.channels.splice(bridge.channels.indexOf(channel), 1);
  channel.bridge = null;
  pbx.send('BridgeLeave', 'call', bridgeBlock(bridge) + channelBlock(channel));
  pbx.records.unbridged(channel);
}

export function destroyBridge(pbx: Switch, bridge: Bridge): void {
  pbx.bridges.delete(bridge.id);
  pbx.send('BridgeDestroy', 'call', bridgeBlock(bridge));
}

/** `by` presses hold: the other side hears music and its device shows ONHOLD. */
export function hold(pbx: Switch, by: Channel): void {
  pbx.sendChannel('Hold', by, line('MusicClass', 'default'));
  for (const other of othersOf(by)) {
    other.held = true;
    pbx.sendChannel('MusicOnHoldStart', other, line('Class', 'default'));
    pbx.devices.refresh(other.device);
  }
}

export function unhold(pbx: Switch, by: Channel): void {
  pbx.sendChannel('Unhold', by);
  for (const other of othersOf(by)) {
    if (!other.held) continue;
    other.held = false;
    pbx.sendChannel('MusicOnHoldStop', other);
    pbx.devices.refresh(other.device);
  }
}

const othersOf = (channel: Channel): Channel[] => channel.bridge?.channels.filter((c) => c !== channel) ?? [];

function mergeLinkedids(pbx: Switch, channels: readonly Channel[]): void {
  const oldest = channels.map((c) => c.linkedid).reduce((a, b) => (order(b) < order(a) ? b : a));
  // Only those in the bridge change at once; a leg elsewhere follows when it meets them.
  for (const channel of channels) {
    const old = channel.linkedid;
    if (old === oldest) continue;
    channel.linkedid = oldest;
    if (!pbx.callLives(old)) pbx.cel.write('LINKEDID_END', { ...channel, linkedid: old });
  }
}

const order = (linkedid: string): number => Number(linkedid.slice(linkedid.indexOf('.') + 1));
