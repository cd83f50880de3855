import type { NeutralEvent } from '../../../contract/events.ts';
import type { LinkEventSink, Lease, PortStatus, SupervisedPort } from './ports.ts';
import type { Beat, LeasableLink } from './lease.ts';
import type { Share } from './shares.ts';

/** What came since the last write of the link's state. */
export interface Pending {
  status: PortStatus;
  /** The gap that this change of state begins. */
  lost: { from: number; cause: string } | null;
  /** The link is live since then: gaps end. */
  liveAt: number | null;
  epoch: string | null;
  version: string | null;
}

export interface HeldLinkOptions {
  link: LeasableLink;
  lease: Lease;
  shares: readonly Share[];
  sink: LinkEventSink;
  /** Why nothing was watched before, if that is a gap. */
  causeBefore: string;
  /** A state has changed and should be written soon. */
  onChange(): void;
  onDirectoryChanged(linkId: string): void;
}

/** What was read in this time may not be stored yet: should this process die, the gap begins before it. */
const UNSTORED_MS = 200;

/** One link that this process holds: gathers what its session tells until the next write. */
export class HeldLink {
  link: LeasableLink;
  shares: readonly Share[];
  readonly lease: Lease;
  state: PortStatus | null = null;
  session: SupervisedPort | null = null;
  /** The link was watched before, by this process or another: the time since then is a gap. */
  wasWatched = false;
  /** Another process has the lease: nothing may be written. */
  lost = false;
  #aliveAt: number | null = null;
  #lastEventAt: number | null = null;
  #skewMs: number | null = null;
  #run: { epoch: string; version: string } | null = null;
  #pending: Pending[] = [];
  readonly #options: HeldLinkOptions;

  constructor(options: HeldLinkOptions) {
    this.#options = options;
    this.link = options.link;
    this.shares = options.shares;
    this.lease = options.lease;
  }

  get id(): string {
    return this.link.linkId;
  }

  events(batch: readonly NeutralEvent[]): void {
    const last = batch.at(-1);
    if (last) this.#lastEventAt = last.receivedAt;
    this.#options.sink.events(this.id, batch);
    if (batch.some((event) => event.type === 'directory.changed')) this.#options.onDirectoryChanged(this.id);
  }

  status(told: PortStatus): void {
    const before = this.state;
    // A refused address and a closed port read the same: Ringside is no port scanner.
    const status = told.failure === 'refusedAddress' ? { ...told, failure: 'tcp' as const } : told;
    this.state = status;
    if (before?.state === status.state && before.since === status.since && before.failure === status.failure) return;
    const live = status.state === 'live';
    const ended = !live && (before === null ? this.wasWatched : before.state === 'live');
    this.#pending.push({
      status,
      lost: ended ? { from: status.since, cause: status.failure ?? this.#options.causeBefore } : null,
      liveAt: live ? status.since : null,
      epoch: live ? (this.#run?.epoch ?? null) : null,
      version: this.#run?.version ?? null,
    });
    this.#options.onChange();
  }

  alive(at: number, skewMs: number | null): void {
    this.#aliveAt = at;
    if (skewMs !== null) this.#skewMs = skewMs;
  }

  authenticated(epoch: string, version: string): void {
    this.#run = { epoch, version };
  }

  /** Changes of state not yet written, in order. */
  takePending(): Pending[] {
    const taken = this.#pending;
    this.#pending = [];
    return taken;
  }

  /** The write failed: they come first again. */
  putBack(pending: readonly Pending[]): void {
    this.#pending.unshift(...pending);
  }

  get isDirty(): boolean {
    return this.#pending.length > 0;
  }

  /** What the next heartbeat tells; an event is told once. */
  beat(): Beat {
    const live = this.state?.state === 'live' && this.#aliveAt !== null;
    const beat = {
      linkId: this.id,
      fence: this.lease.fence,
      aliveAt: live && this.#aliveAt !== null ? new Date(Math.max(this.#aliveAt - UNSTORED_MS, this.state?.since ?? 0)) : null,
      lastEventAt: this.#lastEventAt === null ? null : new Date(this.#lastEventAt),
      skewMs: this.#skewMs,
    };
    this.#lastEventAt = null;
    return beat;
  }
}
