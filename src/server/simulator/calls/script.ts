import type { CallerId } from '../core/channel.ts';
import { personAt, type Company } from '../core/company.ts';
import type { Script } from '../core/script.ts';
import type { Switch } from '../core/switch.ts';
import type { CallFacts } from './facts.ts';
import { arrive, inboundToGroup, inboundToPerson, inboundToQueue } from './inbound.ts';
import { internalCall, outboundCall, pickUp } from './inside.ts';
import type { Answer } from './ring.ts';
import type { Act } from './talk.ts';

/** One call to place. Times in milliseconds; what is left out gets a quiet default. */
export type CallScript = {
  /** Acts of the conversation; two seconds of talk without. */
  acts?: readonly Act[];
  /** Who hangs up: the party with our phone or the other one (the default). */
  endedBy?: 'inside' | 'outside';
} & (
  | { kind: 'inboundToPerson'; to: string; from?: CallerId; answer?: Answer; /** 0: no voicemail */ voicemailMs?: number }
  | {
      kind: 'inboundToQueue';
      /** Full name, `acme-sales`. */
      queue: string;
      from?: CallerId;
      /** Time in the menu before; null (the default): dialled directly. */
      menuMs?: number | null;
      patienceMs?: number;
      timeoutMs?: number;
      ringTimeoutMs?: number;
      /** One per rung phone, null: does not answer; the last one counts for all further phones. */
      answersAfterMs?: readonly (number | null)[];
    }
  | {
      kind: 'inboundToGroup';
      from?: CallerId;
      /** in the order of the group's members */ answersAfterMs?: readonly (number | null)[];
      timeoutMs?: number;
    }
  | { kind: 'internal'; caller: string; to: string; answer?: Answer; voicemailMs?: number }
  | { kind: 'outbound'; caller: string; number: string; answer?: Answer }
);

const SOMEBODY: CallerId = { number: '+442079460123', name: 'Paula Public' };
const ANSWERS: Answer = { does: 'answers', afterMs: 700 };

/** Makes the call's first channel and hands back its course. @throws Error for an unknown extension or queue */
export function beginCall(pbx: Switch, company: Company, script: CallScript): { facts: CallFacts; course: Script<void> } {
  const { facts, course } = begin(pbx, company, script);
  return { facts, course: timed(pbx, facts, course) };
}

function* timed(pbx: Switch, facts: CallFacts, course: Script<void>): Script<void> {
  yield* course;
  facts.endedAt = pbx.now();
}

function begin(pbx: Switch, company: Company, script: CallScript): { facts: CallFacts; course: Script<void> } {
  const talk = { acts: script.acts ?? [{ act: 'talk' as const, ms: 2000 }], endedBy: script.endedBy ?? 'outside' };
  switch (script.kind) {
    case 'inboundToPerson': {
      const person = personAt(company, script.to);
      const { caller, facts } = arrive(pbx, company, script.from ?? SOMEBODY, didOf(company, script.to));
      const course = inboundToPerson({ pbx, company, facts }, caller, person, script.answer ?? ANSWERS, talk, script.voicemailMs ?? 0);
      return { facts, course };
    }
    case 'inboundToQueue': {
      const queue = pbx.queues.get(script.queue);
      const menuMs = script.menuMs ?? null;
      const did = didOf(company, menuMs === null ? queue.plan.extension : company.ivrExtension);
      const { caller, facts } = arrive(pbx, company, script.from ?? SOMEBODY, did);
      const answers = script.answersAfterMs ?? [700];
      const wait = {
        patienceMs: script.patienceMs ?? Infinity,
        timeoutMs: script.timeoutMs ?? 300_000,
        ringTimeoutMs: script.ringTimeoutMs ?? 15_000,
        answersAfterMs: (offer: number) => answers[Math.min(offer, answers.length - 1)] ?? null,
      };
      return { facts, course: inboundToQueue({ pbx, company, facts }, caller, queue, menuMs, wait, talk) };
    }
    case 'inboundToGroup': {
      const members = company.ringGroup.members;
      const { caller, facts } = arrive(pbx, company, script.from ?? SOMEBODY, didOf(company, company.ringGroup.extension));
      const answers = members.map((_, i) => script.answersAfterMs?.[i] ?? (script.answersAfterMs || i > 0 ? null : 700));
      return { facts, course: inboundToGroup({ pbx, company, facts }, caller, members, answers, script.timeoutMs ?? 20_000, talk) };
    }
    case 'internal': {
      const to = personAt(company, script.to);
      const { caller, facts } = pickUp(pbx, company, personAt(company, script.caller), script.to);
      return { facts, course: internalCall({ pbx, company, facts }, caller, to, script.answer ?? ANSWERS, talk, script.voicemailMs ?? 0) };
    }
    case 'outbound': {
      const { caller, facts } = pickUp(pbx, company, personAt(company, script.caller), `0${script.number}`);
      return { facts, course: outboundCall({ pbx, company, facts }, caller, script.number, script.answer ?? ANSWERS, talk) };
    }
  }
}

/** The company's outside number for an extension: its last two digits follow the prefix. */
const didOf = (company: Company, extension: string): string => company.didPrefix + extension.slice(-2);
