/** All watchers of one customer's board: each change is read and written out once for all of them. */
import type { LiveDelta, LiveFrame, LiveSnapshot } from '../../../contract/live.ts';
import type { Bus } from '../../platform/bus/index.ts';
import type { Clock } from '../../platform/clock/index.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Log } from '../../platform/log/index.ts';
import { CHANGES_TOPIC, type CustomerChanges } from '../monitoring/index.ts';
import { readBoard, readCalls, readGaps, readLinks, readQueues, readSeq } from './snapshot.ts';
import { listAgents } from '../agents/index.ts';

export interface Watcher {
  /** Takes a frame; `seq` is the customer's number the frame brings the watcher to. */
  send(text: string, seq: number): void;
}

export interface RoomOptions {
  database: Database;
  bus: Bus;
  clock: Clock;
  log: Log;
}

const HEARTBEAT_MS = 1000;

export class Room {
  readonly #customerId: string;
  readonly #options: RoomOptions;
  readonly #watchers = new Set<Watcher>();
  readonly #unsubscribe: () => void;
  #cancelBeat: () => void = () => {};
  /** Changes heard and not yet sent out. */
  #waiting: CustomerChanges[] = [];
  #working: Promise<void> = Promise.resolve();
  /** Number that all who watch have reached; null before anybody does. */
  #seq: number | null = null;
  /** What the database was ahead of that at the last beat; null: nothing. */
  #ahead: number | null = null;
  #gaps = '';

  constructor(customerId: string, options: RoomOptions) {
    this.#customerId = customerId;
    this.#options = options;
    this.#unsubscribe = options.bus.subscribe(CHANGES_TOPIC(customerId), (message) => {
      this.#waiting.push(message as CustomerChanges);
      // Logged there; the hole in the numbers is seen with the next change or beat.
      this.#queue(() => this.#sendChanges()).catch(() => {});
    });
    this.#beat();
  }

  get empty(): boolean {
    return this.#watchers.size === 0;
  }

  /** Subscribed before the snapshot is read, so that nothing falls between the two. */
  join(watcher: Watcher): Promise<void> {
    this.#watchers.add(watcher);
    return this.#queue(async () => {
      const board = await this.#board();
      // The others have not heard yet of what the snapshot may hold already: for them the room stays where it is.
      this.#seq ??= board.seq;
      watcher.send(JSON.stringify(board), board.seq);
    });
  }

  leave(watcher: Watcher): void {
    this.#watchers.delete(watcher);
  }

  close(): void {
    this.#unsubscribe();
    this.#cancelBeat();
    this.#watchers.clear();
  }

  /** One thing at a time, in order. */
  #queue(work: () => Promise<void>): Promise<void> {
    const done = this.#working.then(work);
    this.#working = done.catch((error: unknown) =>
      this.#options.log.error({ err: error, tenantId: this.#customerId }, 'a live frame could not be made'),
    );
    return done;
  }

  async #sendChanges(): Promise<void> {
    const reached = this.#seq;
    const heard = this.#waiting.filter((changes) => changes.seq > (reached ?? Infinity));
    this.#waiting = [];
    const last = heard.at(-1);
    if (!last || reached === null || this.empty) return;
    if (last.seq - reached !== heard.length) return this.#startAnew();
    const frame = await this.#read(heard, reached, last.seq);
    this.#seq = last.seq;
    this.#broadcast(frame);
  }

  /** Something committed was never heard of or could not be read: all watchers get the whole board. */
  async #startAnew(): Promise<void> {
    const board = await this.#board();
    this.#seq = board.seq;
    this.#ahead = null;
    this.#broadcast(board);
  }

  async #board(): Promise<LiveSnapshot> {
    const { database, clock } = this.#options;
    const board = await database.snapshot({ tenantId: this.#customerId, identityId: null }, (db) =>
      readBoard(db, this.#customerId, clock.now()),
    );
    return { type: 'snapshot', now: this.#now(), ...board };
  }

  #read(heard: readonly CustomerChanges[], after: number, seq: number): Promise<LiveDelta> {
    const { database, clock } = this.#options;
    const customerId = this.#customerId;
    const callIds = [...new Set(heard.flatMap((changes) => changes.callIds))];
    const agentIds = [...new Set(heard.flatMap((changes) => changes.agentIds))];
    return database.app({ tenantId: customerId, identityId: null }, async (db) => ({
      type: 'delta',
      after,
      seq,
      now: new Date(clock.now()).toISOString(),
      links: [],
      calls: await readCalls(db, customerId, callIds),
      removedCalls: [...new Set(heard.flatMap((changes) => changes.removedCallIds))],
      agents: agentIds.length > 0 ? await listAgents(db, customerId, agentIds) : [],
      queues: callIds.length > 0 ? await readQueues(db, customerId) : [],
      gaps: [],
    }));
  }

  /** Link state and age each second; gaps when they changed. */
  #beat(): void {
    this.#cancelBeat = this.#options.clock.after(HEARTBEAT_MS, () => {
      void this.#queue(() => this.#sendBeat()).catch(() => {});
      this.#beat();
    });
  }

  async #sendBeat(): Promise<void> {
    if (this.empty || this.#seq === null) return;
    const { database, clock } = this.#options;
    const { links, gaps, stored } = await database.app({ tenantId: this.#customerId, identityId: null }, async (db) => ({
      links: await readLinks(db, this.#customerId),
      gaps: await readGaps(db, this.#customerId, clock.now()),
      stored: await readSeq(db, this.#customerId),
    }));
    // Still behind what was stored a beat ago: the news of it will not come any more.
    if (this.#ahead !== null && this.#ahead > this.#seq) return this.#startAnew();
    this.#ahead = stored > this.#seq ? stored : null;
    const now = this.#now();
    const gapsNow = JSON.stringify(gaps);
    if (gapsNow === this.#gaps) this.#broadcast({ type: 'heartbeat', seq: this.#seq, now, links });
    else
      this.#broadcast({
        type: 'delta',
        after: this.#seq,
        seq: this.#seq,
        now,
        links,
        calls: [],
        removedCalls: [],
        agents: [],
        queues: [],
        gaps,
      });
    this.#gaps = gapsNow;
  }

  #broadcast(frame: LiveFrame): void {
    const text = JSON.stringify(frame);
    for (const watcher of this.#watchers) watcher.send(text, frame.seq);
  }

  #now(): string {
    return new Date(this.#options.clock.now()).toISOString();
  }
}
