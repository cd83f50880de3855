/** All watchers of one customer's board: each change is read and written out once for all of them. */
import type { LiveDelta, LiveHeartbeat } from '../../../contract/live.ts';
import type { Bus } from '../../platform/bus/index.ts';
import type { Clock } from '../../platform/clock/index.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Log } from '../../platform/log/index.ts';
import { CHANGES_TOPIC, type CustomerChanges } from '../monitoring/index.ts';
import { readBoard, readCalls, readGaps, readLinks, readQueues } from './snapshot.ts';
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
  #seq = 0;
  #gaps = '';

  constructor(customerId: string, options: RoomOptions) {
    this.#customerId = customerId;
    this.#options = options;
    this.#unsubscribe = options.bus.subscribe(CHANGES_TOPIC(customerId), (message) => {
      this.#waiting.push(message as CustomerChanges);
      // Logged there; those who watch see the hole in the numbers and come again.
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
      const { database, clock } = this.#options;
      const board = await database.snapshot({ tenantId: this.#customerId, identityId: null }, (db) => readBoard(db, this.#customerId, clock.now()));
      // The others have not heard yet of what the snapshot may hold already: for them the room stays where it is.
      if (this.#watchers.size === 1) this.#seq = Math.max(this.#seq, board.seq);
      watcher.send(JSON.stringify({ type: 'snapshot', now: this.#now(), ...board }), board.seq);
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
    this.#working = done.catch((error: unknown) => this.#options.log.error({ err: error, tenantId: this.#customerId }, 'a live frame could not be made'));
    return done;
  }

  async #sendChanges(): Promise<void> {
    const heard = this.#waiting.filter((changes) => changes.seq > this.#seq);
    this.#waiting = [];
    const [first, last] = [heard[0], heard.at(-1)];
    if (!first || !last || this.empty) return;
    const frame = await this.#read(heard, first.seq - 1, last.seq);
    this.#seq = last.seq;
    this.#broadcast(frame);
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
    if (this.empty) return;
    const { database, clock } = this.#options;
    const [links, gaps] = await database.app({ tenantId: this.#customerId, identityId: null }, async (db) => [
      await readLinks(db, this.#customerId),
      await readGaps(db, this.#customerId, clock.now()),
    ] as const);
    const now = this.#now();
    const gapsNow = JSON.stringify(gaps);
    if (gapsNow === this.#gaps) this.#broadcast({ type: 'heartbeat', seq: this.#seq, now, links });
    else this.#broadcast({ type: 'delta', after: this.#seq, seq: this.#seq, now, links, calls: [], removedCalls: [], agents: [], queues: [], gaps });
    this.#gaps = gapsNow;
  }

  #broadcast(frame: LiveDelta | LiveHeartbeat): void {
    const text = JSON.stringify(frame);
    for (const watcher of this.#watchers) watcher.send(text, frame.seq);
  }

  #now(): string {
    return new Date(this.#options.clock.now()).toISOString();
  }
}
