import type { LegFailure } from '../../../../contract/events.ts';
import type { Draft } from './draft.ts';
import type { Leg as LegFacts } from './facts.ts';
import { intersect, interval, stretch, subtract, total, union, type Stretch } from './intervals.ts';
import type { CallParty, Leg, LegServiceState, LegSpan } from './model.ts';
import { heldIn, isOwn, originIn, ringing, talkedIn, type ResolveUser, type View } from './view.ts';

/** Q.850 causes that tell more than the dial's own word. */
const CAUSES: ReadonlyMap<number, LegFailure> = new Map([
  [1, 'failed'],
  [2, 'failed'],
  [3, 'failed'],
  [17, 'busy'],
  [20, 'unavailable'],
  [21, 'busy'],
  [22, 'failed'],
  [26, 'answeredElsewhere'],
  [27, 'unavailable'],
  [28, 'failed'],
  [34, 'congestion'],
  [38, 'congestion'],
  [41, 'congestion'],
  [42, 'congestion'],
  [44, 'congestion'],
]);

/** A party as the customer may see it: of whoever is not its own, the number only. */
export function partyOf(view: View, leg: LegFacts, resolveUser: ResolveUser): CallParty {
  const own = isOwn(view, leg);
  const device = own && leg.kind === 'device' ? leg.device : null;
  return {
    number: (own ? null : numberDialled(view, leg)) ?? leg.party.number,
    name: own ? leg.party.name : null,
    device,
    userId: device === null ? null : resolveUser(view.customerId, device, leg.party.number),
    queue: null,
  };
}

/** What the customer's own caller or transferer dialled to reach somebody else's phone. */
function numberDialled(view: View, leg: LegFacts): string | null {
  const origin = originIn(view, leg);
  if (origin === null || !isOwn(view, origin)) return null;
  const transfer = view.group.transfers.findLast((t) => t.leg === origin.id && t.at <= leg.startedAt + 1_000);
  return transfer === undefined ? origin.dialled : transfer.toNumber;
}

export function failureOf(leg: LegFacts): LegFailure | null {
  if (leg.answeredAt !== null || leg.parent === undefined) return null;
  if (leg.failure === 'forwarded' || leg.failure === 'busy') return leg.failure;
  const told = leg.cause === null ? undefined : CAUSES.get(leg.cause);
  if (told !== undefined) return told;
  if (leg.failure !== null) return leg.failure;
  return leg.endedAt === null ? null : 'cancelled';
}

export function describeLeg(view: View, leg: LegFacts, drafts: readonly Draft[], resolveUser: ResolveUser): Leg {
  const own = isOwn(view, leg);
  const conversations = view.conversations.filter((c) => c.a === leg || c.b === leg);
  const rung = ringing(leg);
  const talked = talkedIn(conversations);
  const held = heldIn(conversations);
  const { queue: _, ...party } = partyOf(view, leg, resolveUser);
  // Of somebody else's leg only the part is told that this customer had to do with.
  const since = own ? leg.startedAt : Math.max(leg.startedAt, view.startedAt);
  const answeredAt = own || leg.answeredAt === null || leg.answeredAt >= since ? leg.answeredAt : (conversations[0]?.from ?? null);
  return {
    ...party,
    legId: leg.id,
    segment: Math.max(
      0,
      drafts.findIndex((draft) => draft.targets.includes(leg) || draft.origin === leg),
    ),
    kind: own ? (leg.kind === 'device' ? 'device' : 'trunk') : 'trunk',
    side: originIn(view, leg) === null ? 'originator' : 'target',
    startedAt: since,
    ringingAt: rung.length === 0 ? null : leg.ringingAt,
    answeredAt,
    endedAt: own || view.endedAt === null ? leg.endedAt : Math.min(leg.endedAt ?? Infinity, view.endedAt),
    ringMs: total(rung, view.now),
    talkMs: total(talked, view.now),
    holdMs: total(held, view.now),
    failure: failureOf(leg),
    cause: own ? leg.cause : null,
    spans: spansOf(leg, own, rung, talked, held, drafts),
  };
}

function spansOf(leg: LegFacts, own: boolean, rung: Stretch[], talked: Stretch[], held: Stretch[], drafts: readonly Draft[]): LegSpan[] {
  const spans: LegSpan[] = [];
  let taken: Stretch[] = [];
  const add = (state: LegSpan['state'], stretches: readonly Stretch[]): void => {
    for (const piece of subtract(stretches, taken)) spans.push({ state, ...interval(piece) });
    taken = union([...taken, ...stretches]);
  };
  add('talking', talked);
  add('hold', held);
  add('ringing', rung);
  if (own) {
    add('parked', union(leg.services.filter((s) => s.service === 'parking').map(stretch)));
    add('queue', union(leg.stays.map(stretch)));
    for (const draft of drafts) {
      if (draft.by !== 'service' || draft.origin !== leg || draft.service === 'parking') continue;
      const whole = [stretch(draft)];
      for (const served of leg.services) add(stateNamed(served.service), intersect(whole, [stretch(served)]));
      add(stateNamed(draft.service ?? 'other'), whole);
    }
  }
  const joined: LegSpan[] = [];
  for (const span of spans.sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && last.state === span.state && last.to === span.from) last.to = span.to;
    else joined.push(span);
  }
  return joined;
}

function stateNamed(service: string): LegServiceState {
  switch (service) {
    case 'voicemail':
    case 'ivr':
    case 'conference':
    case 'announcement':
    case 'spy':
      return service;
    default:
      return 'other';
  }
}
