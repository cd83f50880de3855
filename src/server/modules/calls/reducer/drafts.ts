/** Cuts what a customer sees of a call into its parts. Each becomes a `Segment`. */
import { newDraft, type Draft } from './draft.ts';
import type { Conversation, Leg } from './facts.ts';
import { servedDrafts } from './served.ts';
import { isConference, isOwn, offeredBy, originIn, pendingUntil, type View } from './view.ts';

/** Members of one ring group are dialled within this time. */
const TOGETHER_MS = 100;

/** Facts of one transfer come from several sources and differ by this much at most. */
const TRANSFER_MS = 1_000;

/** @returns the parts in order of their start */
export function draftsOf(view: View): Draft[] {
  const drafts = [...queueDrafts(view), ...dialDrafts(view)];
  pickUps(view, drafts);
  for (const draft of drafts) conclude(view, draft);
  drafts.push(...talkDrafts(view, drafts));
  drafts.push(...servedDrafts(view, drafts));
  drafts.sort((a, b) => a.from - b.from || a.origin.order - b.origin.order);
  nameTransfers(view, drafts);
  return drafts;
}

function queueDrafts(view: View): Draft[] {
  const drafts: Draft[] = [];
  for (const leg of view.own) {
    for (const stay of leg.stays) drafts.push({ ...newDraft('queue', leg, stay.from), queue: stay.queue, stay });
  }
  for (const leg of view.legs) {
    const queue = offeredBy(leg);
    const origin = queue === null ? null : originIn(view, leg);
    if (queue === null || origin === null || !(isOwn(view, leg) || isOwn(view, origin))) continue;
    let draft = drafts.findLast((d) => d.origin === origin && d.queue === queue && leg.startedAt >= d.from - TOGETHER_MS);
    // The caller is somebody else's, the queue's phones are ours.
    if (draft === undefined) drafts.push((draft = { ...newDraft('queue', origin, leg.startedAt), queue }));
    draft.targets.push(leg);
  }
  return drafts;
}

/** Phones and lines rung without a queue: together they are one part, one after the other several. */
function dialDrafts(view: View): Draft[] {
  const drafts: Draft[] = [];
  for (const leg of view.legs) {
    const origin = originIn(view, leg);
    if (origin === null || offeredBy(leg) !== null || !(isOwn(view, leg) || isOwn(view, origin))) continue;
    const last = drafts.findLast((draft) => draft.origin === origin);
    const together =
      last !== undefined &&
      (leg.startedAt - last.from <= TOGETHER_MS ||
        last.targets.some((target) => target.failure !== 'forwarded' && pendingUntil(target) > leg.startedAt));
    if (together) last.targets.push(leg);
    else drafts.push({ ...newDraft('dial', origin, leg.startedAt), targets: [leg] });
  }
  return drafts;
}

/** Who takes a colleague's ringing call is one of those it rang at. */
function pickUps(view: View, drafts: readonly Draft[]): void {
  for (const { kind, leg, toLeg } of view.group.transfers) {
    if (kind !== 'pickup') continue;
    const taker = view.legs.find((l) => l.id === toLeg);
    const draft = drafts.findLast((d) => d.targets.some((target) => target.id === leg));
    if (taker === undefined || draft === undefined) continue;
    draft.targets.push(taker);
    draft.transfer = 'pickup';
  }
}

/** Finds who answered and when the part was over. */
function conclude(view: View, draft: Draft): void {
  const { origin, targets } = draft;
  const heard = view.conversations.find((c) => (c.a === origin && targets.includes(c.b)) || (c.b === origin && targets.includes(c.a)));
  const answerer = heard === undefined ? targets.find((leg) => leg.answeredAt !== null) : heard.a === origin ? heard.b : heard.a;
  draft.consultation = origin !== view.caller && !wasHandedOn(view, origin, draft.from);
  draft.left =
    heard === undefined && origin.endedAt !== null && targets.some((leg) => pendingUntil(leg) > (origin.endedAt ?? 0) + TOGETHER_MS);
  if (answerer === undefined || draft.left) {
    const end = draft.left ? (origin.endedAt ?? 0) : Math.max(...targets.map(pendingUntil));
    draft.to = draft.by === 'queue' && draft.stay !== null ? draft.stay.to : end === Infinity ? null : end;
    return;
  }
  draft.answerer = answerer;
  // Who picks up was up before; what answers a queue may be a helper before the phone behind it.
  draft.answeredAt = answerer.parent === undefined ? (heard?.from ?? null) : (answerer.answeredAt ?? heard?.from ?? null);
  draft.conversations = view.conversations.filter((c) => (c.a === origin && c.b === answerer) || (c.b === origin && c.a === answerer));
  draft.to = draft.conversations.length > 0 ? endOf(draft.conversations) : earliest(origin.endedAt, answerer.endedAt);
}

