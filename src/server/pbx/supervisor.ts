import type { NeutralEvent } from '../../contract/events.ts';
import type { LinkState as ContractState } from '../../contract/pbx-connections.ts';
import { Backoff } from './backoff.ts';
import { LinkError } from './connector.ts';
import type { Connector, ConnectorIo, Directory, LinkFailure, SessionSink } from './connector.ts';

export interface LinkStatus {
  state: Exclude<ContractState, 'disabled'>;
  /** Since when the link is live or, in every other state, since when it is not; ms since 1970. */
  since: number;
  /** Why the last session ended; null while nothing is wrong. */
  failure: LinkFailure | null;
}

/** A time that was not watched, in whole seconds rounded outwards, ms since 1970. */
export interface LinkGap {
  from: number;
  to: number;
  cause: LinkFailure;
}

/** Where a link's news go. Called synchronously from the socket's data handler: must not block. */
export interface LinkSink {
  events(batch: readonly NeutralEvent[]): void;
  status(status: LinkStatus): void;
  /** Told when the link is live again. */
  gap(gap: LinkGap): void;
  /** Something was read. @param skewMs PBX clock minus ours */
  alive(at: number, skewMs: number | null): void;
  authenticated(epoch: string, version: string): void;
}

/** What was known when the link was watched last, by this process or another. */
export interface LinkMemory {
  epoch: string;
  /** Next sequence number to give. */
  nextSeq: number;
  /** When it was last known to be live; null: never. */
  liveUntil: number | null;
}

export interface SuperviseOptions<Settings> {
  connector: Connector<Settings>;
  settings: Settings;
  io: ConnectorIo;
  sink: LinkSink;
  /** The directory as known at the start of each session. */
  directory: () => Directory | null;
  memory: LinkMemory | null;
  /** 0 ≤ x < 1, for the jitter. */
  random: () => number;
}

export interface SupervisedLink {
  readonly status: LinkStatus;
  /** Ends the session and all trying. Resolves when nothing runs any more; nothing is told to the sink after. */
  stop(): Promise<void>;
}

/** Keeps one link live: session after session with a bounded back-off, until stopped. Knows no tenant and no database. */
export function superviseLink<Settings>(options: SuperviseOptions<Settings>): SupervisedLink {
  const link = new Link(options);
  const done = link.run();
  return {
    get status() {
      return link.status;
    },
    stop: async () => {
      link.abort();
      await done;
    },
  };
}

/** After these the line was good until the moment we were told; after others only until the last byte. */
const TOLD_AT_ONCE: ReadonlySet<LinkFailure> = new Set(['closed', 'pbxStopped', 'protocol', 'stopped']);

class Link<Settings> {
  status: LinkStatus;
  readonly #options: SuperviseOptions<Settings>;
  readonly #abort = new AbortController();
  readonly #backoff: Backoff;
  /** Of the last session that became live: an interrupted snapshot has told nobody of a restart. */
  #epoch: string | null;
  #newEpoch: string | null = null;
  #nextSeq: number;
  #aliveAt = 0;
  #since: number;
  /** Live since; null while not. */
  #liveAt: number | null = null;
  /** Beginning and cause of what is not watched; null while live, and before the link was ever live. */
  #unwatched: { from: number; cause: LinkFailure } | null;

  constructor(options: SuperviseOptions<Settings>) {
    const { memory, io, random } = options;
    this.#options = options;
    this.#backoff = new Backoff(random);
    this.#epoch = memory?.epoch ?? null;
    this.#nextSeq = memory?.nextSeq ?? 0;
    this.#unwatched = memory?.liveUntil == null ? null : { from: memory.liveUntil, cause: 'stopped' };
    this.#since = this.#unwatched?.from ?? io.clock.now();
    this.status = { state: 'connecting', since: this.#since, failure: null };
  }

  abort(): void {
    this.#abort.abort(new LinkError('stopped', 'the link is stopped'));
  }

  async run(): Promise<void> {
    const { clock, log } = this.#options.io;
    const { signal } = this.#abort;
    while (!signal.aborted) {
      this.#tell('connecting', this.status.failure);
      const error = await this.#session();
      if (signal.aborted) return;
      const liveMs = this.#end(error.failure);
      const waitMs = this.#backoff.next(error.failure, liveMs);
      log.warn({ failure: error.failure, detail: error.message, retryInMs: Math.round(waitMs) }, 'link down');
      this.#tell(error.failure === 'badCredentials' ? 'authFailed' : 'down', error.failure);
      await clock.sleep(waitMs, signal).catch(() => {});
    }
  }

  async #session(): Promise<LinkError> {
    const { connector, settings, io, directory } = this.#options;
    const { signal } = this.#abort;
    const options = { signal, directory: directory(), previousEpoch: this.#epoch, firstSeq: this.#nextSeq };
    try {
      return await connector.session(settings, io, this.#sessionSink(), options);
    } catch (error) {
      if (error instanceof LinkError) return error;
      // A fault of ours must not take the link down for good.
      io.log.error({ error: error instanceof Error ? error.stack : 'unknown' }, 'session failed unexpectedly');
      return new LinkError('protocol', 'unexpected');
    }
  }

  #sessionSink(): SessionSink {
    const { sink, io } = this.#options;
    const { signal } = this.#abort;
    return {
      authenticated: (epoch, version) => {
        if (signal.aborted) return;
        this.#newEpoch = epoch;
        sink.authenticated(epoch, version);
        this.#tell('syncing', null);
      },
      alive: (skewMs) => {
        if (signal.aborted) return;
        this.#aliveAt = io.clock.now();
        sink.alive(this.#aliveAt, skewMs);
      },
      events: (batch) => {
        const last = batch.at(-1);
        if (signal.aborted || last === undefined) return;
        this.#nextSeq = last.seq + 1;
        sink.events(batch);
        if (this.#liveAt === null && batch.some((event) => event.type === 'snapshot.completed')) this.#live();
      },
    };
  }

  #live(): void {
    const now = this.#options.io.clock.now();
    this.#liveAt = now;
    this.#aliveAt = now;
    this.#since = now;
    this.#epoch = this.#newEpoch;
    if (this.#unwatched !== null) this.#options.sink.gap(outwards(this.#unwatched.from, now, this.#unwatched.cause));
    this.#unwatched = null;
    this.#tell('live', null);
  }

  /** @returns how long the session was live */
  #end(failure: LinkFailure): number {
    const now = this.#options.io.clock.now();
    const liveMs = this.#liveAt === null ? 0 : now - this.#liveAt;
    if (this.#liveAt !== null) {
      this.#since = TOLD_AT_ONCE.has(failure) ? now : this.#aliveAt;
      this.#unwatched = { from: this.#since, cause: failure };
    }
    this.#liveAt = null;
    return liveMs;
  }

  #tell(state: LinkStatus['state'], failure: LinkFailure | null): void {
    this.status = { state, since: this.#since, failure };
    this.#options.sink.status(this.status);
  }
}

function outwards(from: number, to: number, cause: LinkFailure): LinkGap {
  return { from: Math.floor(from / 1000) * 1000, to: Math.ceil(to / 1000) * 1000, cause };
}
