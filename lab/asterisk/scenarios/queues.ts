import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench, Scenario, Told } from '../bench.ts';
import type { QueueFacts } from '../facts.ts';
import type { Call } from '../phones.ts';
import { device, leaveRinging, one, TALK_MS, told } from './told.ts';

const SUPPORT = '+15550130';
const SUPPORT_SHORT = '+15550131'; // the same queue, gives up after 6 s

/** Queue support, 101 answers, the caller hangs up. */
export const queueAnsweredCallerHangsUp: Scenario = async (t) => {
  const { caller, agent } = await reachFirstAgent(t);
  await caller.hangup();
  return answeredByFirst('caller', caller, agent);
};

/** Queue support, 101 answers and hangs up. */
export const queueAnsweredAgentHangsUp: Scenario = async (t) => {
  const { caller, agent } = await reachFirstAgent(t);
  await agent.hangup();
  await caller.ended;
  return answeredByFirst('callee', caller, agent);
};

/** 101 lets it ring for 4 s, then 102 answers. */
export const queueSecondAgentAnswers: Scenario = async (t) => {
  leaveRinging(t, 'acme-101');
  const firstRung = t.phones['acme-101'].nextCall();
  const secondRung = t.phones['acme-102'].nextCall();
  const caller = t.inbound(SUPPORT);
  const first = await firstRung;
  const second = await secondRung;
  await second.answered;
  await sleep(TALK_MS);
  await caller.hangup();
  return one(
    told({
      ...inbound,
      outcome: 'answered',
      endedBy: 'caller',
      legs: [caller, first, second],
      answeredBy: [device('acme-102')],
      queue: queue('answered', [
        { agent: device('acme-101'), answered: false },
        { agent: device('acme-102'), answered: true },
      ]),
    }),
  );
};

/** 101 rings, the caller hangs up in the queue. */
export const queueAbandoned: Scenario = async (t) => {
  leaveRinging(t, 'acme-101', 'acme-102', 'acme-103');
  const rung = t.phones['acme-101'].nextCall();
  const caller = t.inbound(SUPPORT);
  const agent = await rung;
  await sleep(1_500);
  await caller.hangup();
  await agent.ended;
  return one(
    told({
      ...inbound,
      outcome: 'queueAbandoned',
      endedBy: 'caller',
      legs: [caller, agent],
      queue: queue('abandoned', [{ agent: device('acme-101'), answered: false }]),
    }),
  );
};

/** Nobody answers for 6 s: the caller leaves the queue and the dialplan says goodbye. */
export const queueTimeout: Scenario = async (t) => {
  leaveRinging(t, 'acme-101', 'acme-102', 'acme-103');
  const firstRung = t.phones['acme-101'].nextCall();
  const secondRung = t.phones['acme-102'].nextCall();
  const caller = t.inbound(SUPPORT_SHORT);
  await caller.ended;
  return one(
    told({
      ...inbound,
      outcome: 'queueTimeout',
      endedBy: 'pbx',
      legs: [caller, await firstRung, await secondRung],
      queue: queue('timeout', [
        { agent: device('acme-101'), answered: false },
        { agent: device('acme-102'), answered: false },
      ]),
    }),
  );
};

const inbound = { tenant: 'acme', direction: 'inbound' } as const;
const queue = (left: QueueFacts['left'], offers: QueueFacts['offers']): QueueFacts => ({ queue: 'support', left, offers });

async function reachFirstAgent(t: Bench): Promise<{ caller: Call; agent: Call }> {
  const rung = t.phones['acme-101'].nextCall();
  const caller = t.inbound(SUPPORT);
  const agent = await rung;
  await agent.answered;
  await sleep(TALK_MS);
  return { caller, agent };
}

function answeredByFirst(endedBy: 'caller' | 'callee', caller: Call, agent: Call): Told {
  return one(
    told({
      ...inbound,
      outcome: 'answered',
      endedBy,
      legs: [caller, agent],
      answeredBy: [device('acme-101')],
      queue: queue('answered', [{ agent: device('acme-101'), answered: true }]),
    }),
  );
}
