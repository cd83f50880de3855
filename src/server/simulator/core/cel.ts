import { localTime } from './cdr.ts';
import type { Bridge, Channel } from './channel.ts';
import { line } from './event.ts';
import type { Switch } from './switch.ts';

/** Applications whose begin and end the simulated cel.conf lists. */
const WATCHED = new Set(['Dial', 'Queue', 'Park', 'ParkedCall', 'VoiceMail']);

/** Channel event logging over AMI, as with `events = ALL` and `[manager] enabled = yes` (streams and digits left out). */
export class CelWriter {
  #pbx: Switch;
  /** Who hung up, by uniqueid of every leg that ends by it. */
  #hangupSources = new Map<string, string>();

  constructor(pbx: Switch) {
    this.#pbx = pbx;
  }

  write(type: string, channel: Channel, extra = '', peer: Channel | null = null): void {
    const started = type !== 'CHAN_START';
    this.#pbx.send(
      'CEL',
      'call',
      line('EventName', type) +
        line('AccountCode', channel.account) +
        line('CallerIDnum', channel.callerId.number) +
        line('CallerIDname', channel.callerId.name) +
        line('CallerIDani', started ? channel.callerId.number : '') +
        line('CallerIDrdnis', '') +
        line('CallerIDdnid', started ? channel.dnid : '') +
        line('Exten', channel.exten) +
        line('Context', channel.context) +
        line('Channel', channel.name) +
        line('Application', channel.application) +
        line('AppData', channel.appData) +
        line('EventTime', localTime(this.#pbx.now())) +
        line('AMAFlags', 'DOCUMENTATION') +
        line('UniqueID', channel.uniqueid) +
        line('LinkedID', channel.linkedid) +
        (channel.tenant ? line('TenantID', channel.tenant) : '') +
        line('Userfield', '') +
        line('Peer', peer?.name ?? '') +
        line('PeerAccount', peer?.account ?? '') +
        line('Extra', extra),
    );
  }

  applicationStarts(channel: Channel): void {
    if (WATCHED.has(channel.application)) this.write('APP_START', channel);
  }

  /** A dialled leg keeps the name of what dialled it (AppDial, AppQueue) to its end. */
  applicationEnds(channel: Channel): void {
    if (channel.application.startsWith('App')) return;
    if (WATCHED.has(channel.application)) this.write('APP_END', channel);
    channel.application = '';
    channel.appData = '';
  }

  bridged(type: 'BRIDGE_ENTER' | 'BRIDGE_EXIT', channel: Channel, bridge: Bridge): void {
    const peer = bridge.channels.find((c) => c !== channel) ?? null;
    this.write(type, channel, JSON.stringify({ bridge_id: bridge.id, bridge_technology: bridge.technology }), peer);
  }

  hangupSource(channel: Channel): void {
    for (const leg of [channel, ...(channel.bridge?.channels ?? [])]) this.#hangupSources.set(leg.uniqueid, channel.name);
  }

  ended(channel: Channel, cause: number): void {
    const source = this.#hangupSources.get(channel.uniqueid) ?? '';
    this.#hangupSources.delete(channel.uniqueid);
    this.write('HANGUP', channel, JSON.stringify({ hangupcause: cause, hangupsource: source, dialstatus: channel.dialStatus }));
    this.write('CHAN_END', channel);
  }

  callEnded(channel: Channel): void {
    this.write('LINKEDID_END', channel);
  }
}
