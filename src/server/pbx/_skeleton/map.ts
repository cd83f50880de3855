/** Pure: what the phone system says, in neutral events, numbered without a hole. */
import type { AccountKey, NeutralEvent, Origin } from '../../../contract/events.ts';
import type { Happened, RunningLeg } from './wire.ts';

/** An event without its envelope. */
type Bare<E> = E extends NeutralEvent ? Omit<E, 'at' | 'receivedAt' | 'seq' | 'origin'> : never;
type Told = Bare<NeutralEvent>;

export interface Mapper {
  /** @param at our time of the snapshot */
  snapshot(legs: readonly RunningLeg[], at: number, run: { epoch: string; restarted: boolean }): NeutralEvent[];
  /** @param skewMs the phone system's clock minus ours */
  live(event: Happened, receivedAt: number, skewMs: number): NeutralEvent;
}

export function createMapper(firstSeq: number): Mapper {
  let seq = firstSeq;
  const numbered = (told: Told, at: number, receivedAt: number, origin: Origin): NeutralEvent =>
    ({ ...told, at, receivedAt, seq: seq++, origin }) as NeutralEvent;
  return {
    snapshot: (legs, at, { epoch, restarted }) =>
      [
        { type: 'snapshot.started', restarted, epoch, gap: true } as const,
        ...legs.flatMap(running),
        { type: 'snapshot.completed' } as const,
      ].map((told) => numbered(told, at, at, 'snapshot')),
    live: (event, receivedAt, skewMs) => numbered(neutral(event), event.at - skewMs, receivedAt, 'live'),
  };
}

function running({ leg, call, device, number, name, up, bridge }: RunningLeg): Told[] {
  const party = { number, name };
  const started: Told = { type: 'leg.started', leg, call, kind: 'device', device, party, dialled: null, keys: keysOf(device), up };
  return bridge === null ? [started] : [started, { type: 'leg.bridged', leg, bridge, replaces: null }];
}

function neutral(event: Happened): Told {
  const { leg } = event;
  switch (event.event) {
    case 'started': {
      const { call, device, number, name, dialled } = event;
      return { type: 'leg.started', leg, call, kind: 'device', device, party: { number, name }, dialled, keys: keysOf(device), up: false };
    }
    case 'ringing':
      return { type: 'leg.ringing', leg };
    case 'answered':
      return { type: 'leg.answered', leg };
    case 'joined':
      return { type: 'leg.bridged', leg, bridge: event.bridge, replaces: null };
    case 'left':
      return { type: 'leg.unbridged', leg, bridge: event.bridge };
    case 'ended':
      return { type: 'leg.ended', leg, cause: null, causeText: null };
  }
}

/** What a customer's rule can match: at the least the phone's name. A leg without keys is nobody's, even where one rule takes all. */
export function keysOf(device: string): readonly AccountKey[] {
  return [`name:${device}`];
}
