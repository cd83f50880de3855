import { randomBytes } from 'node:crypto';
import { systemClock, type Clock } from '../platform/clock/index.ts';
import type { AmiUser } from './ami/rights.ts';
import { AmiServer } from './ami/server.ts';
import { actAsAgent, type AgentAction } from './calls/agents.ts';
import { BusinessDay } from './calls/day.ts';
import type { CallFacts } from './calls/facts.ts';
import { beginCall, type CallScript } from './calls/script.ts';
import { createCompany, personAt, type Company } from './core/company.ts';
import { line, type PbxEvent } from './core/event.ts';
import { createRandom, type Random } from './core/random.ts';
import { play, type Playing } from './core/script.ts';
import { hangUpEverything } from './core/shutdown.ts';
import { Switch } from './core/switch.ts';
import { runFlood, type FloodOptions, type FloodResult } from './flood/run.ts';

export interface SimulatedPbxOptions {
  /** TCP port on loopback; 0 (the default): any free one. */
  port?: number;
  /** The same seed gives the same people and the same day. 1 unless given. */
  seed?: number;
  /** Companies that share the PBX, 1 unless given. */
  companies?: number;
  /** Calls per hour of the simulated day and company. 0 (the default): only what is placed. */
  callsPerHour?: number;
  /** How many times faster than the clock the day runs. */
  speed?: number;
  /** Simulated time of day at the start, 8 to 18; 9.75 unless given. */
  startHour?: number;
  /** AMI login; the secret is random unless given. */
  user?: string;
  secret?: string;
  /** What the login may read and write; everything that a collector asks for unless given. */
  read?: AmiUser['read'];
  write?: AmiUser['write'];
  /** timestampevents of manager.conf; on unless given. */
  timestamps?: boolean;
  loginFailureDelayMs?: number;
  writeTimeoutMs?: number;
  clock?: Clock;
}

export interface PlacedCall {
  /** Grows while the call goes on; complete when `done` resolves. */
  facts: CallFacts;
  /** The facts when the call is over; null when the PBX stopped before. */
  done: Promise<CallFacts | null>;
}

export interface SimulatedPbxStats {
  /** Events handed to clients, by name; a client that is not logged in or may not read them gets none. */
  eventsSent: Readonly<Record<string, number>>;
  /** Calls begun. */
  calls: number;
  /** Clients that are logged in now. */
  clients: number;
}

export interface SimulatedPbx {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly secret: string;
  readonly companies: readonly Company[];
  /** Begins one call now. @throws Error for an unknown company, extension or queue */
  place(script: CallScript & { company?: string }): PlacedCall;
  /** Logs an agent in or out of, or pauses them in, all their queues. */
  agent(extension: string, action: AgentAction, company?: string): void;
  /** Realistic traffic at a given rate; resolves when all its calls are over. */
  flood(options: FloodOptions): Promise<FloodResult>;
  /** Breaks every connection; the PBX goes on and takes new ones. */
  cutLine(): void;
  /** Keeps every connection open but silent; the function given back ends it. */
  stall(): () => void;
  /** New logins need this secret; who is logged in stays. */
  changeSecret(secret: string): void;
  /** Ends the run and begins another on the same port. `clean`: calls are hung up and Shutdown is sent, as by SIGTERM; else silence, as by SIGKILL. */
  restart(options?: { clean?: boolean; downMs?: number }): Promise<void>;
  stats(): SimulatedPbxStats;
  stop(): Promise<void>;
}

/** Starts a phone system on loopback that lives a believable day and speaks AMI. Rejects when the port is taken. */
export async function startSimulatedPbx(options: SimulatedPbxOptions = {}): Promise<SimulatedPbx> {
  const pbx = new RunningPbx(options);
  await pbx.start();
  return pbx;
}

class RunningPbx implements SimulatedPbx {
  readonly host = '127.0.0.1';
  readonly companies: readonly Company[];
  readonly user: string;
  port = 0;
  secret: string;
  #options: SimulatedPbxOptions;
  #clock: Clock;
  #random: Random;
  #server: AmiServer;
  #switch: Switch;
  #days: BusinessDay[] = [];
  /** Time of day at the start of this run. */
  #startHour: number;
  #playing = new Set<Playing<void>>();
  #eventsSent = new Map<string, number>();
  #calls = 0;
  #stopped = false;

