import type { CallerId } from '../core/channel.ts';
import type { Company, Person, QueuePlan } from '../core/company.ts';
import type { Random } from '../core/random.ts';
import type { Switch } from '../core/switch.ts';
import type { Answer } from './ring.ts';
import type { CallScript } from './script.ts';
import type { Act } from './talk.ts';

const CALLERS = 'Ada Boris Chloe Dario Elisa Finn Gemma Harald Ines Jorge Kira Leon Mara Nico Olga Pia Ralf Sara Tom Ursula'.split(' ');
const SURNAMES =
  'Arroyo Bauer Cole Diaz Evans Fischer Garcia Hill Iglesias Jones Klein Lang Moore Nuñez Olsen Perez Reed Soto Turner Wolf'.split(' ');

/** A believable next call; null when everybody who could make it is busy. Human times are divided by `speed`. */
export function inventCall(pbx: Switch, company: Company, random: Random, speed: number): CallScript | null {
  const human = new Human(pbx, company, random, speed);
  const dice = random.next();
  if (dice < 0.45) return human.queueCall();
  if (dice < 0.63) return human.directCall();
  if (dice < 0.68) return human.groupCall();
  if (dice < 0.88) return human.outboundCall();
  return human.internalCall();
}

class Human {
  #pbx: Switch;
  #company: Company;
  #random: Random;
  #speed: number;

  constructor(pbx: Switch, company: Company, random: Random, speed: number) {
    this.#pbx = pbx;
    this.#company = company;
    this.#random = random;
    this.#speed = speed;
  }

  queueCall(): CallScript {
    const random = this.#random;
    return {
      kind: 'inboundToQueue',
      queue: this.#pickQueue().name,
      from: this.#customer(),
      menuMs: random.chance(0.5) ? this.#ms(random.logNormal(7000, 0.4)) : null,
      patienceMs: this.#ms(random.logNormal(90_000, 0.8)),
      timeoutMs: this.#ms(180_000),
      ringTimeoutMs: this.#ms(15_000),
      answersAfterMs: Array.from({ length: 40 }, () => (random.chance(0.9) ? this.#ms(random.logNormal(4500, 0.4)) : null)),
      ...this.#conversation(210_000, true),
    };
  }

  directCall(): CallScript {
    const to = this.#random.pick(this.#company.people);
    return {
      kind: 'inboundToPerson',
      to: to.extension,
      from: this.#customer(),
      answer: this.#pbx.devices.isFree(to.device) ? this.#answer(0.7, 0.05) : { does: 'busy' },
      voicemailMs: this.#random.chance(0.75) ? this.#ms(this.#random.logNormal(18_000, 0.5)) : 0,
      ...this.#conversation(150_000, true),
    };
  }

  groupCall(): CallScript {
    return {
      kind: 'inboundToGroup',
      from: this.#customer(),
      answersAfterMs: this.#company.ringGroup.members.map(() =>
        this.#random.chance(0.5) ? this.#ms(this.#random.logNormal(6000, 0.4)) : null,
      ),
      timeoutMs: this.#ms(20_000),
      ...this.#conversation(100_000, false),
    };
  }

  outboundCall(): CallScript | null {
    const caller = this.#freePerson();
    if (!caller) return null;
    return {
      kind: 'outbound',
      caller: caller.extension,
      number: this.#customer().number,
      answer: this.#random.chance(0.03) ? { does: 'unknownNumber' } : this.#answer(0.74, 0.09),
      ...this.#conversation(160_000, false),
    };
  }

  internalCall(): CallScript | null {
    const caller = this.#freePerson();
    const to = this.#freePerson(caller);
    if (!caller || !to) return null;
    const voicemailMs = this.#random.chance(0.3) ? this.#ms(12_000) : 0;
    return {
      kind: 'internal',
      caller: caller.extension,
      to: to.extension,
      answer: this.#answer(0.8, 0),
      voicemailMs,
      ...this.#conversation(70_000, false),
    };
  }

  /** @param mayMove the call may be transferred or parked */
  #conversation(medianMs: number, mayMove: boolean): { acts: Act[]; endedBy: 'inside' | 'outside' } {
    const random = this.#random;
    const talk = (share: number): Act => ({ act: 'talk', ms: this.#ms(Math.min(1_800_000, random.logNormal(medianMs, 0.9) * share)) });
    const endedBy = random.chance(0.6) ? 'outside' : 'inside';
    const dice = random.next();
    if (dice < 0.12) return { acts: [talk(0.5), { act: 'hold', ms: this.#ms(random.logNormal(35_000, 0.6)) }, talk(0.5)], endedBy };
    const to = mayMove && dice < 0.24 ? this.#freePerson() : undefined;
    if (!to) return { acts: [talk(1)], endedBy };
    const answersAfterMs = this.#ms(random.logNormal(5000, 0.4));
    if (dice < 0.18) return { acts: [talk(0.4), { act: 'blindTransfer', to: to.extension, answersAfterMs }, talk(0.6)], endedBy };
    if (dice < 0.22) {
      const consultMs = this.#ms(random.logNormal(25_000, 0.5));
      return { acts: [talk(0.4), { act: 'attendedTransfer', to: to.extension, answersAfterMs, consultMs }, talk(0.6)], endedBy };
    }
    return { acts: [talk(0.4), { act: 'park', by: to.extension, parkedMs: this.#ms(random.logNormal(30_000, 0.5)) }, talk(0.6)], endedBy };
  }

  #answer(answered: number, busy: number): Answer {
    const random = this.#random;
    const dice = random.next();
    if (dice < answered) return { does: 'answers', afterMs: this.#ms(random.logNormal(7000, 0.5)) };
    if (dice < answered + busy) return { does: 'busy' };
    if (dice < answered + busy + (1 - answered - busy) * 0.6) return { does: 'noAnswer', ringMs: this.#ms(20_000) };
    return { does: 'cancelled', afterMs: this.#ms(random.logNormal(9000, 0.5)) };
  }

  #pickQueue(): QueuePlan {
    let dice = this.#random.next();
    for (const queue of this.#company.queues) {
      dice -= queue.share;
      if (dice < 0) return queue;
    }
    return this.#random.pick(this.#company.queues);
  }

  #freePerson(but?: Person): Person | undefined {
    const free = this.#company.people.filter((p) => p !== but && this.#pbx.devices.isFree(p.device));
    return free.length > 0 ? this.#random.pick(free) : undefined;
  }

  /** Numbers kept for fiction. */
  #customer(): CallerId {
    const random = this.#random;
    const number = random.chance(0.7)
      ? `+1${random.pick(['202', '305', '503', '713', '916'])}55501${random.int(10, 99)}`
      : `+44207946${String(random.int(0, 999)).padStart(4, '0')}`;
    return { number, name: random.chance(0.6) ? `${random.pick(CALLERS)} ${random.pick(SURNAMES)}` : '' };
  }

  #ms(human: number): number {
    return Math.max(200, Math.round(human / this.#speed));
  }
}
