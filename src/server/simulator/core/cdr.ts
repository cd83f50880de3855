import type { Bridge, CallerId, Channel } from './channel.ts';
import { line } from './event.ts';
import type { Switch } from './switch.ts';

interface CallRecord {
  a: Channel;
  b: Channel | null;
  /** Caller id and destination as they were when the record began. */
  callerId: CallerId;
  destination: string;
  destinationContext: string;
  application: string;
  appData: string;
  start: number;
  answer: number | null;
  end: number | null;
  disposition: 'ANSWERED' | 'NO ANSWER' | 'BUSY' | 'CONGESTION';
  sequence: number;
}

/**
 * Call detail records the way Asterisk makes them: one per pair of channels that dialled or talked,
 * and one for what a channel did alone; all told when the channel that caused them is gone.
 */
export class CallRecords {
  #pbx: Switch;
  #records = new Map<Channel, CallRecord[]>();
  #sequence = 0;

  constructor(pbx: Switch) {
    this.#pbx = pbx;
  }

  /** Only channels that came in by themselves own records. */
  started(channel: Channel): void {
    if (channel.dnid === '') return;
    this.#records.set(channel, []);
    this.#open(channel, null, channel.createdAt);
  }

  executed(channel: Channel): void {
    const records = this.#records.get(channel);
    if (!records) return;
    const open = records.find((r) => r.end === null) ?? this.#open(channel, null, this.#pbx.now());
    if (open.b !== null) return;
    open.application = channel.application;
    open.appData = channel.appData;
    if (channel.state !== 6) open.destination = channel.exten === 's' ? open.destination : channel.exten;
    if (channel.context !== 'from-trunk') open.destinationContext = channel.account || channel.context;
  }

  answered(channel: Channel): void {
    const alone = this.#records.get(channel)?.find((r) => r.end === null && r.b === null);
    if (!alone) return;
    alone.answer ??= this.#pbx.now();
    alone.disposition = 'ANSWERED';
  }

  dialled(caller: Channel, callee: Channel): void {
    const records = this.#records.get(caller);
    if (!records) return;
    const alone = records.find((r) => r.end === null && r.b === null);
    const record = alone ?? this.#open(caller, callee, records.at(-1)?.start ?? this.#pbx.now());
    record.b = callee;
    record.callerId = caller.callerId;
    record.application = caller.application;
    record.appData = caller.appData;
  }

  dialEnded(caller: Channel, callee: Channel, status: string): void {
    const record = this.#records.get(caller)?.find((r) => r.b === callee && r.end === null);
    if (!record) return;
    if (status === 'ANSWER') {
      record.answer ??= this.#pbx.now();
      record.disposition = 'ANSWERED';
      return;
    }
    record.end = this.#pbx.now();
    record.disposition = status === 'BUSY' || status === 'CONGESTION' ? status : 'NO ANSWER';
  }

  /** The channel stands in the parking lot; its dialplan application goes on by name. */
  parked(channel: Channel, place: string): void {
    if (!this.#records.has(channel)) return;
    const record = this.#open(channel, null, this.#pbx.now());
    record.application = 'Park';
    record.appData = place;
  }

  /** Two who met without a dial between them: a transfer, a fetched parked call. */
  bridged(bridge: Bridge): void {
    if (bridge.type !== 'basic' || bridge.channels.length !== 2) return;
    const [a, b] = bridge.channels.toSorted((x, y) => x.order - y.order);
    if (!a || !b || this.#records.get(a)?.some((r) => r.b === b && r.end === null)) return;
    for (const leg of [a, b]) for (const record of this.#records.get(leg) ?? []) if (record.b === null) record.end ??= this.#pbx.now();
    if (!this.#records.has(a)) return;
    this.#open(a, b, this.#pbx.now());
  }

  unbridged(channel: Channel): void {
    for (const records of this.#records.values()) {
      for (const record of records) if (record.a === channel || record.b === channel) record.end ??= this.#pbx.now();
    }
  }

  channelEnded(channel: Channel): void {
    const records = this.#records.get(channel);
    if (!records) return;
    this.#records.delete(channel);
    for (const record of records) {
      record.end ??= this.#pbx.now();
      this.#pbx.send('Cdr', 'cdr', cdrFields(record));
    }
  }

  #open(a: Channel, b: Channel | null, start: number): CallRecord {
    const records = this.#records.get(a) ?? [];
    const before = records.at(-1);
    const up = a.state === 6;
    const record: CallRecord = {
      a,
      b,
      callerId: a.callerId,
      destination: before?.destination ?? a.exten,
      destinationContext: before?.destinationContext ?? a.context,
      application: a.application,
      appData: a.appData,
      start,
      answer: up ? this.#pbx.now() : null,
      end: null,
      disposition: up ? 'ANSWERED' : (before?.disposition ?? 'NO ANSWER'),
      sequence: this.#sequence++,
    };
    records.push(record);
    return record;
  }
}

function cdrFields(record: CallRecord): string {
  const end = record.end ?? record.start;
  const seconds = (from: number): number => Math.floor((end - from) / 1000);
  return (
    line('AccountCode', record.a.account) +
    line('Source', record.callerId.number) +
    line('Destination', record.destination) +
    line('DestinationContext', record.destinationContext) +
    line('CallerID', `"${record.callerId.name}" <${record.callerId.number}>`) +
    line('Channel', record.a.name) +
    line('DestinationChannel', record.b?.name ?? '') +
    line('LastApplication', record.application) +
    line('LastData', record.appData) +
    line('StartTime', localTime(record.start)) +
    line('AnswerTime', record.answer === null ? '' : localTime(record.answer)) +
    line('EndTime', localTime(end)) +
    line('Duration', seconds(record.start)) +
    line('BillableSeconds', record.answer === null ? 0 : seconds(record.answer)) +
    line('Disposition', record.disposition) +
    line('AMAFlags', 'DOCUMENTATION') +
    line('UniqueID', record.a.uniqueid) +
    line('UserField', '') +
    line('LinkedID', record.a.linkedid) +
    line('PeerAccount', record.b?.account ?? '') +
    line('Sequence', record.sequence)
  );
}

/** The PBX's clock on the wall: the simulated one stands in UTC. */
export const localTime = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');
