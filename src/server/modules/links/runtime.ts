/** Holds the links that this process has leased: opens, watches, writes their state, lets them go. */
import type { LinkState } from '../../../contract/pbx-connections.ts';
import type { Clock } from '../../platform/clock/index.ts';
import type { SecretBox } from '../../platform/crypto/index.ts';
import type { Database } from '../../platform/db/index.ts';
import { newId } from '../../platform/ids/index.ts';
import type { Log } from '../../platform/log/index.ts';
import { createDirectoryWatch, type DirectoryWatch } from './directory-watch.ts';
import { closeGaps, openGaps } from './gaps.ts';
import { HeldLink } from './held-link.ts';
import { acquire, leasableLinks, release, renew, writeLastEvents, type LeasableLink } from './lease.ts';
import { openHeldLink, UnusableLink } from './open-link.ts';
import type { GapNews, LinkEventSink, PbxPorts } from './ports.ts';
import { sharesOf, watchedOf, type Share } from './shares.ts';
import { writeStates, type Written } from './write-states.ts';

export interface LinksOptions {
  database: Database;
  ports: PbxPorts;
  box: SecretBox;
  sink: LinkEventSink;
  clock: Clock;
  log: Log;
  /** The directory of this share should be read (again); called for each share apart. */
  onSyncDue(share: { connectionId: string; customerId: string }): Promise<void>;
}

export interface Links {
  start(): void;
  /** Ends all sessions, then lets the leases go. */
  stop(): Promise<void>;
  /** Something about the links has changed just now: looks at once instead of within a second. */
  poke(): void;
  /** How many links of this process are in which state. */
  states(): Map<LinkState, number>;
}

const BEAT_MS = 1000;
const FLUSH_MS = 50;
/** A transaction names its tenants in its settings: bounded. */
const OPEN_AT_ONCE = 20;

export function createLinks(options: LinksOptions): Links {
  return new Runtime(options);
}

class Runtime implements Links {
  readonly #options: LinksOptions;
  readonly #owner = newId();
  readonly #held = new Map<string, HeldLink>();
  /** Being let go; not to be taken again before it is over. */
  readonly #closing = new Map<string, Promise<void>>();
  /** Links that this process ended itself to open them anew. */
  readonly #reopening = new Set<string>();
  readonly #directories: DirectoryWatch;
  #stopped = false;
  #cancelBeat: () => void = () => {};
  #cancelFlush: (() => void) | null = null;
  #work: Promise<void> = Promise.resolve();
  #pokes = 0;

  constructor(options: LinksOptions) {
    this.#options = options;
    this.#directories = createDirectoryWatch(options);
  }

  start(): void {
    this.#schedule(() => this.#beat());
    this.#later();
  }

