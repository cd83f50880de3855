import { setTimeout as sleep } from 'node:timers/promises';
import type { Scenario } from '../bench.ts';
import { device, one, TALK_MS, told } from './told.ts';

/** 101 sends the outside caller on to 102. */
export const blindTransfer: Scenario = async (t) => {
  const firstRung = t.phones['acme-101'].nextCall();
  const caller = t.inbound('+15550101');
  await caller.answered;
  const first = await firstRung;
  await sleep(TALK_MS);
  const secondRung = t.phones['acme-102'].nextCall();
  const at = Date.now();
  await first.transferTo('102');
  const second = await secondRung;
  await second.answered;
  await sleep(TALK_MS);
  await caller.hangup();
  return one(
    told({
      tenant: 'acme',
      direction: 'inbound',
      outcome: 'answered',
      endedBy: 'caller',
      legs: [caller, first, second],
      answeredBy: [device('acme-101'), device('acme-102')],
      transfers: [{ kind: 'blind', by: device('acme-101'), to: '102', at }],
    }),
  );
};

/** 101 holds the outside caller, asks 103 and joins the two (REFER with Replaces). */
export const attendedTransfer: Scenario = async (t) => {
  const firstRung = t.phones['acme-101'].nextCall();
  const caller = t.inbound('+15550101');
  await caller.answered;
  const first = await firstRung;
  await sleep(800);
  await first.hold();
  const secondRung = t.phones['acme-103'].nextCall();
  const consultation = t.phones['acme-101'].dial('103');
  await consultation.answered;
  const second = await secondRung;
  await sleep(TALK_MS);
  const at = Date.now();
  await first.transferInto(consultation);
  await sleep(TALK_MS);
  await caller.hangup();
  return one(
    told({
      tenant: 'acme',
      direction: 'inbound',
      outcome: 'answered',
      endedBy: 'caller',
      legs: [caller, first, consultation, second],
      answeredBy: [device('acme-101'), device('acme-103')],
      transfers: [{ kind: 'attended', by: device('acme-101'), to: '103', at }],
    }),
  );
};

/** 101 parks the outside caller, 102 fetches the call. */
export const parking: Scenario = async (t) => {
  const firstRung = t.phones['acme-101'].nextCall();
  const caller = t.inbound('+15550101');
  await caller.answered;
  const first = await firstRung;
  await sleep(800);
  const parked = t.driver.waitFor('ParkedCall');
  const parkedAt = Date.now();
  await first.transferTo('700');
  const space = (await parked).get('ParkingSpace');
  await sleep(1_000);
  const fetchedAt = Date.now();
  const second = t.phones['acme-102'].dial(space);
  await second.answered;
  await sleep(TALK_MS);
  await caller.hangup();
  return one(
    told({
      tenant: 'acme',
      direction: 'inbound',
      outcome: 'answered',
      endedBy: 'caller',
      legs: [caller, first, second],
      answeredBy: [device('acme-101'), device('acme-102')],
      transfers: [
        { kind: 'park', by: device('acme-101'), to: '700', at: parkedAt },
        { kind: 'unpark', by: device('acme-102'), to: space, at: fetchedAt },
      ],
    }),
  );
};
