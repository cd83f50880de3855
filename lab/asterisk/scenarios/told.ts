import type { Bench, PhoneName, Told } from '../bench.ts';
import type { CallFacts } from '../facts.ts';
import type { Call } from '../phones.ts';

type ToldCall = Told['calls'][number];

/** The plain case of a told call: no queue, no transfer. */
export function told(
  what: Pick<CallFacts, 'tenant' | 'direction' | 'outcome' | 'endedBy'> & { legs: Call[] } & Partial<
      Pick<CallFacts, 'answeredBy' | 'queue' | 'transfers'>
    >,
): ToldCall {
  return { answeredBy: [], queue: null, transfers: [], ...what };
}

export const one = (call: ToldCall): Told => ({ calls: [call] });

/** Lets phones ring without answering. */
export function leaveRinging(t: Bench, ...names: PhoneName[]): void {
  for (const name of names) t.phones[name].policy = { kind: 'ring' };
}

export const device = (name: PhoneName | 'trunk'): string => `PJSIP/${name}`;

/** Long enough to show as whole seconds in a CDR. */
export const TALK_MS = 1_200;
