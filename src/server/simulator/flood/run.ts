import type { Clock } from '../../platform/clock/index.ts';
import type { Company } from '../core/company.ts';
import type { EventClass } from '../core/event.ts';
import { recordCalls, TIMESTAMP, type CallTemplate } from './template.ts';

export interface FloodOptions {
  eventsPerSecond: number;
  /** How long new calls begin; those under way are finished after it at the same rate. */
  seconds: number;
  /** Calls whose events interleave; 100 unless given. */
  concurrentCalls?: number;
  /** Classes of events; call, agent and cdr unless given. */
  classes?: readonly EventClass[];
}

export interface FloodResult {
  events: number;
  calls: number;
  perEvent: Readonly<Record<string, number>>;
  /** From the first event to the last, by the clock. */
  seconds: number;
}

interface FloodWorld {
  companies: readonly Company[];
  clock: Clock;
  seed: number;
  timestamps: boolean;
  /** @returns how many clients got it */
  send: (eventClass: EventClass, text: string) => number;
  delivered: (event: string, count: number) => void;
  /** The PBX is gone: the flood ends where it is. */
  stopped: () => boolean;
}

/** One call of the flood, somewhere between its first and its last event. */
interface RunningCall {
  template: CallTemplate;
  next: number;
  values: readonly string[];
}

const TICK_MS = 10;
const TEMPLATES = 120;
/** Keeps clear of the numbers of the switch's own channels. */
const FIRST_NUMBER = 1_000_000;

/** The flood's calls are told by events only: lists of channels do not show them. */
export function runFlood(options: FloodOptions, world: FloodWorld): Promise<FloodResult> {
  const { eventsPerSecond, seconds, concurrentCalls = 100, classes = ['call', 'agent', 'cdr'] } = options;
  const { clock } = world;
  const templates = recordCalls(world.companies, TEMPLATES, world.seed, clock.now(), world.timestamps, classes);
  const perEvent = new Map<string, number>();
  const running: RunningCall[] = [];
  const startedAt = clock.monotonic();
  let number = FIRST_NUMBER;
  let calls = 0;
  let events = 0;

  const begin = (): RunningCall => {
    // In range: the remainder of a list that is not empty.
    const template = templates[calls++ % templates.length] as CallTemplate;
    const epoch = Math.floor(clock.now() / 1000);
    const values = template.variables.map((kind) => nameVariable(kind, epoch, number++));
    return { template, next: 0, values };
  };
  const sendNext = (call: RunningCall, timestamp: string): void => {
    const event = call.template.events[call.next++];
    if (!event) return;
    let text = '';
    for (const part of event.parts) text += typeof part === 'string' ? part : part === TIMESTAMP ? timestamp : (call.values[part] ?? '');
    world.delivered(event.name, world.send(event.eventClass, text));
    perEvent.set(event.name, (perEvent.get(event.name) ?? 0) + 1);
    events++;
  };

  return new Promise((resolve) => {
    const tick = (): void => {
      const elapsed = (clock.monotonic() - startedAt) / 1000;
      const timestamp = (clock.now() / 1000).toFixed(3).concat('000');
      const due = Math.floor(elapsed * eventsPerSecond) - events;
      for (let i = 0, turn = 0; i < due; i++, turn++) {
        while (running.length < concurrentCalls && elapsed < seconds) running.push(begin());
        if (running.length === 0) break;
        const index = turn % running.length;
        const call = running[index];
        if (!call) break;
        sendNext(call, timestamp);
        if (call.next >= call.template.events.length) running.splice(index, 1);
      }
      if (world.stopped() || (elapsed >= seconds && running.length === 0))
        resolve({ events, calls, perEvent: Object.fromEntries(perEvent), seconds: elapsed });
      else clock.after(TICK_MS, tick);
    };
    tick();
  });
}

function nameVariable(kind: CallTemplate['variables'][number], epoch: number, number: number): string {
  const hex = number.toString(16).padStart(8, '0');
  switch (kind) {
    case 'uniqueid':
      return `${epoch}.${number}`;
    case 'channel':
      return `-${hex}`;
    case 'bridge':
      return `${hex}-0000-4000-a000-0000${hex}`;
  }
}
