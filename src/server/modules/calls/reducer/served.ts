import type { LegService } from '../../../../contract/events.ts';
import { newDraft, type Draft } from './draft.ts';
import type { Leg, Service } from './facts.ts';
import { stretch, subtract, union, type Stretch } from './intervals.ts';
import type { SegmentKind } from './model.ts';
import { isConference, pendingUntil, together, type View } from './view.ts';

/** Between two steps of a dial plan a leg is alone for some ms. */
const STEP_MS = 500;

/**
 * Parts in which the PBX itself dealt with a leg: it was up, alone, and neither queued nor rung for.
 * When this was is told by what all logins may see; only *what* it was needs more (`leg.served`).
 */
export function servedDrafts(view: View, drafts: readonly Draft[]): Draft[] {
  const made: Draft[] = [];
  for (const leg of view.own) {
    for (const parked of leg.services)
      if (parked.service === 'parking') made.push({ ...newDraft('service', leg, parked.from), service: 'parking', to: parked.to });
    for (const gap of gapsOf(view, leg, drafts)) made.push(...labelled(leg, gap));
  }
  const lasting = made.filter((draft) => draft.service !== 'other' || draft.to === null || draft.to - draft.from >= STEP_MS);
  // A call that is nothing else (a feature code) shows at least that.
  return lasting.length + drafts.length > 0 ? lasting : made;
}

function gapsOf(view: View, leg: Leg, drafts: readonly Draft[]): Stretch[] {
  const window = windowOf(view, leg);
  if (window === null) return [];
  const busy = [
    ...leg.stays.map(stretch),
    ...leg.services.filter((s) => s.service === 'parking').map(stretch),
    ...together(view.conversations.filter((c) => (c.a === leg || c.b === leg) && !isConference(view, c))),
  ];
  for (const draft of drafts) {
    if (draft.origin !== leg) continue;
    const end = draft.answeredAt ?? Math.max(...draft.targets.map(pendingUntil), draft.from);
    busy.push({ from: draft.from, to: end });
  }
  return subtract([window], union(busy));
}

/** The time in which the leg is on its own: callers from their answer on, the called only once they were handed on. */
function windowOf(view: View, leg: Leg): Stretch | null {
  const handedOn = view.group.transfers.find((t) => t.leg === leg.id && t.kind === 'blind')?.at ?? null;
  const called = leg !== view.caller && leg.parent !== undefined;
  const from = called ? handedOn : leg.answeredAt;
  if (from === null) return null;
  const handsOn =
    view.group.transfers.find((t) => t.by === leg.id || t.byOther === leg.id || (t.kind === 'pickup' && t.toLeg === leg.id))?.at ??
    Infinity;
  const to = Math.min(leg.endedAt ?? Infinity, handsOn);
  return to > from ? { from, to } : null;
}

/** Cuts the gap where one application gives way to another. */
function labelled(leg: Leg, gap: Stretch): Draft[] {
  const known = leg.services.filter((s) => s.service !== 'parking' && s.from < gap.to && (s.to ?? Infinity) > gap.from);
  const drafts: Draft[] = [];
  for (const service of known) {
    const kind = kindOf(service);
    const last = drafts.at(-1);
    if (last !== undefined && last.service === kind) continue;
    const from = last === undefined ? gap.from : Math.max(service.from, gap.from);
    if (last !== undefined) last.to = from;
    drafts.push({ ...newDraft('service', leg, from), service: kind });
  }
  if (drafts.length === 0) drafts.push({ ...newDraft('service', leg, gap.from), service: 'other' });
  const last = drafts.at(-1);
  if (last !== undefined) last.to = gap.to === Infinity ? null : gap.to;
  return drafts;
}

function kindOf({ service }: Service): SegmentKind {
  const kinds: Record<LegService, SegmentKind> = {
    voicemail: 'voicemail',
    ivr: 'ivr',
    conference: 'conference',
    parking: 'parking',
    announcement: 'other',
    spy: 'other',
    other: 'other',
  };
  return kinds[service];
}
