import { setTimeout as sleep } from 'node:timers/promises';
import type { Scenario } from '../bench.ts';
import { device, TALK_MS, told } from './told.ts';

/** acme's 101 calls globex's 101 inside the PBX (8101). */
export const crossTenantCall: Scenario = async (t) => {
  const rung = t.phones['globex-101'].nextCall();
  const caller = t.phones['acme-101'].dial('8101');
  await caller.answered;
  const callee = await rung;
  await sleep(TALK_MS);
  await caller.hangup();
  const legs = [caller, callee];
  return {
    calls: [
      told({ tenant: 'acme', direction: 'outbound', outcome: 'answered', endedBy: 'caller', legs, answeredBy: [device('globex-101')] }),
      told({ tenant: 'globex', direction: 'inbound', outcome: 'answered', endedBy: 'caller', legs, answeredBy: [device('globex-101')] }),
    ],
  };
};

/** An outside caller of acme is sent on to globex's 101. */
export const crossTenantTransfer: Scenario = async (t) => {
  const firstRung = t.phones['acme-101'].nextCall();
  const caller = t.inbound('+15550101');
  await caller.answered;
  const first = await firstRung;
  await sleep(TALK_MS);
  const secondRung = t.phones['globex-101'].nextCall();
  const at = Date.now();
  await first.transferTo('8101');
  const second = await secondRung;
  await second.answered;
  await sleep(TALK_MS);
  await caller.hangup();
  return {
    calls: [
      told({
        tenant: 'acme',
        direction: 'inbound',
        outcome: 'answered',
        endedBy: 'caller',
        legs: [caller, first, second],
        answeredBy: [device('acme-101'), device('globex-101')],
        transfers: [{ kind: 'blind', by: device('acme-101'), to: '8101', at }],
      }),
      told({
        tenant: 'globex',
        direction: 'inbound',
        outcome: 'answered',
        endedBy: 'caller',
        legs: [caller, second],
        answeredBy: [device('globex-101')],
      }),
    ],
  };
};

/** Both tenants at once, with the same extension: inbound to 101 and internal 102 to 103 in each. */
export const tenantsInParallel: Scenario = async (t) => {
  const acmeRung = [t.phones['acme-101'].nextCall(), t.phones['acme-103'].nextCall()] as const;
  const globexRung = [t.phones['globex-101'].nextCall(), t.phones['globex-103'].nextCall()] as const;
  const acmeIn = t.inbound('+15550101');
  const globexIn = t.inbound('+15550201');
  const acmeInternal = t.phones['acme-102'].dial('103');
  const globexInternal = t.phones['globex-102'].dial('103');
  const callers = [acmeIn, globexIn, acmeInternal, globexInternal];
  await Promise.all(callers.map((call) => call.answered));
  await sleep(TALK_MS);
  for (const call of callers) {
    await call.hangup();
    await sleep(100);
  }
  const ended = { outcome: 'answered', endedBy: 'caller' } as const;
  return {
    calls: [
      told({ ...ended, tenant: 'acme', direction: 'inbound', legs: [acmeIn, await acmeRung[0]], answeredBy: [device('acme-101')] }),
      told({ ...ended, tenant: 'globex', direction: 'inbound', legs: [globexIn, await globexRung[0]], answeredBy: [device('globex-101')] }),
      told({ ...ended, tenant: 'acme', direction: 'internal', legs: [acmeInternal, await acmeRung[1]], answeredBy: [device('acme-103')] }),
      told({
        ...ended,
        tenant: 'globex',
        direction: 'internal',
        legs: [globexInternal, await globexRung[1]],
        answeredBy: [device('globex-103')],
      }),
    ],
  };
};
