import type { Clock } from '../../platform/clock/index.ts';
import type { Company, Person } from '../core/company.ts';
import type { Random } from '../core/random.ts';
import { play, type Playing, type Script } from '../core/script.ts';
import type { Switch } from '../core/switch.ts';
import { actAsAgent, type AgentAction } from './agents.ts';
import { inventCall } from './invent.ts';
import type { CallScript } from './script.ts';

interface DayOptions {
  pbx: Switch;
  clock: Clock;
  random: Random;
  company: Company;
  /** Calls begun in one hour of the simulated day, on average over the day. */
  callsPerHour: number;
  /** The day and everything in it run this many times faster than the clock. */
  speed: number;
  /** The simulated time of day at the start, 8 to 18. */
  startHour: number;
  place: (script: CallScript) => void;
}

const OPENS = 8;
const CLOSES = 18;
const HOUR_MS = 3_600_000;
const DAY_MS = (CLOSES - OPENS) * HOUR_MS;

/** Share of the calls by hour from 8 to 17: two peaks and a dip at lunch. Mean 1. */
const CALLS_BY_HOUR = [0.6, 1.1, 1.5, 1.4, 0.8, 0.5, 1.2, 1.3, 1.0, 0.6];

/** One company's working day, repeated: nights are skipped. */
export class BusinessDay {
  #options: DayOptions;
  #startedAt: number;
  #playing: Playing<void>[] = [];

  constructor(options: DayOptions) {
    this.#options = options;
    this.#startedAt = options.clock.now();
  }

  /** Logs in who should be there by now, then lets calls come. */
  start(): void {
    const { company, clock, random } = this.#options;
    const agents = new Set(company.queues.flatMap((q) => q.agents));
    for (const agent of agents) this.#playing.push(play(clock, this.#agentDays(agent, random.fork())));
    if (this.#options.callsPerHour > 0) this.#playing.push(play(clock, this.#arrivals(random.fork())));
  }

  stop(): void {
    for (const playing of this.#playing.splice(0)) playing.stop();
  }

  /** The simulated time of day, 8 up to 18. */
  hour(): number {
    return OPENS + (this.#workedMs() % DAY_MS) / HOUR_MS;
  }

  /** Milliseconds of working time since the first morning: nights are left out. */
  #workedMs(): number {
    const { clock, speed, startHour } = this.#options;
    return (startHour - OPENS) * HOUR_MS + (clock.now() - this.#startedAt) * speed;
  }

  *#arrivals(random: Random): Script<void> {
    const { pbx, company, callsPerHour, speed, place } = this.#options;
    const busiest = Math.max(...CALLS_BY_HOUR);
    for (;;) {
      yield random.exponential(HOUR_MS / (callsPerHour * busiest * speed));
      const now = CALLS_BY_HOUR[Math.floor(this.hour()) - OPENS] ?? 1;
      if (!random.chance(now / busiest)) continue;
      const script = inventCall(pbx, company, random, speed);
      if (script) place(script);
    }
  }

  *#agentDays(agent: Person, random: Random): Script<void> {
    const { pbx, company, speed } = this.#options;
    for (let day = 0; ; day++) {
      for (const step of workingDay(random)) {
        const due = day * DAY_MS + (step.hour - OPENS) * HOUR_MS;
        // On the first day all that should have happened by now happens at once.
        if (due > this.#workedMs()) yield Math.ceil((due - this.#workedMs()) / speed);
        while (!pbx.devices.isFree(agent.device)) yield 1000;
        actAsAgent(pbx, company, agent, step);
      }
    }
  }
}

/** One agent's day: in at eight or so, breaks, lunch, perhaps a meeting or training, home before six. */
function workingDay(random: Random): ({ hour: number } & AgentAction)[] {
  const steps: ({ hour: number } & AgentAction)[] = [];
  const away = (from: number, minutes: number, reason: string): void => {
    steps.push({ hour: from, action: 'pause', reason }, { hour: from + minutes / 60, action: 'unpause' });
  };
  steps.push({ hour: OPENS + random.next() * 0.4, action: 'login' });
  away(9.4 + random.next() * 1.2, random.int(8, 15), 'Break');
  if (random.chance(0.3)) away(11 + random.next() * 0.3, random.int(20, 40), 'Meeting');
  away(12 + random.next() * 1.4, random.int(25, 40), 'Lunch');
  if (random.chance(0.2)) away(14.2 + random.next() * 0.3, random.int(20, 35), 'Training');
  away(15.2 + random.next(), random.int(8, 15), 'Break');
  steps.push({ hour: 17.4 + random.next() * 0.5, action: 'logout' });
  return steps;
}
