import { bridgeBlock, channelBlock, type Channel } from '../core/channel.ts';
import { line } from '../core/event.ts';
import type { Switch } from '../core/switch.ts';
import { errorText, listText, type ActionHandler } from './answers.ts';

export const coreShowChannels: ActionHandler = (pbx, request) => {
  const items = [...pbx.channels.values()].map((channel) => ({
    event: 'CoreShowChannel',
    fields:
      channelBlock(channel) +
      line('Application', channel.application) +
      line('ApplicationData', channel.appData) +
      line('Duration', hoursMinutesSeconds(pbx.now() - channel.createdAt)) +
      line('BridgeId', channel.bridge?.id ?? ''),
  }));
  return listText(request.actionId, 'Channels will follow', items, 'CoreShowChannelsComplete');
};

export const status: ActionHandler = (pbx, request) => {
  const items = [...pbx.channels.values()].map((channel) => ({ event: 'Status', fields: statusFields(pbx, channel), idLast: true }));
  return listText(request.actionId, 'Channel status will follow', items, 'StatusComplete', line('Items', items.length));
};

export const bridgeList: ActionHandler = (pbx, request) => {
  const items = [...pbx.bridges.values()].map((bridge) => ({ event: 'BridgeListItem', fields: bridgeBlock(bridge) }));
  return listText(request.actionId, 'Bridge listing will follow', items, 'BridgeListComplete');
};

export const bridgeInfo: ActionHandler = (pbx, request) => {
  const id = request.headers.get('bridgeuniqueid');
  if (!id) return errorText(request.actionId, 'BridgeUniqueid must be provided');
  const bridge = pbx.bridges.get(id);
  if (!bridge) return errorText(request.actionId, 'Specified BridgeUniqueid not found');
  const items = bridge.channels.map((channel) => ({ event: 'BridgeInfoChannel', fields: channelBlock(channel) }));
  return listText(request.actionId, 'Bridge channel listing will follow', items, 'BridgeInfoComplete', bridgeBlock(bridge));
};

function statusFields(pbx: Switch, channel: Channel): string {
  return (
    line('Privilege', 'Call') +
    channelBlock(channel) +
    line('Type', 'PJSIP') +
    line('DNID', channel.dnid) +
    line('EffectiveConnectedLineNum', channel.connected.number || '<unknown>') +
    line('EffectiveConnectedLineName', channel.connected.name || '<unknown>') +
    line('TimeToHangup', 0) +
    line('BridgeID', channel.bridge?.id ?? '') +
    line('Application', channel.application) +
    line('Data', channel.appData) +
    line('Nativeformats', '(ulaw)') +
    line('Readformat', 'ulaw') +
    line('Readtrans', '') +
    line('Writeformat', 'ulaw') +
    line('Writetrans', '') +
    line('Callgroup', 0) +
    line('Pickupgroup', 0) +
    line('Seconds', Math.floor((pbx.now() - channel.createdAt) / 1000))
  );
}

function hoursMinutesSeconds(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((n) => String(n).padStart(2, '0')).join(':');
}