  poke(): void {
    if (this.#pokes > 0) return;
    this.#pokes++;
    this.#schedule(async () => {
      this.#pokes = 0;
      await this.#beat();
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelBeat();
    this.#cancelFlush?.();
    this.#directories.stop();
    await this.#work;
    await Promise.all([...this.#held.values()].map((held) => this.#letGo(held, true)));
    await Promise.all(this.#closing.values());
  }

  states(): Map<LinkState, number> {
    const counts = new Map<LinkState, number>();
    for (const { state } of this.#held.values()) {
      const name = state?.state ?? 'connecting';
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    return counts;
  }

  #later(): void {
    this.#cancelBeat = this.#options.clock.after(BEAT_MS, () => {
      this.#schedule(() => this.#beat());
      if (!this.#stopped) this.#later();
    });
  }

  /** One thing after the other: beats and flushes share the held links. */
  #schedule(job: () => Promise<void>): void {
    if (this.#stopped) return;
    this.#work = this.#work.then(job).catch((error: unknown) => {
      this.#options.log.error({ err: error }, 'links: work failed, tried again within a second');
    });
  }

  async #beat(): Promise<void> {
    const { database } = this.#options;
    if (this.#stopped) return;
    const leasable = new Map((await database.system([], leasableLinks)).map((link) => [link.linkId, link]));
    for (const held of this.#held.values()) this.#letGoUnlessWanted(held, leasable.get(held.id));
    await this.#renew();
    await this.#refreshShares(leasable);
    await this.#open([...leasable.values()].filter((link) => !this.#held.has(link.linkId) && !this.#closing.has(link.linkId)));
    await this.#flush();
    for (const held of this.#held.values()) this.#directories.beat(held);
  }

  #letGoUnlessWanted(held: HeldLink, wanted: LeasableLink | undefined): void {
    if (wanted?.revision === held.link.revision) return;
    if (wanted) this.#reopening.add(held.id);
    const stay = new Set(wanted?.customerIds);
    void this.#letGo(
      held,
      true,
      held.link.customerIds.filter((id) => !stay.has(id)),
    );
  }

  async #renew(): Promise<void> {
    const beats = [...this.#held.values()].map((held) => held.beat());
    if (beats.length === 0) return;
    const { database } = this.#options;
    const owners = [...new Set([...this.#held.values()].map((held) => held.link.ownerId))];
    const ours = await database.system(owners, (db) => renew(db, this.#owner, beats));
    // Apart, so that no link stays locked while shares are written.
    const heard = beats.filter((beat) => beat.lastEventAt !== null && ours.has(beat.linkId));
    const tenants = this.#tenants(heard.flatMap((beat) => this.#held.get(beat.linkId) ?? []));
    if (heard.length > 0) await database.system(tenants, (db) => writeLastEvents(db, heard));
    for (const held of this.#held.values()) if (!ours.has(held.id)) this.#loses(held);
  }

  /** Shares come, go and finish their syncs while a link runs. */
  async #refreshShares(leasable: ReadonlyMap<string, LeasableLink>): Promise<void> {
    const { database, sink, clock } = this.#options;
    for (const held of this.#held.values()) {
      const now = leasable.get(held.id);
      if (!now || now.shares === held.link.shares) continue;
      const { shares, gaps } = await database.system([now.ownerId, ...now.customerIds], async (db) => ({
        shares: await sharesOf(db, [held.id]),
        gaps:
          held.state?.state === 'live'
            ? await closeGaps(db, held.id, clock.now())
            : await openGaps(db, { linkId: held.id }, { from: clock.now(), cause: held.state?.failure ?? 'notReady' }),
      }));
      const left = held.link.customerIds.filter((id) => !now.customerIds.includes(id));
      held.link = now;
      held.shares = shares;
      sink.shares(held.id, shares.map(watchedOf), left);
      if (gaps.length > 0) sink.gaps(held.id, gaps);
    }
  }

  async #open(wanted: readonly LeasableLink[]): Promise<void> {
    const { database } = this.#options;
    for (let at = 0; at < wanted.length && !this.#stopped; at += OPEN_AT_ONCE) {
      const some = wanted.slice(at, at + OPEN_AT_ONCE);
      const tenants = some.flatMap((link) => [link.ownerId, ...link.customerIds]);
      const { fences, shares } = await database.system([...new Set(tenants)], async (db) => {
        const taken = await acquire(
          db,
          this.#owner,
          some.map((link) => link.linkId),
        );
        return { fences: taken, shares: await sharesOf(db, [...taken.keys()]) };
      });
      await Promise.all(some.map((link) => this.#openOne(link, fences.get(link.linkId), shares)));
    }
  }

  async #openOne(link: LeasableLink, fence: number | undefined, shares: readonly Share[]): Promise<void> {
    if (fence === undefined) return;
    const { log, sink, clock } = this.#options;
    const held = new HeldLink({
      link,
      lease: { owner: this.#owner, fence },
      shares: shares.filter((share) => share.linkId === link.linkId),
      sink,
      causeBefore: this.#reopening.delete(link.linkId) ? 'settingsChanged' : 'processDown',
      onChange: () => this.#flushSoon(),
      onDirectoryChanged: (linkId) => this.#directories.changed(linkId, () => this.#held.get(linkId)?.shares ?? []),
    });
    try {
      await openHeldLink(this.#options, held);
      this.#held.set(link.linkId, held);
    } catch (error) {
      log.error({ err: error, linkId: link.linkId }, 'a link could not be opened');
      if (error instanceof UnusableLink) {
        // Kept as it is, so that it is told once, until its settings change.
        held.status({ state: 'down', since: clock.now(), failure: 'protocol' });
        this.#held.set(link.linkId, held);
      } else {
        // The lease is given back, so that the next beat (here or elsewhere) tries again.
        await this.#letGo(held, false);
      }
    }
  }

  #flushSoon(): void {
    if (this.#cancelFlush || this.#stopped) return;
    this.#cancelFlush = this.#options.clock.after(FLUSH_MS, () => {
      this.#cancelFlush = null;
      this.#schedule(() => this.#flush());
    });
  }

  async #flush(): Promise<void> {
    await this.#write([...this.#held.values()].filter((held) => held.isDirty));
  }

  /** All changes of state in one transaction; told to the sink once committed. */
  async #write(dirty: readonly HeldLink[]): Promise<void> {
    if (dirty.length === 0) return;
    const taken = dirty.map((held) => ({ held, pending: held.takePending() }));
    let written: { held: HeldLink; result: Written | null }[];
    try {
      written = await this.#options.database.system(this.#tenants(dirty), async (db) => {
        const results = [];
        for (const { held, pending } of taken) results.push({ held, result: await writeStates(db, held, pending) });
        return results;
      });
    } catch (error) {
      for (const { held, pending } of taken) held.putBack(pending);
      throw error;
    }
    for (const { held, result } of written) {
      if (result) this.#tell(held, result.news, result.gaps);
      else this.#loses(held);
    }
  }

  #tell(held: HeldLink, news: Written['news'], gaps: readonly GapNews[]): void {
    this.#options.sink.news(held.id, news);
    if (gaps.length > 0) this.#options.sink.gaps(held.id, gaps);
  }

  #loses(held: HeldLink): void {
    this.#options.log.warn({ linkId: held.id }, 'another process has taken over a link');
    held.lost = true;
    void this.#letGo(held, true);
  }

