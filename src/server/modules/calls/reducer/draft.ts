import type { TransferKind } from '../../../../contract/events.ts';
import type { Conversation, Leg, QueueStay } from './facts.ts';
import type { SegmentKind } from './model.ts';

/** A part of a call in the making. */
export interface Draft {
  /** What decides the segment's kind: rung phones, a queue, an application, or a talk that came about by a transfer. */
  by: 'dial' | 'queue' | 'service' | 'talk';
  origin: Leg;
  targets: Leg[];
  queue: string | null;
  stay: QueueStay | null;
  service: SegmentKind | null;
  from: number;
  /** null: still going on. */
  to: number | null;
  /** Whoever answered. */
  answerer: Leg | null;
  answeredAt: number | null;
  conversations: Conversation[];
  transfer: TransferKind | null;
  consultation: boolean;
  /** The origin handed it on while it still rang. */
  left: boolean;
}

export function newDraft(by: Draft['by'], origin: Leg, from: number): Draft {
  return {
    by,
    origin,
    targets: [],
    queue: null,
    stay: null,
    service: null,
    from,
    to: null,
    answerer: null,
    answeredAt: null,
    conversations: [],
    transfer: null,
    consultation: false,
    left: false,
  };
}
