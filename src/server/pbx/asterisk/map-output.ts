import type { NeutralEvent, Origin } from '../../../contract/events.ts';

type Fact<E> = E extends NeutralEvent ? Omit<E, 'at' | 'receivedAt' | 'seq' | 'origin'> : never;

/** A neutral event without its envelope. */
export type NeutralFact = Fact<NeutralEvent>;

/** Collects what one message means and puts the envelope around it. */
export class Output {
  at = 0;
  receivedAt = 0;
  origin: Origin = 'live';
  #seq: number;
  #events: NeutralEvent[] = [];

  constructor(firstSeq: number) {
    this.#seq = firstSeq;
  }

  /** @param at when it happened, if not when the message says */
  emit(fact: NeutralFact, at: number = this.at): void {
    // Both halves are whole: TypeScript cannot follow a union through a spread.
    this.#events.push(Object.assign(fact, { at, receivedAt: this.receivedAt, seq: this.#seq++, origin: this.origin }) as NeutralEvent);
  }

  take(): NeutralEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }
}