  constructor(options: SimulatedPbxOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#startHour = options.startHour ?? 9.75;
    const seed = options.seed ?? 1;
    this.#random = createRandom(seed);
    this.companies = Array.from({ length: options.companies ?? 1 }, (_, index) => createCompany(index, seed));
    this.user = options.user ?? 'ringside';
    this.secret = options.secret ?? randomBytes(18).toString('base64url');
    this.#switch = this.#newSwitch();
    this.#server = new AmiServer(
      {
        pbx: () => this.#switch,
        users: () => [this.#amiUser()],
        clock: this.#clock,
        failureDelayMs: options.loginFailureDelayMs ?? 1000,
        writeTimeoutMs: options.writeTimeoutMs ?? 5000,
        newChallenge: () => String(this.#random.int(100_000_000, 999_999_999)),
        delivered: (event, count) => this.#count(event, count),
      },
      options.timestamps ?? true,
    );
  }

  async start(): Promise<void> {
    this.#beginDays();
    this.port = await this.#server.listen(this.#options.port ?? 0);
  }

  place(script: CallScript & { company?: string }): PlacedCall {
    const { facts, course } = beginCall(this.#switch, this.#company(script.company), script);
    this.#calls++;
    const playing = play(this.#clock, course);
    this.#playing.add(playing);
    const done = playing.done.then(() => {
      this.#playing.delete(playing);
      return facts.endedAt === null ? null : facts;
    });
    return { facts, done };
  }

  agent(extension: string, action: AgentAction, company?: string): void {
    const where = this.#company(company);
    actAsAgent(this.#switch, where, personAt(where, extension), action);
  }

  flood(options: FloodOptions): Promise<FloodResult> {
    const running = this.#switch;
    for (const company of this.companies) {
      for (const queue of company.queues) for (const agent of queue.agents) actAsAgent(this.#switch, company, agent, { action: 'login' });
    }
    return runFlood(options, {
      companies: this.companies,
      clock: this.#clock,
      seed: this.#options.seed ?? 1,
      timestamps: this.#options.timestamps ?? true,
      send: (eventClass, text) => this.#server.broadcastRaw(eventClass, text),
      delivered: (event, count) => this.#count(event, count),
      stopped: () => running !== this.#switch || this.#stopped,
    });
  }

  cutLine(): void {
    this.#server.cut();
  }

  stall(): () => void {
    return this.#server.stall();
  }

  changeSecret(secret: string): void {
    this.secret = secret;
  }

  async restart({ clean = true, downMs = 500 }: { clean?: boolean; downMs?: number } = {}): Promise<void> {
    this.#startHour = this.#days[0]?.hour() ?? this.#startHour;
    await this.#end(clean);
    const before = this.#switch;
    await this.#clock.sleep(downMs);
    this.#switch = this.#newSwitch();
    for (const [mailbox, messages] of before.mailboxes) this.#switch.mailboxes.set(mailbox, messages);
    this.#beginDays();
    await this.#server.listen(this.port);
  }

  stats(): SimulatedPbxStats {
    return { eventsSent: Object.fromEntries(this.#eventsSent), calls: this.#calls, clients: this.#server.clients };
  }

  stop(): Promise<void> {
    this.#stopped = true;
    return this.#end(true);
  }

  async #end(clean: boolean): Promise<void> {
    for (const day of this.#days.splice(0)) day.stop();
    for (const playing of this.#playing) playing.stop();
    this.#playing.clear();
    if (clean) {
      hangUpEverything(this.#switch);
      this.#switch.send('Shutdown', 'system', line('Shutdown', 'Cleanly') + line('Restart', 'False'));
    } else {
      this.#server.cut();
    }
    await this.#server.close();
  }

  #newSwitch(): Switch {
    return new Switch({
      clock: this.#clock,
      random: this.#random.fork(),
      companies: this.companies,
      emit: (event: PbxEvent) => this.#server.broadcast(event),
    });
  }

  #beginDays(): void {
    const { callsPerHour = 0, speed = 1 } = this.#options;
    if (callsPerHour === 0) return;
    this.#days = this.companies.map(
      (company) =>
        new BusinessDay({
          pbx: this.#switch,
          clock: this.#clock,
          random: this.#random.fork(),
          company,
          callsPerHour,
          speed,
          startHour: this.#startHour,
          place: (script) => void this.place({ ...script, company: company.key }),
        }),
    );
    for (const day of this.#days) day.start();
  }

  #amiUser(): AmiUser {
    return {
      name: this.user,
      secret: this.secret,
      read: this.#options.read ?? ['system', 'call', 'agent', 'user', 'cdr', 'reporting'],
      write: this.#options.write ?? ['system', 'reporting'],
    };
  }

  #company(key: string | undefined): Company {
    const company = key === undefined ? this.companies[0] : this.companies.find((c) => c.key === key);
    if (!company) throw new Error(`the simulated PBX has no company ${key}`);
    return company;
  }

  #count(event: string, count: number): void {
    this.#eventsSent.set(event, (this.#eventsSent.get(event) ?? 0) + count);
  }
}
