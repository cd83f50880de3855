import type { AccountKey, CallEvent, LegService, NeutralEvent } from '../../../../contract/events.ts';
import { Bridges } from './bridges.ts';
import { describe } from './describe.ts';
import { close, newGroup, newLeg, type Group, type Leg } from './facts.ts';
import { merge } from './merge.ts';
import type { CallChange, ClosedReason, OpenCall } from './model.ts';
import { settleOwners } from './owners.ts';
import { restoreCalls } from './resume.ts';
import type { ResolveUser } from './view.ts';

export type { AttributionRule, Attribution } from './attribution.ts';
export { createAttribution } from './attribution.ts';
export type * from './model.ts';
export type { ResolveUser } from './view.ts';

/** How long after its end a call still takes what comes late, by the time of the events. */
const MEMORY_MS = 60_000;

/** Different sets of keys that are kept between two takes. */
const STRANGERS = 200;

/** More phones than any one PBX has. */
const PHONES = 50_000;

export interface CallReducerOptions {
  /** Whose a leg with these keys is; null: nobody's, or it cannot be told. */
  attribute(keys: readonly AccountKey[]): string | null;
  /** The user of a customer's device, as known now; kept with the leg from its first appearance in a change. */
  resolveUser?: ResolveUser;
}

export interface CallReducer {
  /** Takes one event of one link, in the order read. Never throws for what a PBX says. */
  apply(event: NeutralEvent): void;
  /** What changed since the last take: each call at most once, a merged call after its survivor. */
  takeChanges(): CallChange[];
  /** Loads the calls that are open in the database, before the first event. */
  restore(calls: readonly OpenCall[]): void;
  /** Asks again whose the legs are that are nobody's yet: a customer's share has begun. */
  claim(): void;
  /** Closes every open call: the link is not watched any more. */
  closeAll(at: number, reason: ClosedReason): void;
  /** Legs that ended as nobody's since the last such take, counted by their account keys (parted by blanks). */
  takeUnattributed(): Record<string, number>;
  counters(): CallCounters;
}

export interface CallCounters {
  /** Calls that ended without a customer. */
  unattributed: number;
  /** Events about legs never seen to start, or seen to end. */
  stray: number;
  /** Calls in memory now, open and just ended. */
  held: number;
}

/** Turns the neutral events of one link into calls per customer. Pure: no clock, no I/O. */
export function createCallReducer(options: CallReducerOptions): CallReducer {
  return new Reducer(options);
}

class Reducer implements CallReducer {
  readonly #attribute: CallReducerOptions['attribute'];
  readonly #resolveUser: ResolveUser;
  readonly #legs = new Map<string, Leg>();
  readonly #groups = new Map<string, Group>();
  /** Groups changed since the last take. */
  #dirty: Group[] = [];
  /** Groups without an open leg, in order of their end. */
  readonly #ended = new Map<Group, number>();
  /** Legs that ended before they were seen to start: what starts them comes late and opens nothing. */
  readonly #tombs = new Map<string, number>();
  #changes: CallChange[] = [];
  readonly #bridges = new Bridges((a, b) => this.#join(a.group, b.group));
  #order = 0;
  #epoch = '';
  #round = 0;
  #inSnapshot = false;
  #lastAt = 0;
  /** Whose a phone was when last seen to begin a call: a snapshot tells less of it. */
  readonly #owners = new Map<string, string>();
  #unattributed = 0;
  readonly #strangers = new Map<string, number>();
  #stray = 0;

  constructor(options: CallReducerOptions) {
    this.#attribute = options.attribute;
    this.#resolveUser = options.resolveUser ?? (() => null);
  }

