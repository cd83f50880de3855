import { line } from './event.ts';

export const STATE_TEXT = { 0: 'Down', 4: 'Ring', 5: 'Ringing', 6: 'Up' } as const;
export type ChannelState = keyof typeof STATE_TEXT;

export interface CallerId {
  number: string;
  name: string;
}

export const NOBODY: CallerId = { number: '', name: '' };

/** One leg on the PBX. */
export interface Channel {
  readonly name: string;
  readonly uniqueid: string;
  /** Counter behind the uniqueid: tells the older of two. */
  readonly order: number;
  readonly device: string;
  readonly createdAt: number;
  linkedid: string;
  state: ChannelState;
  callerId: CallerId;
  connected: CallerId;
  account: string;
  /** Empty: the header is left out. */
  tenant: string;
  context: string;
  exten: string;
  priority: number;
  /** The application that runs it now; empty before and after the dialplan. */
  application: string;
  appData: string;
  /** What the outside or the phone dialled. */
  dnid: string;
  bridge: Bridge | null;
  /** Its partner pressed hold. */
  held: boolean;
  dialStatus: string;
  /** SIP's answer code behind a failure, sent as TechCause; 0: none. */
  techCause: number;
}

export interface Bridge {
  readonly id: string;
  readonly type: 'basic' | 'parking';
  readonly technology: 'simple_bridge' | 'holding_bridge';
  readonly creator: string;
  readonly name: string;
  readonly channels: Channel[];
}

/** Asterisk's channel block; `prefix` as in DestChannel. */
export function channelBlock(channel: Channel, prefix = ''): string {
  return (
    line(`${prefix}Channel`, channel.name) +
    line(`${prefix}ChannelState`, channel.state) +
    line(`${prefix}ChannelStateDesc`, STATE_TEXT[channel.state]) +
    line(`${prefix}CallerIDNum`, known(channel.callerId.number)) +
    line(`${prefix}CallerIDName`, known(channel.callerId.name)) +
    line(`${prefix}ConnectedLineNum`, known(channel.connected.number)) +
    line(`${prefix}ConnectedLineName`, known(channel.connected.name)) +
    line(`${prefix}Language`, 'en') +
    line(`${prefix}AccountCode`, channel.account) +
    line(`${prefix}Context`, channel.context) +
    line(`${prefix}Exten`, channel.exten) +
    line(`${prefix}Priority`, channel.priority) +
    line(`${prefix}Uniqueid`, channel.uniqueid) +
    line(`${prefix}Linkedid`, channel.linkedid) +
    (channel.tenant ? line(`${prefix}Tenantid`, channel.tenant) : '')
  );
}

const known = (text: string): string => text || '<unknown>';

/** Asterisk's bridge block; `prefix` as in OrigBridge. */
export function bridgeBlock(bridge: Bridge, prefix = ''): string {
  return (
    line(`${prefix}BridgeUniqueid`, bridge.id) +
    line(`${prefix}BridgeType`, bridge.type) +
    line(`${prefix}BridgeTechnology`, bridge.technology) +
    line(`${prefix}BridgeCreator`, bridge.creator) +
    line(`${prefix}BridgeName`, bridge.name) +
    line(`${prefix}BridgeNumChannels`, bridge.channels.length) +
    line(`${prefix}BridgeVideoSourceMode`, 'none')
  );
}

export const CAUSES: Readonly<Record<number, string>> = {
  0: 'Unknown',
  1: 'Unallocated (unassigned) number',
  16: 'Normal Clearing',
  17: 'User busy',
  19: 'User alerting, no answer',
  26: 'Answered elsewhere',
  34: 'Circuit/channel congestion',
  127: 'Interworking, unspecified',
};
