import type { Clock } from '../../platform/clock/index.ts';
import type { Directory, SessionSink } from '../connector.ts';
import { LinkError } from '../connector.ts';
import type { AmiClient, EventListener } from './client.ts';
import { sameDirectory } from './directory.ts';
import { toLinkError } from './failures.ts';
import type { Mapper } from './map.ts';
import type { AmiMessage } from './message.ts';

const EVENT_MASK = 'system,call,agent,user,cdr';
/** Characters of events put aside while the snapshot is taken. */
const MAX_ASIDE = 64 << 20;
/** Shortest time between two questions for what channels do. */
const APPLICATIONS_EVERY_MS = 1_000;
/** How often the time of the PBX's last reload is read. */
const RELOAD_CHECK_MS = 60_000;
/** AMI numbers nothing, so an event lost on the way shows only in comparison with the whole. */
const COMPARE_EVERY_MS = 600_000;
/** A reload or a shift change brings many signs at once. */
const DIRECTORY_SETTLES_MS = 5_000;

interface Parts {
  client: AmiClient;
  mapper: Mapper;
  sink: SessionSink;
  clock: Clock;
  /** Events that the mapper reads. */
  wanted: ReadonlySet<string>;
  directory: Directory;
  /** Reads it anew over the same line. */
  rediscover: () => Promise<Directory>;
}

type Timer = 'applications' | 'reload' | 'directory' | 'compare';

interface Aside {
  message: AmiMessage;
  receivedAt: number;
}

/**
 * Brings a line's events to the mapper: first a snapshot, taken while events are put aside, then
 * those, then live. What the mapper makes of a chunk of bytes goes out as one batch.
 */
export class Feed implements EventListener {
  readonly #parts: Parts;
  readonly #timers = new Map<Timer, () => void>();
  #directory: Directory;
  #aside: Aside[] | null = [];
  #asideSize = 0;
  #skewMs: number | null = null;
  #reloadedAt: string | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#directory = parts.directory;
  }

  /** Returns when the feed is live. @throws LinkError, ActionRefused */
  async begin(epoch: string, restarted: boolean): Promise<void> {
    const { client } = this.#parts;
    this.#measureSkew();
    client.listen(this);
    // Some servers never answer it; actions are worked off in order, so the lists come after it all the same.
    client.tell('Events', { EventMask: EVENT_MASK });
    await this.#snapshot(epoch, restarted);
    await this.#checkReload();
  }

  /** Reads the directory anew soon, and tells if it is another. */
  doubtDirectory(): void {
    this.#once('directory', DIRECTORY_SETTLES_MS, () => this.#refreshDirectory());
  }

  stop(): void {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  wants(event: string): boolean {
    return this.#parts.wanted.has(event) || event === 'Reload';
  }

  event(message: AmiMessage, receivedAt: number): void {
    if (this.#doubtsDirectory(message)) this.doubtDirectory();
    if (this.#aside === null) {
      this.#parts.mapper.live(message, receivedAt);
      return;
    }
    this.#asideSize += message.size;
    if (this.#asideSize > MAX_ASIDE) throw new LinkError('closed', 'too many events while the snapshot was taken: the session is given up');
    this.#aside.push({ message, receivedAt });
  }

  batchEnd(): void {
    const { client, sink } = this.#parts;
    this.#measureSkew();
    sink.alive(client.skewMs);
    if (this.#aside === null) this.#flush();
  }

  /** Tells everything that is; meanwhile events are put aside. Again and again, since a list may prove what no event told. */
  async #snapshot(epoch: string, restarted: boolean): Promise<void> {
    const { client, mapper, clock } = this.#parts;
    const aside: Aside[] = [];
    this.#aside = aside;
    this.#asideSize = 0;
    const [channels, bridges, queueStatus, deviceStates] = await Promise.all([
      client.list('CoreShowChannels'),
      client.list('BridgeList'),
      client.listIfAllowed('QueueStatus'),
      client.listIfAllowed('DeviceStateList'),
    ]);
    mapper.snapshot({ channels, bridges, queueStatus: queueStatus ?? [], deviceStates: deviceStates ?? [] }, clock.now(), restarted, epoch);
    for (const { message, receivedAt } of aside) mapper.live(message, receivedAt);
    this.#aside = null;
    this.#flush();
    this.#once('compare', COMPARE_EVERY_MS, () => this.#snapshot(epoch, false));
  }

  #measureSkew(): void {
    const { client, mapper } = this.#parts;
    if (client.skewMs === this.#skewMs) return;
    this.#skewMs = client.skewMs;
    mapper.setSkew(client.skewMs);
  }

  #flush(): void {
    const { mapper, sink } = this.#parts;
    const events = mapper.take();
    if (events.length > 0) sink.events(events);
    if (mapper.wantsApplications()) this.#once('applications', APPLICATIONS_EVERY_MS, () => this.#readApplications());
  }

  async #readApplications(): Promise<void> {
    const { client, mapper, clock } = this.#parts;
    mapper.applications(await client.list('CoreShowChannels'), clock.now());
    this.#flush();
  }

  #doubtsDirectory(message: AmiMessage): boolean {
    if (message.name === 'Reload') return true;
    if (message.name !== 'QueueMemberAdded') return false;
    const agent = message.get('Interface');
    return !this.#directory.queues.some((queue) => queue.members.some((member) => member.agent === agent));
  }

  async #refreshDirectory(): Promise<void> {
    const { mapper, clock, rediscover } = this.#parts;
    const directory = await rediscover();
    if (sameDirectory(directory, this.#directory)) return;
    this.#directory = directory;
    mapper.setDirectory(directory);
    mapper.directoryChanged(clock.now());
    this.#flush();
  }

  /** A login without class `system` hears of no reload; its time can be read. */
  async #checkReload(): Promise<void> {
    const status = await this.#parts.client.ask('CoreStatus');
    const reloadedAt = `${status.get('CoreReloadDate') ?? ''} ${status.get('CoreReloadTime') ?? ''}`;
    if (this.#reloadedAt !== null && this.#reloadedAt !== reloadedAt) this.doubtDirectory();
    this.#reloadedAt = reloadedAt;
    this.#once('reload', RELOAD_CHECK_MS, () => this.#checkReload());
  }

  /** Runs `work` after `ms` unless it already waits. What fails in it ends the line only if the line failed. */
  #once(name: Timer, ms: number, work: () => Promise<void>): void {
    if (this.#timers.has(name)) return;
    const cancel = this.#parts.clock.after(ms, () => {
      this.#timers.delete(name);
      work().catch((error: unknown) => this.#parts.client.close(toLinkError(error)));
    });
    this.#timers.set(name, cancel);
  }
}