  apply(event: NeutralEvent): void {
    if (event.at > this.#lastAt) this.#lastAt = event.at;
    switch (event.type) {
      case 'snapshot.started':
        this.#snapshotStarted(event.at, event.restarted, event.epoch, event.gap);
        return;
      case 'snapshot.completed':
        this.#snapshotCompleted(event.at);
        return;
      case 'leg.started':
        this.#started(event);
        return;
      case 'call.merged': {
        const survivor = this.#groups.get(event.call);
        const merged = this.#groups.get(event.merged);
        if (merged === undefined || survivor === merged) return;
        if (survivor !== undefined) this.#join(survivor, merged);
        else this.#rename(merged, event.call);
        return;
      }
      case 'agent.membership':
      case 'agent.paused':
      case 'agent.device':
      case 'device.state':
      case 'directory.changed':
        return;
      case 'leg.transferred':
        this.#transferred(event);
        return;
      default:
        this.#onLeg(event);
    }
  }

  takeChanges(): CallChange[] {
    for (const group of this.#dirty) {
      if (!group.dirty) continue;
      group.dirty = false;
      for (const customerId of settleOwners(group)) this.#describe(group, customerId);
    }
    this.#dirty = [];
    this.#forget();
    const changes = this.#changes;
    this.#changes = [];
    return changes.sort((a, b) => Number(a.kind === 'merged') - Number(b.kind === 'merged'));
  }

  restore(calls: readonly OpenCall[]): void {
    for (const group of restoreCalls(calls, () => ++this.#order)) {
      for (const id of group.ids) this.#groups.set(id, group);
      for (const leg of group.legs) this.#legs.set(leg.id, leg);
      group.dirty = false;
      if (group.open === 0) this.#ended.set(group, group.lastAt);
    }
  }

  claim(): void {
    for (const leg of this.#legs.values()) {
      if (leg.endedAt !== null || leg.owner !== null) continue;
      this.#own(leg, leg.keys);
      if (leg.owner !== null) this.#touch(leg.group, leg.group.lastAt);
    }
  }

  closeAll(at: number, reason: ClosedReason): void {
    for (const leg of this.#legs.values()) this.#end(leg, at, reason);
  }

  takeUnattributed(): Record<string, number> {
    const strangers = Object.fromEntries(this.#strangers);
    this.#strangers.clear();
    return strangers;
  }

  counters(): CallCounters {
    return { unattributed: this.#unattributed, stray: this.#stray, held: new Set(this.#groups.values()).size };
  }

  #snapshotStarted(at: number, restarted: boolean, epoch: string, gap: boolean): void {
    if (restarted) this.closeAll(at, 'pbxRestarted');
    this.#epoch = epoch;
    this.#round++;
    this.#inSnapshot = true;
    if (!gap) return;
    for (const group of this.#groups.values()) if (group.open > 0) this.#touch(group, at).partial = true;
  }

  /** What the snapshot did not name is over. */
  #snapshotCompleted(at: number): void {
    this.#inSnapshot = false;
    for (const leg of this.#legs.values()) {
      if (leg.endedAt !== null) continue;
      if (leg.round !== this.#round) {
        this.#end(leg, at, 'gone');
        continue;
      }
      if (leg.bridge !== null && leg.bridgeRound !== this.#round) this.#bridges.leave(leg, leg.bridge, at);
      if (leg.bridge === null) this.#bridges.silence(leg, at);
      const stay = leg.stays.at(-1);
      if (stay !== undefined && stay.to === null && stay.round !== this.#round) {
        stay.to = at;
        stay.reason ??= 'unknown';
        this.#touch(leg.group, at);
      }
    }
  }

  #started(event: CallEvent & { type: 'leg.started' }): void {
    const known = this.#legs.get(event.leg);
    if (known !== undefined) {
      if (known.endedAt !== null || event.origin !== 'snapshot') return;
      known.round = this.#round;
      this.#regroup(known, event.call);
      // Said again below if it still is so.
      close(known.services, this.#lastAt);
      if (event.up && known.answeredAt === null) this.#onLeg({ ...event, type: 'leg.answered', at: this.#lastAt });
      this.#own(known, event.keys);
      return;
    }
    if (this.#tombs.delete(event.leg)) {
      this.#stray++;
      return;
    }
    let group = this.#groups.get(event.call);
    if (group === undefined) {
      group = newGroup(event.call, event.at);
      this.#groups.set(event.call, group);
      this.#dirty.push(group);
    }
    const leg = newLeg(
      { id: event.leg, kind: event.kind, device: event.device, party: event.party, dialled: event.dialled },
      group,
      ++this.#order,
      event.at,
    );
    leg.late = event.origin === 'snapshot';
    leg.round = this.#round;
    if (leg.late) group.partial = true;
    if (event.up) leg.answeredAt = leg.late ? this.#lastAt : event.at;
    group.legs.push(leg);
    group.open++;
    this.#ended.delete(group);
    this.#legs.set(leg.id, leg);
    this.#own(leg, event.keys);
    this.#touch(group, event.at);
  }

  #onLeg(event: Exclude<CallEvent, { type: 'leg.started' | 'call.merged' | 'leg.transferred' }>): void {
    const leg = this.#legs.get(event.leg);
    if (leg === undefined) {
      this.#stray++;
      if (event.type === 'leg.ended') this.#tombs.set(event.leg, event.at);
      return;
    }
    const { at } = event;
    if (leg.endedAt !== null && event.type !== 'leg.failed' && event.type !== 'queue.left' && event.type !== 'leg.updated') {
      this.#stray++;
      return;
    }
    switch (event.type) {
      case 'leg.updated':
        if (event.party !== undefined) leg.party = event.party;
        if (event.kind !== undefined) leg.kind = event.kind;
        if (event.device !== undefined) leg.device = event.device;
        if (event.keys !== undefined) this.#own(leg, event.keys);
        break;
      case 'leg.dialled':
        leg.parent ??= event.parent === null ? null : (this.#legs.get(event.parent) ?? null);
        break;
      case 'leg.ringing':
        leg.ringingAt ??= at;
        break;
      case 'leg.answered':
        leg.answeredAt ??= at;
        break;
      case 'leg.failed':
        if (leg.failure === null && leg.answeredAt === null) {
          leg.failure = event.reason;
          leg.failedAt = at;
        }
        break;
      case 'leg.bridged':
        leg.bridgeRound = this.#round;
        this.#bridges.enter(leg, event.bridge, at, event.replaces === null ? null : (this.#legs.get(event.replaces) ?? null));
        break;
      case 'leg.unbridged':
        this.#bridges.leave(leg, event.bridge, at);
        break;
      case 'leg.paired': {
        const other = this.#legs.get(event.other);
        if (other !== undefined && other !== leg && other.endedAt === null && leg.mate !== other) this.#bridges.pair(leg, other, at);
        break;
      }
      case 'leg.held':
        if (leg.holds.at(-1)?.to !== null) leg.holds.push({ from: at, to: null });
        break;
      case 'leg.resumed':
        close(leg.holds, at);
        this.#bridges.reunite(leg, at);
        break;
      case 'leg.served':
        this.#served(leg, event.service, at);
        break;
      case 'leg.hangupRequested':
        leg.hangupAt ??= at;
        break;
      case 'leg.ended':
        leg.cause ??= event.cause;
        this.#end(leg, at, null);
        return;
      case 'queue.entered':
      case 'queue.left':
      case 'queue.offered':
      case 'queue.declined':
      case 'queue.connected':
      case 'queue.completed':
        this.#onQueue(leg, event);
        break;
      default:
        return event satisfies never;
    }
    this.#touch(leg.group, at);
  }

  #served(leg: Leg, service: LegService | null, at: number): void {
    const last = leg.services.at(-1);
    if (last !== undefined && last.service === service && (last.to === null || last.to === at)) {
      last.to = null;
      return;
    }
    close(leg.services, at);
    if (service === null) return;
    this.#bridges.reunite(leg, at);
    leg.services.push({ service, from: at, to: null });
  }

  #onQueue(leg: Leg, event: Extract<CallEvent, { type: `queue.${string}` }>): void {
    const stay = leg.stays.at(-1);
    switch (event.type) {
      case 'queue.entered':
        this.#own(leg, event.keys);
        if (stay?.to === null && stay.queue === event.queue) stay.round = this.#round;
        else {
          close(leg.stays, event.at);
          this.#bridges.reunite(leg, event.at);
          leg.stays.push({ queue: event.queue, from: event.at - event.waitedMs, to: null, reason: null, round: this.#round });
        }
        return;
      case 'queue.left':
        if (stay === undefined || stay.queue !== event.queue) return;
        stay.to ??= Math.max(event.at, stay.from);
        if (stay.reason === null || stay.reason === 'unknown') stay.reason = event.reason;
        return;
      case 'queue.offered':
      case 'queue.connected': {
        const target = event.targetLeg === null ? undefined : this.#legs.get(event.targetLeg);
        if (target === undefined) return;
        target.offer ??= { queue: event.queue, agent: event.agent, connectedAt: null };
        target.parent ??= leg;
        if (event.type === 'queue.connected') {
          target.offer.connectedAt = event.at;
          if (stay !== undefined && stay.queue === event.queue) {
            stay.to ??= event.at;
            stay.reason = 'answered';
          }
        }
        return;
      }
      case 'queue.declined':
      case 'queue.completed':
        return;
      default:
        return event satisfies never;
    }
  }

  #transferred(event: CallEvent & { type: 'leg.transferred' }): void {
    const by = this.#legs.get(event.by);
    const group = by?.group ?? (event.leg === null ? undefined : this.#legs.get(event.leg)?.group);
    if (group === undefined) {
      this.#stray++;
      return;
    }
    const { at, kind, by: byId, byOther, leg, toLeg, toNumber } = event;
    group.transfers.push({ at, kind, by: byId, byOther, leg, toLeg, toNumber });
    this.#touch(group, at);
  }

  #end(leg: Leg, at: number, closed: ClosedReason | null): void {
    if (leg.endedAt !== null) return;
    this.#bridges.remove(leg, at);
    leg.endedAt = Math.max(at, leg.startedAt);
    leg.closed = closed;
    close(leg.holds, at);
    close(leg.services, at);
    const stay = leg.stays.at(-1);
    if (stay?.to === null) {
      stay.to = leg.endedAt;
      stay.reason ??= closed === null ? 'abandoned' : 'unknown';
    }
    const group = this.#touch(leg.group, leg.endedAt);
    if (closed !== null) group.partial = true;
    if (--group.open === 0) this.#ended.set(group, leg.endedAt);
  }

  /** Two groups are one call; the older one's ids and calls survive. */
  #join(one: Group, other: Group): void {
    if (one === other) return;
    settleOwners(one);
    settleOwners(other);
    const older =
      one.startedAt < other.startedAt || (one.startedAt === other.startedAt && (one.legs[0]?.order ?? 0) <= (other.legs[0]?.order ?? 0));
    const [survivor, merged] = older ? [one, other] : [other, one];
    this.#changes.push(...merge(survivor, merged));
    for (const id of merged.ids) this.#groups.set(id, survivor);
    this.#ended.delete(merged);
    if (survivor.open > 0) this.#ended.delete(survivor);
    this.#touch(survivor, merged.lastAt);
  }

  /** The leg is told to be in this group now: its own may have been joined to it unseen. */
  #regroup(leg: Leg, id: string): void {
    const group = this.#groups.get(id);
    if (group === undefined) this.#rename(leg.group, id);
    else this.#join(group, leg.group);
  }

  /** A leg moved to a group that has no other legs here: the group has one id more. */
  #rename(group: Group, id: string): void {
    group.ids.push(id);
    this.#groups.set(id, group);
  }

  #own(leg: Leg, keys: readonly AccountKey[]): void {
    if (leg.owner !== null) return;
    leg.owner = this.#attribute(keys);
    if (leg.kind === 'device') {
      if (leg.owner === null && leg.late) leg.owner = this.#owners.get(leg.device) ?? null;
      else if (leg.owner !== null && !leg.late && this.#owners.size < PHONES) this.#owners.set(leg.device, leg.owner);
    }
    leg.keys = leg.owner === null ? keys : [];
  }

  #touch(group: Group, at: number): Group {
    if (at > group.lastAt) group.lastAt = at;
    if (!group.dirty) {
      group.dirty = true;
      this.#dirty.push(group);
    }
    return group;
  }