/** Conversations that no dial explains: after a transfer, at a parking place, after a redirect. */
function talkDrafts(view: View, drafts: readonly Draft[]): Draft[] {
  const explained = new Set(drafts.flatMap((draft) => draft.conversations));
  const made: Draft[] = [];
  for (const conversation of view.conversations) {
    if (explained.has(conversation) || isConference(view, conversation)) continue;
    const { a, b } = conversation;
    const known = made.find((d) => (d.origin === a && d.answerer === b) || (d.origin === b && d.answerer === a));
    if (known !== undefined) {
      known.conversations.push(conversation);
      known.to = endOf(known.conversations);
      continue;
    }
    const [origin, answerer] = carried(view, conversation) === a ? [a, b] : [b, a];
    made.push({
      ...newDraft('talk', origin, handedOnAt(view, origin, answerer) ?? conversation.from),
      targets: [answerer],
      answerer,
      answeredAt: conversation.from,
      conversations: [conversation],
      to: conversation.to,
    });
  }
  return made;
}

/** Handed on to one who still rang: the part begins then, not with the answer. */
function handedOnAt(view: View, origin: Leg, answerer: Leg): number | null {
  const transfer = view.group.transfers.findLast((t) => t.kind === 'attended' && t.leg === origin.id);
  return transfer !== undefined &&
    answerer.parent !== undefined &&
    transfer.at < (answerer.answeredAt ?? 0) &&
    transfer.at > answerer.startedAt
    ? transfer.at
    : null;
}

function wasHandedOn(view: View, leg: Leg, by: number): boolean {
  return view.group.transfers.some((t) => t.leg === leg.id && t.at <= by + TRANSFER_MS);
}

/** The one of the two who was handed on: whoever talked first in this call. */
function carried(view: View, { a, b }: Conversation): Leg {
  if (a === view.caller) return a;
  if (b === view.caller) return b;
  const first = view.conversations.find((c) => c.a === a || c.b === a || c.a === b || c.b === b);
  return first !== undefined && (first.a === b || first.b === b) && first.a !== a && first.b !== a ? b : a;
}

/** Says of each part whether a transfer led to it. */
function nameTransfers(view: View, drafts: readonly Draft[]): void {
  for (const { kind, at, leg, toLeg } of view.group.transfers) {
    if (kind === 'pickup' || (kind === 'blind' && isParking(view, at, leg))) continue;
    const ids = kind === 'blind' || kind === 'park' ? [leg] : [leg, toLeg];
    const next = drafts.find(
      (draft) =>
        draft.transfer === null &&
        draft.from >= at - TRANSFER_MS &&
        (kind === 'park' ? draft.service === 'parking' : !draft.consultation) &&
        (kind === 'blind' || kind === 'park' ? draft.from >= at - TOGETHER_MS : draft.by === 'talk') &&
        (ids.includes(draft.origin.id) || (draft.answerer !== null && ids.includes(draft.answerer.id))),
    );
    if (next !== undefined) next.transfer = kind;
  }
  for (const draft of drafts) {
    const forward = draft.targets.find((target) => target.failure === 'forwarded');
    if (forward === undefined) continue;
    const next = drafts.find((d) => d !== draft && d.origin === draft.origin && d.from >= draft.from && d.transfer === null);
    if (next !== undefined) next.transfer = 'forward';
  }
}

/** Parking by phone is told twice: as parking, and as a transfer to the parking place. */
function isParking(view: View, at: number, leg: string | null): boolean {
  return view.group.transfers.some((t) => t.kind === 'park' && t.leg === leg && Math.abs(t.at - at) < TRANSFER_MS);
}

function endOf(conversations: readonly Conversation[]): number | null {
  let end: number | null = 0;
  for (const { to } of conversations) end = end === null || to === null ? null : Math.max(end, to);
  return end;
}

function earliest(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}
