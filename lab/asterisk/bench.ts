import { setTimeout as sleep } from 'node:timers/promises';
import { DriverAmi } from './driver-ami.ts';
import type { AgentFacts, CallFacts, LegFacts, ScenarioFacts, Tenant } from './facts.ts';
import type { Lab } from './lab.ts';
import { type Call, Phone } from './phones.ts';
import { userOf, uriOf } from './sip/message.ts';

export type PhoneName = `${Tenant}-${101 | 102 | 103}`;

/** A lab with its phones registered: what a scenario plays on. */
export interface Bench {
  lab: Lab;
  /** Logged in as `admin`. */
  driver: DriverAmi;
  phones: Readonly<Record<PhoneName, Phone>>;
  /** The telephone company. */
  carrier: Phone;
  /** Somebody outside dials a number of ours. */
  inbound(did: string): Call;
  close(): Promise<void>;
}

/** What a scenario says of itself; its calls name the legs by the phones' own call objects. */
export interface Told {
  calls: (Omit<CallFacts, 'legs'> & { legs: Call[] })[];
  agents?: AgentFacts[];
}

export type Scenario = (t: Bench) => Promise<Told>;

const OUTSIDER = { name: 'Paula Public', number: '+4930123456' };
const SCENARIO_MS = 30_000;
const IDLE_MS = 8_000;
const ENDED_MS = 3_000;

/** Opens the driver and registers all phones. */
export async function openBench(lab: Lab): Promise<Bench> {
  const driver = await DriverAmi.open({ port: lab.ami.port, ...lab.ami.users.admin });
  const open = (user: PhoneName): Promise<Phone> => Phone.open({ user, password: `secret-${user.slice(-3)}`, pbxPort: lab.sip.port });
  const phones = {
    'acme-101': await open('acme-101'),
    'acme-102': await open('acme-102'),
    'acme-103': await open('acme-103'),
    'globex-101': await open('globex-101'),
    'globex-102': await open('globex-102'),
    'globex-103': await open('globex-103'),
  };
  const carrier = await Phone.open({
    user: 'trunk',
    password: '',
    pbxPort: lab.sip.port,
    port: lab.sip.trunkPort,
    headers: ['X-Trunk: carrier'],
  });
  await Promise.all(Object.values(phones).map((phone) => phone.register()));
  return {
    lab,
    driver,
    phones,
    carrier,
    inbound: (did) => carrier.dial(did, OUTSIDER),
    close: async () => {
      for (const phone of [...Object.values(phones), carrier]) phone.close();
      await driver.close();
    },
  };
}

/**
 * Plays one scenario to its end, until no channel is left.
 *
 * @throws when it takes over 30 s, when something in it did not happen, or when channels are left over
 */
export async function play(t: Bench, name: string, scenario: Scenario): Promise<ScenarioFacts> {
  const phones = [...Object.values(t.phones), t.carrier];
  await untilIdle(t.driver);
  for (const phone of phones) phone.reset();
  const began = Date.now();
  const told = await within(SCENARIO_MS, name, scenario(t));
  await untilIdle(t.driver);
  const ends = phones.flatMap((phone) => phone.calls.map((call) => call.ended));
  await within(ENDED_MS, `the phones' side of ${name}`, Promise.all(ends)); // Asterisk is done a little earlier
  const calls = phones.flatMap((phone) => phone.calls).toSorted((a, b) => (a.at.started ?? 0) - (b.at.started ?? 0));
  return {
    scenario: name,
    version: t.lab.version,
    began,
    ended: Date.now(),
    legs: calls.map(legFacts),
    calls: told.calls.map((call) => ({ ...call, legs: call.legs.map((leg) => calls.indexOf(leg)) })),
    agents: told.agents ?? [],
  };
}

async function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  const limit = new AbortController();
  const late = sleep(ms, null, { signal: limit.signal }).then(() => {
    throw new Error(`${what} took over ${ms / 1000} s`);
  });
  late.catch(() => {}); // aborted when the work is done
  try {
    return await Promise.race([work, late]);
  } finally {
    limit.abort();
  }
}

async function untilIdle(driver: DriverAmi): Promise<void> {
  const deadline = Date.now() + IDLE_MS;
  let left: string[] = [];
  while (Date.now() < deadline) {
    left = (await driver.must('CoreShowChannels')).list.map((channel) => channel.get('Channel'));
    if (left.length === 0) return;
    await sleep(100);
  }
  for (const channel of left) await driver.send('Hangup', { Channel: channel });
  throw new Error(`channels left over: ${left.join(', ')}`);
}

function legFacts(call: Call): LegFacts {
  const caller = call.isIncoming ? call.to : call.from;
  if (call.at.started === null || call.at.ended === null || call.endedBy === null)
    throw new Error(`${call.line.user}: a call has not ended`);
  return {
    device: `PJSIP/${call.line.user}`,
    role: call.isIncoming ? 'callee' : 'caller',
    dialled: call.isIncoming ? null : userOf(uriOf(call.to)),
    callerNumber: userOf(uriOf(caller)),
    started: call.at.started,
    ringing: call.at.ringing,
    answered: call.at.answered,
    ended: call.at.ended,
    holds: call.at.holds,
    endedBy: call.endedBy,
    failure: call.failure,
  };
}