  #describe(group: Group, customerId: string): void {
    let record = group.calls.get(customerId);
    if (record === undefined) {
      const first = group.legs.find((leg) => leg.kind !== 'internal' && leg.owner === customerId);
      if (first === undefined) return;
      record = { callKey: `${this.#epoch}/${first.id}`, ended: null };
      group.calls.set(customerId, record);
    }
    const call = describe(group, customerId, record.callKey, this.#resolveUser);
    if (call === null) return;
    const ended =
      call.endedAt === null ? null : [call.endedAt, call.outcome, call.legs.length, ...call.segments.map((s) => s.outcome)].join(' ');
    if (ended !== null && ended === record.ended) return;
    record.ended = ended;
    this.#changes.push({ kind: 'upsert', customerId, call });
  }

  #countUnattributed(group: Group): void {
    const legs = group.legs.filter((leg) => leg.kind !== 'internal' && leg.owner === null);
    if (legs.length > 0 && group.calls.size === 0) this.#unattributed++;
    for (const { keys } of legs) {
      const key = keys.join(' ');
      const count = this.#strangers.get(key);
      if (count !== undefined || this.#strangers.size < STRANGERS) this.#strangers.set(key, (count ?? 0) + 1);
    }
  }

  #forget(): void {
    for (const [group, endedAt] of this.#ended) {
      if (this.#lastAt - endedAt < MEMORY_MS || this.#inSnapshot) break;
      this.#ended.delete(group);
      this.#countUnattributed(group);
      for (const id of group.ids) if (this.#groups.get(id) === group) this.#groups.delete(id);
      for (const leg of group.legs) this.#legs.delete(leg.id);
    }
    for (const [leg, at] of this.#tombs) {
      if (this.#lastAt - at < MEMORY_MS) break;
      this.#tombs.delete(leg);
    }
  }
}
