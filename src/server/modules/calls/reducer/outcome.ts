import type { Draft } from './draft.ts';
import type { Conversation, Leg } from './facts.ts';
import { failureOf } from './legs.ts';
import type { CallDirection, CallOutcome, CallState, EndedBy, SegmentOutcome } from './model.ts';
import { isOwn, pendingUntil, type View } from './view.ts';

/** All that an end is judged by. */
export interface Ending {
  view: View;
  /** Without consultations. */
  drafts: readonly Draft[];
  direction: CallDirection;
  open: boolean;
  endedAt: number | null;
}

export function directionOf(view: View, drafts: readonly Draft[]): CallDirection {
  const { caller } = view;
  if (caller.kind === 'trunk' || !isOwn(view, caller)) return 'incoming';
  const first = drafts.find((draft) => draft.by !== 'service');
  const leg = first?.answerer ?? first?.targets[0];
  return leg !== undefined && (leg.kind === 'trunk' || !isOwn(view, leg)) ? 'outgoing' : 'internal';
}

export function segmentOutcome(view: View, draft: Draft): SegmentOutcome | null {
  if (draft.to === null) return null;
  if (draft.service === 'parking') {
    if (
      view.group.transfers.some(
        (t) => t.kind === 'unpark' && t.leg === draft.origin.id && t.at >= draft.from && t.at <= (draft.to ?? 0) + 1_000,
      )
    )
      return 'answered';
    return (draft.origin.hangupAt ?? Infinity) <= draft.to + 100 ? 'abandoned' : 'timeout';
  }
  if (draft.by === 'service' || draft.answerer !== null) return 'answered';
  if (draft.by === 'queue') return draft.stay?.reason ?? 'unknown';
  if (draft.left) return 'transferred';
  const failures = draft.targets.map(failureOf);
  if (failures.includes('forwarded')) return 'transferred';
  if (failures.includes('busy')) return 'busy';
  if (gaveUp(draft.origin) && draft.targets.every((leg) => pendingUntil(leg) >= (draft.origin.hangupAt ?? Infinity) - 50))
    return 'cancelled';
  if (failures.some((failure) => failure === 'noAnswer' || failure === 'cancelled' || failure === 'answeredElsewhere')) return 'noAnswer';
  return 'failed';
}

export function outcomeOf({ view, drafts, direction, open, endedAt }: Ending, talked: boolean): CallOutcome {
  if (talked || drafts.some((draft) => draft.by !== 'service' && draft.answerer !== null)) return 'answered';
  if (drafts.some((draft) => draft.service === 'conference')) return 'answered';
  if (open || endedAt === null) return 'unknown';
  if (drafts.some((draft) => draft.service === 'voicemail')) return 'voicemail';
  if (view.own.every((leg) => leg.closed !== null)) return 'unknown';
  const last = drafts.findLast((draft) => draft.by !== 'service');
  const caller = gaveUp(view.caller);
  if (last === undefined) return alone(view, drafts, direction, caller);
  const outcome = segmentOutcome(view, last);
  switch (outcome) {
    case 'busy':
    case 'abandoned':
    case 'failed':
      return outcome;
    case 'cancelled':
      return direction === 'incoming' ? 'missed' : 'cancelled';
    default:
      return 'missed';
  }
}

/** Nobody was rung. One's own phone wanted the service; a caller from outside did not get to anybody. */
function alone(view: View, drafts: readonly Draft[], direction: CallDirection, gaveUpCaller: boolean): CallOutcome {
  if (view.caller.answeredAt === null || drafts.length === 0)
    return gaveUpCaller ? (direction === 'incoming' ? 'missed' : 'cancelled') : 'failed';
  return direction === 'incoming' && gaveUpCaller ? 'abandoned' : 'answered';
}

