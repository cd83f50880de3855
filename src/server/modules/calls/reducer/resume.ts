/** The facts of an open call as JSON, and back: how a call goes on after a restart of our process. */
import { newGroup, newLeg, SOMEBODY, type Conversation, type Group, type Leg, type Transfer } from './facts.ts';
import type { CallResume, OpenCall } from './model.ts';
import { isOwn, type View } from './view.ts';

interface Stored extends CallResume {
  groups: string[];
  startedAt: number;
  lastAt: number;
  legs: StoredLeg[];
  conversations: [a: string, b: string, from: number, to: number | null][];
  transfers: Transfer[];
}

type Plain = Pick<
  Leg,
  | 'id'
  | 'kind'
  | 'device'
  | 'party'
  | 'dialled'
  | 'late'
  | 'startedAt'
  | 'ringingAt'
  | 'answeredAt'
  | 'failedAt'
  | 'failure'
  | 'hangupAt'
  | 'endedAt'
  | 'cause'
  | 'closed'
  | 'holds'
  | 'services'
  | 'offer'
>;

interface StoredLeg extends Plain {
  own: boolean;
  /** It is another customer's. */
  foreign: boolean;
  /** undefined (left out): came in by itself. */
  parent?: string | null;
  mate: string | null;
  stays: Pick<Leg['stays'][number], 'queue' | 'from' | 'to' | 'reason'>[];
}

/** Of legs that are not the customer's only what the customer may see is kept. */
export function resumeOf(view: View): Stored {
  const kept = new Set(view.legs);
  for (const leg of view.group.legs) if (leg.kind === 'internal') kept.add(leg);
  return {
    v: 1,
    groups: [...view.group.ids],
    startedAt: view.group.startedAt,
    lastAt: view.group.lastAt,
    legs: view.group.legs.filter((leg) => kept.has(leg)).map((leg) => storeLeg(leg, isOwn(view, leg), kept)),
    conversations: view.conversations.map((c) => [c.a.id, c.b.id, c.from, c.to]),
    transfers: view.group.transfers.map((transfer) => ({ ...transfer })),
  };
}

function storeLeg(leg: Leg, own: boolean, kept: ReadonlySet<Leg>): StoredLeg {
  const { id, kind, dialled, late, startedAt, ringingAt, answeredAt, failedAt, failure, hangupAt, endedAt, cause, closed } = leg;
  return {
    own,
    foreign: !own && leg.kind !== 'internal' && leg.owner !== null,
    id,
    kind,
    device: own ? leg.device : '',
    party: own ? leg.party : { number: kind === 'internal' ? null : leg.party.number, name: null },
    dialled: own ? dialled : null,
    late,
    startedAt,
    ringingAt,
    answeredAt,
    failedAt,
    failure,
    hangupAt,
    endedAt,
    cause,
    closed,
    holds: leg.holds.map((hold) => ({ ...hold })),
    services: own ? leg.services.map((service) => ({ ...service })) : [],
    offer: leg.offer === null ? null : own ? { ...leg.offer } : { ...leg.offer, agent: '' },
    stays: own ? leg.stays.map(({ queue, from, to, reason }) => ({ queue, from, to, reason })) : [],
    mate: leg.mate?.id ?? null,
    ...(leg.parent === undefined ? {} : { parent: leg.parent !== null && kept.has(leg.parent) ? leg.parent.id : null }),
  };
}

/** @param order gives rising numbers; @returns the groups with all customers' calls joined again */
export function restoreCalls(calls: readonly OpenCall[], order: () => number): Group[] {
  const groups = new Map<string, Group>();
  const legs = new Map<string, Leg>();
  for (const { customerId, callKey, resume } of calls) {
    const stored = resume as Stored;
    const known = stored.groups.map((id) => groups.get(id)).find((group) => group !== undefined);
    const group = known ?? newGroup(stored.groups[0] ?? callKey, stored.startedAt);
    for (const id of stored.groups) {
      groups.set(id, group);
      if (!group.ids.includes(id)) group.ids.push(id);
    }
    group.startedAt = Math.min(group.startedAt, stored.startedAt);
    group.lastAt = Math.max(group.lastAt, stored.lastAt);
    group.calls.set(customerId, { callKey, ended: null });
    for (const leg of stored.legs) restoreLeg(leg, customerId, group, legs, order);
    link(stored, group, legs);
  }
  const restored = [...new Set(groups.values())];
  for (const group of restored) {
    group.partial = true;
    group.legs.sort((a, b) => a.startedAt - b.startedAt || a.order - b.order);
    group.open = group.legs.filter((leg) => leg.endedAt === null).length;
  }
  return restored;
}

function restoreLeg(stored: StoredLeg, customerId: string, group: Group, legs: Map<string, Leg>, order: () => number): void {
  const { own, foreign, parent: _, mate: __, stays, ...plain } = stored;
  let leg = legs.get(plain.id);
  if (leg !== undefined && !own) return;
  if (leg === undefined) {
    leg = newLeg(plain, group, order(), plain.startedAt);
    legs.set(leg.id, leg);
    group.legs.push(leg);
  }
  Object.assign(leg, plain);
  leg.stays = stays.map((stay) => ({ ...stay, round: 0 }));
  if (own) leg.owner = customerId;
  else if (foreign) leg.owner = SOMEBODY;
}

function link({ legs: stored, conversations, transfers }: Stored, group: Group, legs: ReadonlyMap<string, Leg>): void {
  for (const { id, parent, mate } of stored) {
    const leg = legs.get(id);
    if (leg === undefined) continue;
    if (parent !== undefined) leg.parent ??= parent === null ? null : (legs.get(parent) ?? null);
    leg.mate ??= mate === null ? null : (legs.get(mate) ?? null);
  }
  for (const [a, b, from, to] of conversations) {
    const [one, other] = [legs.get(a), legs.get(b)];
    if (one === undefined || other === undefined || group.conversations.some((c) => c.a === one && c.b === other && c.from === from))
      continue;
    const conversation: Conversation = { a: one, b: other, from, to, apart: false };
    group.conversations.push(conversation);
    if (to === null) {
      one.talking.set(other, conversation);
      other.talking.set(one, conversation);
    }
  }
  for (const transfer of transfers)
    if (!group.transfers.some((t) => t.at === transfer.at && t.by === transfer.by)) group.transfers.push(transfer);
}
