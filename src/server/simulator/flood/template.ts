import { ManualClock } from '../../platform/clock/index.ts';
import { renderEvent } from '../ami/server.ts';
import { actAsAgent } from '../calls/agents.ts';
import { beginCall, type CallScript } from '../calls/script.ts';
import type { Company } from '../core/company.ts';
import type { EventClass, PbxEvent } from '../core/event.ts';
import { createRandom, type Random } from '../core/random.ts';
import { play } from '../core/script.ts';
import { Switch } from '../core/switch.ts';

/** One event of a recorded call, cut where what differs from call to call goes. */
interface EventTemplate {
  name: string;
  eventClass: EventClass;
  /** Text, or the number of a variable; -1 is the time stamp. */
  parts: readonly (string | number)[];
}

export interface CallTemplate {
  events: readonly EventTemplate[];
  /** What each variable stands for, in order. Of `uniqueid`s the earlier is the older channel. */
  variables: readonly ('uniqueid' | 'channel' | 'bridge')[];
}

export const TIMESTAMP = -1;

/**
 * Plays varied calls on a switch of its own and keeps their events, so that a flood costs no more than joining strings.
 * @param classes events of other classes are left out
 */
export function recordCalls(
  companies: readonly Company[],
  count: number,
  seed: number,
  startAt: number,
  timestamps: boolean,
  classes: readonly EventClass[],
): CallTemplate[] {
  const clock = new ManualClock(startAt);
  const random = createRandom(seed);
  let events: PbxEvent[] = [];
  const pbx = new Switch({ clock, random, companies, emit: (event) => void (classes.includes(event.eventClass) && events.push(event)) });
  for (const company of companies) {
    for (const queue of company.queues) for (const agent of queue.agents) actAsAgent(pbx, company, agent, { action: 'login' });
  }
  return Array.from({ length: count }, () => {
    const company = random.pick(companies);
    events = [];
    play(clock, beginCall(pbx, company, variedCall(company, random)).course);
    clock.advance(600_000);
    return toTemplate(events, timestamps);
  });
}

function variedCall(company: Company, random: Random): CallScript {
  const [a, b] = [random.pick(company.people), random.pick(company.people)];
  const other = b === a ? company.people.find((p) => p !== a) : b;
  const to = (other ?? a).extension;
  const endedBy = random.chance(0.5) ? 'inside' : 'outside';
  switch (random.int(0, 9)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return {
        kind: 'inboundToQueue',
        queue: random.pick(company.queues).name,
        answersAfterMs: random.chance(0.3) ? [null, 3000] : [3000],
        endedBy,
      };
    case 4:
      return { kind: 'inboundToQueue', queue: random.pick(company.queues).name, answersAfterMs: [null], patienceMs: 12_000 };
    case 5:
      return {
        kind: 'inboundToPerson',
        to: a.extension,
        acts: [
          { act: 'talk', ms: 2000 },
          { act: 'hold', ms: 1000 },
        ],
        endedBy,
      };
    case 6:
      return {
        kind: 'inboundToPerson',
        to: a.extension,
        acts: [{ act: 'attendedTransfer', to, answersAfterMs: 900, consultMs: 1000 }],
        endedBy,
      };
    case 7:
      return { kind: 'inboundToPerson', to: a.extension, answer: { does: 'noAnswer', ringMs: 9000 }, voicemailMs: 5000 };
    case 8:
      return { kind: 'outbound', caller: a.extension, number: '+442079460999', endedBy };
    default:
      return { kind: 'internal', caller: a.extension, to, endedBy };
  }
}

/** Time stamp, uniqueid, bridge and the counter at a channel name's end. */
const VARIABLE =
  /(?<=^Timestamp: )\d+\.\d+|\b\d{10}\.\d+\b|\b[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}\b|-[0-9a-f]{8}\b/gm;

function toTemplate(events: readonly PbxEvent[], timestamps: boolean): CallTemplate {
  const texts = events.map((event) => renderEvent(event, timestamps));
  const variables: CallTemplate['variables'][number][] = [];
  const numbers = new Map<string, number>();
  const numberOf = (token: string): number => {
    const known = numbers.get(token);
    if (known !== undefined) return known;
    variables.push(token.startsWith('-') ? 'channel' : token.includes('-') ? 'bridge' : 'uniqueid');
    numbers.set(token, variables.length - 1);
    return variables.length - 1;
  };
  return {
    variables,
    events: events.map((event, i) => ({ name: event.name, eventClass: event.eventClass, parts: cut(texts[i] ?? '', numberOf) })),
  };
}

function cut(text: string, numberOf: (token: string) => number): (string | number)[] {
  const parts: (string | number)[] = [];
  let from = 0;
  for (const match of text.matchAll(VARIABLE)) {
    const isTimestamp = text.slice(0, match.index).endsWith('Timestamp: ');
    parts.push(text.slice(from, match.index), isTimestamp ? TIMESTAMP : numberOf(match[0]));
    from = match.index + match[0].length;
  }
  parts.push(text.slice(from));
  return parts;
}