export function endedByOf({ view, drafts, open }: Ending, talks: readonly Conversation[]): EndedBy {
  if (open || view.own.some((leg) => leg.closed !== null)) return 'unknown';
  const { caller } = view;
  const last = talks.reduce<Conversation | null>((x, y) => (x === null || (y.to ?? 0) >= (x.to ?? 0) ? y : x), null);
  const lastPart = drafts.at(-1);
  const talkedLast = last !== null && (lastPart === undefined || lastPart.from <= (last.to ?? Infinity));
  if (talkedLast) return whoHungUp(view, last);
  if (gaveUp(caller)) return wasRefused(caller, lastPart) ? 'system' : 'caller';
  return lastPart !== undefined && gaveUp(lastPart.origin) ? 'callee' : 'system';
}

/** Within this time of a refusal it is the PBX's word to the caller that ends the call, not the caller: nobody hangs up so fast. */
const REFUSAL_MS = 100;

function wasRefused(caller: Leg, part: Draft | undefined): boolean {
  if (part === undefined || part.targets.length === 0) return false;
  const refused = part.targets.map((leg) => (leg.failure === 'busy' || leg.failure === 'congestion' ? leg.failedAt : null));
  const last = refused.reduce((x, y) => (x === null || y === null ? null : Math.max(x, y)), 0);
  return last !== null && caller.hangupAt !== null && caller.hangupAt >= last && caller.hangupAt - last <= REFUSAL_MS;
}

function whoHungUp(view: View, { a, b, to }: Conversation): EndedBy {
  const first = [a, b].filter(gaveUp).sort((x, y) => (x.hangupAt ?? 0) - (y.hangupAt ?? 0))[0];
  if (first === undefined) {
    const handedOn = view.group.transfers.some(
      (t) => Math.abs(t.at - (to ?? 0)) < 1_000 && [t.by, t.byOther].some((id) => id === a.id || id === b.id),
    );
    return handedOn ? 'transfer' : 'system';
  }
  if (first === view.caller) return 'caller';
  // Who took the caller's place speaks for the caller.
  const other = first === a ? b : a;
  const replacesCaller = a !== view.caller && b !== view.caller && other.parent !== undefined && other.startedAt < first.startedAt;
  return replacesCaller && view.caller.kind !== 'trunk' ? 'caller' : 'callee';
}

/** The far end of the leg asked for the end, and nobody handed it on. */
function gaveUp(leg: Leg): boolean {
  return leg.hangupAt !== null;
}

export function stateOf({ view, drafts, open, endedAt }: Ending): { state: CallState; since: number } {
  if (!open) return { state: 'ended', since: endedAt ?? view.now };
  const talks = view.conversations.filter((c) => c.to === null && !drafts.some((d) => d.consultation && d.conversations.includes(c)));
  if (talks.length > 0) {
    const holds = talks.map((c) => [...c.a.holds, ...c.b.holds].find((hold) => hold.to === null)?.from ?? null);
    const since = Math.min(...talks.map((c) => c.from));
    const held = holds.filter((from) => from !== null);
    if (held.length === talks.length) return { state: 'held', since: Math.max(since, ...held) };
    const resumed = talks.flatMap((c) => [...c.a.holds, ...c.b.holds]).map((hold) => hold.to ?? 0);
    return { state: 'talking', since: Math.max(since, ...resumed) };
  }
  const going = drafts.findLast((draft) => draft.to === null);
  if (going === undefined) return { state: 'ringing', since: drafts.at(-1)?.to ?? view.own[0]?.startedAt ?? view.now };
  if (going.service === 'parking') return { state: 'parked', since: going.from };
  if (going.by === 'queue') return { state: 'queued', since: going.from };
  if (going.by !== 'service') return { state: going.answerer === null ? 'ringing' : 'talking', since: going.answeredAt ?? going.from };
  const { service } = going;
  const named = service === 'voicemail' || service === 'ivr' || service === 'conference' ? service : 'other';
  return { state: named, since: going.from };
}
