/**
 * Neutral events: what every connector emits, the same for every PBX.
 *
 * A connector reads one phone system and says what happened in these words; the reducers of
 * `modules/calls` and `modules/agents` know nothing else. Plain types without schemas: tens of
 * thousands of these pass through one process every second and never cross the network.
 */

/** Where an event comes from. A live board is built from `live` and `snapshot` only. */
export type Origin = 'live' | 'snapshot' | 'backfill';

/**
 * What an entity can be attributed by, as `kind:value`, e.g. `accountcode:acme`, `tenantid:acme`,
 * `context:acme`, `variable:TENANT=acme`, `name:PJSIP/acme-101`. Every kind but `name` is matched
 * whole; `name` is matched by pattern.
 */
export type AccountKey = string;

/** Common to all events. Times are milliseconds since 1970, UTC. */
export interface Envelope {
  /** When it happened: the PBX's own time corrected by the measured skew, else when we read it. */
  at: number;
  /** When our process read it. */
  receivedAt: number;
  /** Our own counter, one per event, rising within one link and epoch. */
  seq: number;
  origin: Origin;
}

/**
 * device: a person's phone · trunk: the line to the outside · internal: a helper of the PBX
 * (Local channel, announcement), never counted and never shown.
 */
export type LegKind = 'device' | 'trunk' | 'internal';

export type LegFailure = 'noAnswer' | 'busy' | 'cancelled' | 'answeredElsewhere' | 'congestion' | 'unavailable' | 'forwarded' | 'failed';

export type QueueLeft = 'answered' | 'abandoned' | 'timeout' | 'exitKey' | 'transferred' | 'empty' | 'unknown';

/** What a PBX application does with a leg that talks to no other leg. */
export type LegService = 'voicemail' | 'ivr' | 'conference' | 'parking' | 'announcement' | 'spy' | 'other';

/** How one leg or call was handed on. */
export type TransferKind = 'blind' | 'attended' | 'park' | 'unpark' | 'pickup' | 'forward';

export interface Party {
  number: string | null;
  name: string | null;
}

export type CallEvent = Envelope &
  (
    | {
        type: 'leg.started';
        leg: string;
        /** Group of legs that belong together now (Asterisk: Linkedid). It may change: `call.merged`. */
        call: string;
        kind: LegKind;
        /** The PBX's name of the device or trunk, e.g. `PJSIP/acme-101`. */
        device: string;
        /** The party at this leg's far end: the phone's own number and name, or the outside number. */
        party: Party;
        /** What was dialled on this leg, when it came into the PBX by itself (not dialled by the PBX). */
        dialled: string | null;
        keys: readonly AccountKey[];
        /** Already answered (only in a snapshot). */
        up: boolean;
      }
    | { type: 'leg.updated'; leg: string; party?: Party; kind?: LegKind; keys?: readonly AccountKey[]; device?: string }
    /** The PBX dials `leg` on behalf of `parent` (null: click to call, nobody yet). */
    | { type: 'leg.dialled'; leg: string; parent: string | null }
    | { type: 'leg.ringing'; leg: string }
    | { type: 'leg.answered'; leg: string }
    /** The dial attempt ended without an answer. */
    | { type: 'leg.failed'; leg: string; reason: LegFailure; forwardedTo: string | null }
    | { type: 'leg.bridged'; leg: string; bridge: string; /** the leg whose place it takes */ replaces: string | null }
    | { type: 'leg.unbridged'; leg: string; bridge: string }
    /** Two ends of one internal pair: what enters one leaves the other. */
    | { type: 'leg.paired'; leg: string; other: string }
    /** `leg` pressed hold (its partner hears music), `leg` resumed. */
    | { type: 'leg.held'; leg: string }
    | { type: 'leg.resumed'; leg: string }
    /** A PBX application serves the leg now; null: no longer. */
    | { type: 'leg.served'; leg: string; service: LegService | null; detail: string | null }
    | {
        type: 'leg.transferred';
        kind: TransferKind;
        /** The leg of whoever handed on. */
        by: string;
        /** Its other leg, when it had two (attended). */
        byOther: string | null;
        /** The leg that was handed on, and to what. */
        leg: string | null;
        toLeg: string | null;
        toNumber: string | null;
      }
    /** This end asked to hang up: it ended the call. */
    | { type: 'leg.hangupRequested'; leg: string }
    | { type: 'leg.ended'; leg: string; cause: number | null; causeText: string | null }
    /** Two groups turned out to be one call; `call` survives. */
    | { type: 'call.merged'; call: string; merged: string }
    | {
        type: 'queue.entered';
        leg: string;
        queue: string;
        position: number | null;
        /** ms waited already (snapshot) */
        waitedMs: number;
        /** What the queue itself can be attributed by: the last resort for a caller whose leg tells nothing. */
        keys: readonly AccountKey[];
      }
    /** May come a second time for the same stay with the true reason instead of `unknown`: the PBX shows it only by what follows. */
    | { type: 'queue.left'; leg: string; queue: string; reason: QueueLeft }
    /** The queue rings a member for the caller at `leg`. */
    | { type: 'queue.offered'; leg: string; queue: string; agent: string; targetLeg: string | null }
    | { type: 'queue.declined'; leg: string; queue: string; agent: string; ringMs: number | null }
    | { type: 'queue.connected'; leg: string; queue: string; agent: string; targetLeg: string | null; waitMs: number | null }
    | { type: 'queue.completed'; leg: string; queue: string; agent: string; endedBy: 'caller' | 'agent' | 'transfer'; wrapUpMs: number }
  );

/** Device state as the PBX tells it. */
export type DeviceState = 'idle' | 'inUse' | 'busy' | 'ringing' | 'ringInUse' | 'onHold' | 'unavailable' | 'unknown';

export type AgentEvent = Envelope &
  /** The agent belongs to the queue from now on (login) or no longer (logout). */
  (
    | {
        type: 'agent.membership';
        agent: string;
        name: string | null;
        /** The phone behind the agent, named as in `leg.started`, when it can be told. */
        device?: string;
        queue: string;
        loggedIn: boolean;
        dynamic: boolean;
        keys: readonly AccountKey[];
      }
    | { type: 'agent.paused'; agent: string; queue: string; paused: boolean; reason: string | null }
    | { type: 'agent.device'; agent: string; state: DeviceState }
  );

export type DeviceEvent = Envelope & { type: 'device.state'; device: string; state: DeviceState };

/** The directory changed on the PBX: a new discovery is due. */
export type DirectoryEvent = Envelope & { type: 'directory.changed' };

/**
 * The frame around a snapshot. Between `snapshot.started` and `snapshot.completed` stand only
 * events of origin `snapshot`; every leg, queue entry or membership not named there is over.
 */
export type SnapshotEvent = Envelope &
  (
    | {
        type: 'snapshot.started';
        /** The PBX has restarted since the last session: nothing of before lives. */
        restarted: boolean;
        /** Identity of this run of the PBX. */
        epoch: string;
        /** Something may have happened unseen between the last event and this one (the first snapshot of every session). */
        gap: boolean;
      }
    | { type: 'snapshot.completed' }
  );

export type NeutralEvent = CallEvent | AgentEvent | DeviceEvent | DirectoryEvent | SnapshotEvent;
export type NeutralEventType = NeutralEvent['type'];
