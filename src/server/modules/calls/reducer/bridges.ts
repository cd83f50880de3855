/**
 * Who hears whom. Legs stand in bridges; an internal pair joins the bridge of its one end to that of
 * the other. Real legs that can be reached from each other are in conversation.
 */
import type { Conversation, Leg } from './facts.ts';

/** The PBX may take a leg out of one bridge and put it into another within one conversation. */
const SEAM_MS = 250;

/** In larger conferences everybody is paired with the eldest only: pairs grow by the square. */
const CROWD = 8;

export class Bridges {
  readonly #members = new Map<string, Set<Leg>>();
  readonly #met: (a: Leg, b: Leg) => void;

  /** @param met two legs of different groups are in conversation: they are one call */
  constructor(met: (a: Leg, b: Leg) => void) {
    this.#met = met;
  }

  /** @param replaces a leg that gives its place to this one, or null */
  enter(leg: Leg, bridge: string, at: number, replaces: Leg | null): void {
    if (leg.bridge === bridge) return;
    if (leg.bridge !== null) this.leave(leg, leg.bridge, at);
    let members = this.#members.get(bridge);
    if (members === undefined) this.#members.set(bridge, (members = new Set()));
    members.add(leg);
    leg.bridge = bridge;
    if (replaces !== null && replaces.bridge === bridge) this.leave(replaces, bridge, at);
    this.#settle(this.#hearers(bridge), at);
  }

  leave(leg: Leg, bridge: string, at: number): void {
    if (leg.bridge !== bridge) return;
    const before = this.#hearers(bridge);
    const members = this.#members.get(bridge);
    members?.delete(leg);
    if (members?.size === 0) this.#members.delete(bridge);
    leg.bridge = null;
    this.#settle(before, at);
  }

  pair(one: Leg, other: Leg, at: number): void {
    one.mate = other;
    other.mate = one;
    for (const end of [one, other]) if (end.bridge !== null) this.#settle(this.#hearers(end.bridge), at);
  }

  /** The leg is over. */
  remove(leg: Leg, at: number): void {
    if (leg.bridge !== null) this.leave(leg, leg.bridge, at);
    this.silence(leg, at);
  }

  /** The leg took its partner from hold, or the held one is served otherwise: a hold over the distance is over. */
  reunite(leg: Leg, at: number): void {
    for (const conversation of leg.talking.values()) if (conversation.apart) end(conversation, at);
  }

  /** The leg talks to nobody, whatever the bridges say. */
  silence(leg: Leg, at: number): void {
    for (const conversation of leg.talking.values()) end(conversation, at);
  }

  /** Brings the conversations of these legs in line with the bridges. */
  #settle(legs: readonly Leg[], at: number): void {
    for (const leg of legs) {
      const now = leg.bridge === null ? [] : this.#hearers(leg.bridge);
      const crowd = now.length > CROWD;
      const eldest = crowd ? now.reduce((x, y) => (y.order < x.order ? y : x)) : null;
      if (leg.talking.size > 0) part(leg, now, at);
      for (const other of now) if (other !== leg && (!crowd || other === eldest || leg === eldest)) this.#begin(leg, other, at);
    }
  }

  #begin(a: Leg, b: Leg, at: number): void {
    const going = a.talking.get(b);
    if (going !== undefined) {
      going.apart = false;
      return;
    }
    for (const leg of [a, b])
      for (const conversation of leg.talking.values()) if (conversation.apart && !isHolding(leg, conversation)) end(conversation, at);
    if (a.group !== b.group) this.#met(a, b);
    const { conversations } = a.group;
    let conversation: Conversation | undefined;
    for (let i = conversations.length - 1; i >= 0 && conversation === undefined; i--) {
      const past = conversations[i];
      if (past !== undefined && ((past.a === a && past.b === b) || (past.a === b && past.b === a))) conversation = past;
    }
    if (conversation !== undefined && conversation.to !== null && at - conversation.to <= SEAM_MS) conversation.to = null;
    else conversations.push((conversation = { a, b, from: at, to: null, apart: false }));
    a.talking.set(b, conversation);
    b.talking.set(a, conversation);
  }

  /** Real legs that hear what is said in the bridge. */
  #hearers(bridge: string): Leg[] {
    const hearers: Leg[] = [];
    const seen = new Set<string>([bridge]);
    for (const id of seen) {
      for (const leg of this.#members.get(id) ?? []) {
        if (leg.kind !== 'internal') hearers.push(leg);
        else if (leg.mate?.bridge != null) seen.add(leg.mate.bridge);
      }
    }
    return hearers;
  }
}

/** Ends the conversations with whoever is not there any more, unless one of the two is on hold meanwhile. */
function part(leg: Leg, present: readonly Leg[], at: number): void {
  for (const [other, conversation] of leg.talking) {
    if (present.includes(other)) continue;
    if (leg.endedAt === null && other.endedAt === null && (isHolding(leg, conversation) || isHolding(other, conversation)))
      conversation.apart = true;
    else end(conversation, at);
  }
}

function isHolding(leg: Leg, conversation: Conversation): boolean {
  const hold = leg.holds.at(-1);
  return hold !== undefined && hold.to === null && hold.from >= conversation.from;
}

function end(conversation: Conversation, at: number): void {
  conversation.to = Math.max(at, conversation.from);
  conversation.a.talking.delete(conversation.b);
  conversation.b.talking.delete(conversation.a);
}
