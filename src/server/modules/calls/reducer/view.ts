import type { Conversation, Group, Leg } from './facts.ts';
import { intersect, stretch, subtract, union, type Stretch } from './intervals.ts';
import { originOf } from './owners.ts';

/** The user of a customer's device; null if there is none. */
export type ResolveUser = (customerId: string, device: string, number: string | null) => string | null;

/** What one customer may see of a group: its own legs, and the legs they dealt with. */
export interface View {
  customerId: string;
  group: Group;
  own: readonly Leg[];
  /** Own and foreign, in order of start. */
  legs: readonly Leg[];
  /** In which an own leg takes part. */
  conversations: readonly Conversation[];
  /** The leg that began it all. */
  caller: Leg;
  /** When the first of the customer's own legs began. */
  startedAt: number;
  /** When the last of them ended; null: one goes on. */
  endedAt: number | null;
  /** Open times are counted up to here. */
  now: number;
}

/** @returns null if nothing in the group is the customer's */
export function viewOf(group: Group, customerId: string): View | null {
  const own = group.legs.filter((leg) => leg.kind !== 'internal' && leg.owner === customerId);
  if (own.length === 0) return null;
  const visible = new Set(own);
  const conversations = group.conversations.filter(({ a, b }) => a.owner === customerId || b.owner === customerId);
  for (const { a, b } of conversations) visible.add(a).add(b);
  for (const leg of group.legs) {
    if (leg.kind === 'internal') continue;
    const origin = originOf(leg);
    if (origin === null) continue;
    if (leg.owner === customerId) visible.add(origin);
    else if (origin.owner === customerId) visible.add(leg);
  }
  const legs = group.legs.filter((leg) => visible.has(leg)).sort((a, b) => a.startedAt - b.startedAt || a.order - b.order);
  const caller = legs.find((leg) => leg.parent === undefined) ?? legs.find((leg) => originOf(leg) === null) ?? legs[0];
  const startedAt = Math.min(...own.map((leg) => leg.startedAt));
  const endedAt = own.some((leg) => leg.endedAt === null) ? null : Math.max(...own.map((leg) => leg.endedAt ?? 0));
  return caller === undefined ? null : { customerId, group, own, legs, conversations, caller, startedAt, endedAt, now: group.lastAt };
}

export function isOwn(view: View, leg: Leg): boolean {
  return leg.owner === view.customerId;
}

/** The leg for which it was dialled; null for those who came in by themselves. */
export function originIn(view: View, leg: Leg): Leg | null {
  if (leg === view.caller || leg.parent === undefined) return null;
  const origin = originOf(leg);
  if (origin !== null) return view.legs.includes(origin) ? origin : view.caller;
  // Dialled through a helper that nobody is known to have dialled (transfer by keys): whoever it talked to first.
  const first = view.conversations.find((c) => c.a === leg || c.b === leg);
  const partner = first === undefined ? view.caller : first.a === leg ? first.b : first.a;
  return partner.startedAt <= leg.startedAt ? partner : view.caller;
}

/** Queue that rang the leg, directly or through an internal pair. */
export function offeredBy(leg: Leg): string | null {
  let at: Leg | null | undefined = leg;
  for (let hops = 0; at != null && hops < 16; hops++) {
    const offer = at.offer ?? (at === leg ? null : at.mate?.offer);
    if (offer != null) return offer.queue;
    const next: Leg | null | undefined = at.parent ?? (at === leg ? undefined : at.mate?.parent);
    if (next != null && next.kind !== 'internal') return null;
    at = next;
  }
  return null;
}

/** End of the time in which the leg might still be answered; Infinity: it still may. */
export function pendingUntil(leg: Leg): number {
  return leg.answeredAt ?? leg.failedAt ?? leg.endedAt ?? Infinity;
}

export function ringing(leg: Leg): Stretch[] {
  return leg.ringingAt === null || leg.parent === undefined ? [] : union([{ from: leg.ringingAt, to: pendingUntil(leg) }]);
}

export function together(conversations: readonly Conversation[]): Stretch[] {
  return union(conversations.map(stretch));
}

/** The part of the conversations in which one of the two had the other on hold. */
export function heldIn(conversations: readonly Conversation[]): Stretch[] {
  return subtract(together(conversations), talkedIn(conversations));
}

/** The part in which at least one pair could hear each other. */
export function talkedIn(conversations: readonly Conversation[]): Stretch[] {
  const talked: Stretch[] = [];
  for (const { a, b, from, to } of conversations) {
    const whole = [stretch({ from, to })];
    // Who presses hold means the one it talks to, not whom it talks to meanwhile.
    const holds = union([...a.holds, ...b.holds].filter((hold) => hold.from >= from - HOLD_MS).map(stretch));
    talked.push(...(holds.length === 0 ? whole : subtract(whole, intersect(whole, holds))));
  }
  return union(talked);
}

/** A phone may be on hold a moment before it is in the bridge. */
const HOLD_MS = 50;

/** What belongs to entering a room is told within this time. */
const ROOM_MS = 1_000;

/** Rooms are told as an application's part of each who is in them, not pair by pair. */
export function isConference(view: View, conversation: Conversation): boolean {
  const inRoom = (leg: Leg): boolean =>
    leg.services.some((s) => s.service === 'conference' && s.from <= conversation.from + ROOM_MS && (s.to ?? Infinity) > conversation.from);
  if (inRoom(conversation.a) || inRoom(conversation.b)) return true;
  const beside = view.conversations.filter((c) => c.from <= conversation.from && (c.to ?? Infinity) > conversation.from);
  return (
    beside.filter((c) => c.a === conversation.a || c.b === conversation.a).length > 1 &&
    beside.filter((c) => c.a === conversation.b || c.b === conversation.b).length > 1
  );
}
