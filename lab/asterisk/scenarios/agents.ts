import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench, Scenario } from '../bench.ts';
import type { AgentFacts } from '../facts.ts';
import { device } from './told.ts';

const ALICE = device('acme-101');

/** Pause with a reason and unpause: by AMI in one queue, then by the phone (*47, *48). */
export const pause: Scenario = async (t) => {
  const agents: AgentFacts[] = [];
  const note = (change: 'paused' | 'unpaused', reason: string | null): void => {
    agents.push({ agent: ALICE, queue: 'support', change, reason, at: Date.now() });
  };
  const who = { Queue: 'support', Interface: ALICE };
  note('paused', 'Coffee');
  await t.driver.must('QueuePause', { ...who, Paused: 'true', Reason: 'Coffee' });
  await sleep(1_000);
  note('unpaused', null);
  await t.driver.must('QueuePause', { ...who, Paused: 'false' });
  await sleep(300);
  note('paused', 'Lunch');
  await starCode(t, '*47');
  await sleep(700);
  note('unpaused', null);
  await starCode(t, '*48');
  return { calls: [], agents };
};

/** Log in and out as a dynamic member: by the phone (*45, *46), then by AMI. */
export const loginLogout: Scenario = async (t) => {
  const agents: AgentFacts[] = [];
  const note = (change: 'loggedIn' | 'loggedOut'): void => {
    agents.push({ agent: ALICE, queue: 'acme-ringall', change, reason: null, at: Date.now() });
  };
  const who = { Queue: 'acme-ringall', Interface: ALICE };
  note('loggedIn');
  await starCode(t, '*45');
  await sleep(700);
  note('loggedOut');
  await starCode(t, '*46');
  await sleep(300);
  note('loggedIn');
  await t.driver.must('QueueAdd', { ...who, MemberName: 'Alice Anders', Penalty: '3', StateInterface: ALICE });
  await sleep(700);
  note('loggedOut');
  await t.driver.must('QueueRemove', who);
  return { calls: [], agents };
};

// A call of the agent's phone to a feature of the PBX: it answers, does it and hangs up.
async function starCode(t: Bench, code: string): Promise<void> {
  const call = t.phones['acme-101'].dial(code);
  await call.answered;
  await call.ended;
}