  /** Ends the session, stores what is left, gives the lease back. @param left customers who have no share any more */
  #letGo(held: HeldLink, opened: boolean, left: readonly string[] = []): Promise<void> {
    const running = this.#closing.get(held.id);
    if (running) return running;
    this.#held.delete(held.id);
    const closing = this.#close(held, opened, left)
      .catch((error: unknown) => this.#options.log.error({ err: error, linkId: held.id }, 'a link was not let go cleanly'))
      .finally(() => void this.#closing.delete(held.id));
    this.#closing.set(held.id, closing);
    return closing;
  }

  async #close(held: HeldLink, opened: boolean, left: readonly string[]): Promise<void> {
    const { database, sink, clock } = this.#options;
    await held.session?.stop();
    if (opened) await sink.closed(held.id, held.lost, left);
    if (held.lost) return;
    const beat = held.beat();
    // Nobody watches from here on: a link must not look live because its last word was that.
    if (this.#stopped) held.status({ state: 'down', since: clock.now(), failure: 'stopped' });
    await database.system(this.#tenants([held]), async (db) => {
      await renew(db, this.#owner, [beat]);
      await writeStates(db, held, held.takePending());
      await release(db, held.id, held.lease);
    });
  }

  #tenants(links: Iterable<HeldLink>): string[] {
    const ids = new Set<string>();
    for (const { link } of links) for (const id of [link.ownerId, ...link.customerIds]) ids.add(id);
    return [...ids];
  }
}
