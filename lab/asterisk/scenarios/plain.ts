import { setTimeout as sleep } from 'node:timers/promises';
import type { Scenario } from '../bench.ts';
import { device, leaveRinging, one, TALK_MS, told } from './told.ts';

/** The carrier calls 101, who answers; the caller hangs up. */
export const inboundAnswered: Scenario = async (t) => {
  const rung = t.phones['acme-101'].nextCall();
  const caller = t.inbound('+15550101');
  await caller.answered;
  const leg = await rung;
  await sleep(TALK_MS);
  await caller.hangup();
  return one(
    told({
      tenant: 'acme',
      direction: 'inbound',
      outcome: 'answered',
      endedBy: 'caller',
      legs: [caller, leg],
      answeredBy: [device('acme-101')],
    }),
  );
};

/** 101 calls out; the called party hangs up. */
export const outboundAnswered: Scenario = async (t) => {
  t.carrier.policy = { kind: 'answer', afterMs: 700, talkMs: TALK_MS };
  const rung = t.carrier.nextCall();
  const caller = t.phones['acme-101'].dial('0+4989777888');
  await caller.answered;
  await caller.ended;
  return one(
    told({
      tenant: 'acme',
      direction: 'outbound',
      outcome: 'answered',
      endedBy: 'callee',
      legs: [caller, await rung],
      answeredBy: [device('trunk')],
    }),
  );
};

/** 101 calls 102; the caller hangs up. */
export const internalAnswered: Scenario = async (t) => {
  const rung = t.phones['acme-102'].nextCall();
  const caller = t.phones['acme-101'].dial('102');
  await caller.answered;
  await sleep(TALK_MS);
  await caller.hangup();
  return one(
    told({
      tenant: 'acme',
      direction: 'internal',
      outcome: 'answered',
      endedBy: 'caller',
      legs: [caller, await rung],
      answeredBy: [device('acme-102')],
    }),
  );
};

/** 101 rings without voicemail, the outside caller gives up. */
export const missedCallerGivesUp: Scenario = async (t) => {
  leaveRinging(t, 'acme-101');
  const rung = t.phones['acme-101'].nextCall();
  const caller = t.inbound('+15550121');
  await caller.ringing;
  await sleep(1_500);
  caller.cancel();
  await caller.ended;
  return one(told({ tenant: 'acme', direction: 'inbound', outcome: 'callerGaveUp', endedBy: 'caller', legs: [caller, await rung] }));
};

/** 101 rings without voicemail until the PBX gives up: the caller hears congestion. */
export const missedNoAnswer: Scenario = async (t) => {
  leaveRinging(t, 'acme-101');
  const rung = t.phones['acme-101'].nextCall();
  const caller = t.inbound('+15550121');
  await caller.ended;
  return one(told({ tenant: 'acme', direction: 'inbound', outcome: 'noAnswer', endedBy: 'pbx', legs: [caller, await rung] }));
};

/** 101 calls 102, who is busy and has no voicemail. */
export const busyInternal: Scenario = async (t) => {
  t.phones['acme-102'].policy = { kind: 'reject', status: 486 };
  const rung = t.phones['acme-102'].nextCall();
  const caller = t.phones['acme-101'].dial('122');
  await caller.ended;
  return one(told({ tenant: 'acme', direction: 'internal', outcome: 'busy', endedBy: 'pbx', legs: [caller, await rung] }));
};

/** 101 calls a busy number outside. */
export const busyOutbound: Scenario = async (t) => {
  t.carrier.policy = { kind: 'reject', status: 486 };
  const rung = t.carrier.nextCall();
  const caller = t.phones['acme-101'].dial('0+4989777888');
  await caller.ended;
  return one(told({ tenant: 'acme', direction: 'outbound', outcome: 'busy', endedBy: 'pbx', legs: [caller, await rung] }));
};

/** 101 rings 102 and gives up. */
export const callerCancels: Scenario = async (t) => {
  leaveRinging(t, 'acme-102');
  const rung = t.phones['acme-102'].nextCall();
  const caller = t.phones['acme-101'].dial('102');
  await caller.ringing;
  await sleep(1_200);
  caller.cancel();
  await caller.ended;
  return one(told({ tenant: 'acme', direction: 'internal', outcome: 'callerGaveUp', endedBy: 'caller', legs: [caller, await rung] }));
};

/** Nobody answers at 102; the caller leaves a message. */
export const voicemailNoAnswer: Scenario = async (t) => {
  leaveRinging(t, 'acme-102');
  const rung = t.phones['acme-102'].nextCall();
  const caller = t.inbound('+15550102');
  await caller.answered;
  await sleep(3_500); // greeting, beep and a message longer than voicemail.conf's minsecs
  await caller.hangup();
  return one(told({ tenant: 'acme', direction: 'inbound', outcome: 'voicemail', endedBy: 'caller', legs: [caller, await rung] }));
};

/** 102 is busy; the caller reaches voicemail and hangs up during the greeting. */
export const voicemailBusy: Scenario = async (t) => {
  t.phones['acme-102'].policy = { kind: 'reject', status: 486 };
  const rung = t.phones['acme-102'].nextCall();
  const caller = t.inbound('+15550102');
  await caller.answered;
  await sleep(600);
  await caller.hangup();
  return one(told({ tenant: 'acme', direction: 'inbound', outcome: 'voicemail', endedBy: 'caller', legs: [caller, await rung] }));
};

/** Three phones ring at once, 102 answers and hangs up. */
export const ringGroup: Scenario = async (t) => {
  leaveRinging(t, 'acme-101', 'acme-103');
  const rung = Promise.all([t.phones['acme-101'].nextCall(), t.phones['acme-102'].nextCall(), t.phones['acme-103'].nextCall()]);
  const caller = t.inbound('+15550110');
  const [first, second, third] = await rung;
  await second.answered;
  await sleep(TALK_MS);
  await second.hangup();
  await caller.ended;
  return one(
    told({
      tenant: 'acme',
      direction: 'inbound',
      outcome: 'answered',
      endedBy: 'callee',
      legs: [caller, first, second, third],
      answeredBy: [device('acme-102')],
    }),
  );
};

/** 101 puts the caller on hold and comes back. */
export const hold: Scenario = async (t) => {
  const rung = t.phones['acme-101'].nextCall();
  const caller = t.inbound('+15550101');
  await caller.answered;
  const leg = await rung;
  await sleep(800);
  await leg.hold();
  await sleep(1_500);
  await leg.resume();
  await sleep(800);
  await caller.hangup();
  return one(
    told({
      tenant: 'acme',
      direction: 'inbound',
      outcome: 'answered',
      endedBy: 'caller',
      legs: [caller, leg],
      answeredBy: [device('acme-101')],
    }),
  );
};
