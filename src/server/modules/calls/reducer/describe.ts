/** Works out from the facts what one customer's call looks like. Pure: the same facts give the same call. */
import type { Draft } from './draft.ts';
import { draftsOf } from './drafts.ts';
import type { Group, Leg as LegFacts } from './facts.ts';
import { intersect, stretch, subtract, total, union } from './intervals.ts';
import { describeLeg, partyOf } from './legs.ts';
import type { Call, CallParty, ClosedReason, Segment, SegmentKind } from './model.ts';
import { directionOf, endedByOf, outcomeOf, segmentOutcome, stateOf } from './outcome.ts';
import { resumeOf } from './resume.ts';
import { isOwn, ringing, talkedIn, together, viewOf, type ResolveUser, type View } from './view.ts';

/** @returns null if nothing in the group is the customer's */
export function describe(group: Group, customerId: string, callKey: string, resolveUser: ResolveUser): Call | null {
  const view = viewOf(group, customerId);
  if (view === null) return null;
  const drafts = draftsOf(view);
  const { caller, now } = view;
  const main = drafts.filter((draft) => !draft.consultation);
  const direction = directionOf(view, main);
  const answers = main.map((draft) => (draft.answerer === null ? null : draft.answeredAt)).filter((at) => at !== null);
  for (const { from } of view.conversations)
    if (!drafts.some((d) => d.consultation && d.conversations.some((c) => c.from === from))) answers.push(from);
  const answeredAt = answers.length > 0 ? Math.min(...answers) : null;
  const consulted = new Set(drafts.filter((draft) => draft.consultation).flatMap((draft) => draft.conversations));
  const talks = view.conversations.filter((c) => !consulted.has(c));
  const talked = talkedIn(talks);
  const rung = union(main.flatMap((draft) => draft.targets.flatMap(ringing)));
  const { endedAt } = view;
  const open = endedAt === null;
  const ended = { view, drafts: main, direction, open, endedAt };
  const state = stateOf(ended);
  const segments = drafts.map((draft, index) => describeSegment(view, draft, index, resolveUser));
  return {
    callKey,
    direction,
    from: partyOf(view, caller, resolveUser),
    to: destination(view, main, resolveUser),
    did: direction === 'incoming' && isOwn(view, caller) ? caller.dialled : null,
    startedAt: view.startedAt,
    answeredAt,
    endedAt,
    outcome: outcomeOf(ended, talks.length > 0),
    endedBy: endedByOf(ended, talks),
    ringMs: total(answeredAt === null ? rung : subtract(rung, [{ from: answeredAt, to: Infinity }]), now),
    talkMs: total(talked, now),
    holdMs: total(subtract(together(talks), talked), now),
    waitMs: total(union(view.own.flatMap((leg) => leg.stays.map(stretch))), now),
    state: state.state,
    stateSince: state.since,
    waitingIn: open ? (view.own.flatMap((leg) => leg.stays).findLast((stay) => stay.to === null)?.queue ?? null) : null,
    quality: group.partial ? 'partial' : 'exact',
    closedReason: open ? null : closedReason(view.own),
    segments,
    legs: view.legs.map((leg) => describeLeg(view, leg, drafts, resolveUser)),
    resume: open ? resumeOf(view) : null,
  };
}

function describeSegment(view: View, draft: Draft, index: number, resolveUser: ResolveUser): Segment {
  const { now } = view;
  const { targets, conversations, answeredAt } = draft;
  const shown = shownLeg(draft);
  const party = shown === null ? null : partyOf(view, shown, resolveUser);
  const rung = intersect(union(targets.flatMap(ringing)), [{ from: draft.from, to: draft.to ?? Infinity }]);
  const talked = talkedIn(conversations);
  return {
    index,
    kind: kindOf(view, draft),
    queue: draft.queue,
    device: party?.device ?? null,
    number: party?.number ?? null,
    name: party?.name ?? null,
    userId: party?.userId ?? null,
    startedAt: draft.from,
    answeredAt: draft.answerer === null ? null : answeredAt,
    endedAt: draft.to,
    ringMs: total(answeredAt === null ? rung : subtract(rung, [{ from: answeredAt, to: Infinity }]), now),
    talkMs: total(talked, now),
    holdMs: total(subtract(together(conversations), talked), now),
    outcome: segmentOutcome(view, draft),
    transferKind: draft.transfer,
    consultation: draft.consultation,
  };
}

function kindOf(view: View, { by, service, targets, answerer }: Draft): SegmentKind {
  if (by === 'queue') return 'queue';
  if (service !== null) return service;
  if (by === 'dial' && targets.filter((leg) => leg.parent !== undefined).length > 1) return 'group';
  const leg = answerer ?? targets[0];
  return leg !== undefined && leg.kind === 'device' && isOwn(view, leg) ? 'device' : 'external';
}

/** Whom the caller reached, or was meant to reach. */
function destination(view: View, drafts: readonly Draft[], resolveUser: ResolveUser): CallParty {
  const tried = drafts.filter((draft) => draft.by !== 'service');
  const reached = tried.find((draft) => draft.answerer !== null) ?? tried[0];
  const leg = reached === undefined ? null : shownLeg(reached);
  const party =
    leg === null || leg === view.caller
      ? { number: isOwn(view, view.caller) ? view.caller.dialled : null, name: null, device: null, userId: null, queue: null }
      : partyOf(view, leg, resolveUser);
  return { ...party, queue: tried[0]?.queue ?? null };
}

/** Whoever answered; if nobody did, the one that was rung by itself. A queue stands for itself. */
function shownLeg({ answerer, by, targets }: Draft): LegFacts | null {
  return answerer ?? (by !== 'queue' && targets.length === 1 ? (targets[0] ?? null) : null);
}

function closedReason(legs: readonly LegFacts[]): ClosedReason | null {
  return legs.find((leg) => leg.closed !== null)?.closed ?? null;
}
