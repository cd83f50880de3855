import type { Channel, Channels } from './map-channels.ts';
import type { Members } from './map-members.ts';
import { told } from './map-names.ts';
import type { Output } from './map-output.ts';
import type { AmiMessage } from './message.ts';

/** A hang-up this close to the moment of leaving a queue is its cause, in whatever order the two are told. */
const ABANDON_MS = 100;

interface Parts {
  out: Output;
  channels: Channels;
  members: Members;
}

interface Offer {
  /** The caller's leg. */
  leg: string;
  queue: string;
  agent: string;
  targetLeg: string | null;
}

/** Callers in queues and the agents rung for them. */
export class Queues {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  joined(message: AmiMessage): void {
    const { out, channels } = this.#parts;
    const channel = channels.seen(message);
    const queue = message.get('Queue');
    if (channel === undefined || queue === undefined) return;
    this.wentOn(channel);
    channels.rekey(channel, message);
    channel.queue = queue;
    channels.serve(channel, null, null);
    channels.settle(channel);
    const position = Number(message.get('Position')) || null;
    out.emit({ type: 'queue.entered', leg: channel.id, queue, position, waitedMs: 0, keys: channels.names.queueKeys(queue) });
  }

  /** Also sent when the queue gives up on the caller: what follows tells. */
  abandoned(message: AmiMessage): void {
    const channel = this.#parts.channels.seen(message);
    if (channel !== undefined) channel.left = { queue: message.get('Queue') ?? '', at: this.#parts.out.at, abandoned: true };
  }

  left(message: AmiMessage): void {
    const { out, channels } = this.#parts;
    const channel = channels.seen(message);
    if (channel === undefined) return;
    const queue = message.get('Queue') ?? '';
    channel.queue = null;
    channel.left ??= { queue, at: out.at, abandoned: false };
    channels.settle(channel);
    if (channel.left.abandoned && channel.hangup) this.#leftBecause(channel, 'abandoned');
    else out.emit({ type: 'queue.left', leg: channel.id, queue, reason: 'unknown' });
  }

  /** The caller went on to something else: had it left the queue by itself, it would be gone. */
  wentOn(channel: Channel): void {
    if (channel.left !== null) this.#leftBecause(channel, channel.left.abandoned ? 'timeout' : 'exitKey');
  }

  /** The caller asked to hang up. */
  hungUp(channel: Channel): void {
    const { left } = channel;
    if (left?.abandoned === true && this.#parts.out.at - left.at <= ABANDON_MS) this.#leftBecause(channel, 'abandoned');
    else this.wentOn(channel);
  }

  offered(message: AmiMessage): void {
    const offer = this.#offerIn(message);
    if (offer !== null) this.#parts.out.emit({ type: 'queue.offered', ...offer });
  }

  declined(message: AmiMessage): void {
    const offer = this.#offerIn(message);
    if (offer === null) return;
    const { leg, queue, agent } = offer;
    // In ms, whatever the documentation says.
    this.#parts.out.emit({ type: 'queue.declined', leg, queue, agent, ringMs: Number(message.get('RingTime')) || null });
  }

  connected(message: AmiMessage): void {
    const offer = this.#offerIn(message);
    if (offer === null) return;
    const caller = this.#parts.channels.get(offer.leg);
    if (caller !== undefined) caller.left = null;
    this.#parts.out.emit({ type: 'queue.connected', ...offer, waitMs: Number(message.get('HoldTime') ?? 0) * 1_000 || 0 });
  }

  completed(message: AmiMessage): void {
    const offer = this.#offerIn(message);
    if (offer === null) return;
    const { leg, queue, agent } = offer;
    const reason = message.get('Reason');
    const endedBy = reason === 'agent' || reason === 'transfer' ? reason : 'caller';
    this.#parts.out.emit({ type: 'queue.completed', leg, queue, agent, endedBy, wrapUpMs: this.#parts.members.wrapUpMs(agent, queue) });
  }

  #leftBecause(channel: Channel, reason: 'abandoned' | 'timeout' | 'exitKey'): void {
    if (channel.left === null) return;
    this.#parts.out.emit({ type: 'queue.left', leg: channel.id, queue: channel.left.queue, reason });
    channel.left = null;
  }

  #offerIn(message: AmiMessage): Offer | null {
    const caller = this.#parts.channels.seen(message);
    this.#parts.channels.glance(message, 'Dest');
    const queue = message.get('Queue');
    const agent = message.get('Interface');
    if (caller === undefined || queue === undefined || agent === undefined) return null;
    return { leg: caller.id, queue, agent, targetLeg: told(message.get('DestUniqueid')) };
  }
}
