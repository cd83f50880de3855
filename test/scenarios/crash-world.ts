/** What goes on while Ringside is killed: customers are made, people log in, calls and agents live on. */
import { startSimulatedPbx, type CallFacts, type PlacedCall, type SimulatedPbx } from '../../src/server/simulator/index.ts';
import { PASSWORD, callerOf, cookieOf, type Answer } from '../harness/ringside.ts';

export interface Acknowledged {
  customers: { id: string; name: string; email: string; operationId: string | null; people: number }[];
  /** E-mails whose invitation was taken up. */
  accepted: string[];
  /** Cookies of logins that were answered. */
  sessions: string[];
  calls: CallFacts[];
  /** Calls begun and not over. */
  open: Set<PlacedCall>;
}

export interface Drivers {
  acknowledged: Acknowledged;
  /** Lets what was begun be answered, then rests. */
  stop(): Promise<void>;
}

interface World {
  url: string;
  /** The reseller's administrator. */
  cookie: string;
  email: string;
  productTypeId: string;
  /** The phone system whose calls are counted. */
  pbx: SimulatedPbx;
  random: () => number;
  /** The token of the invitation mailed to an address, once it is. */
  invitation(email: string): Promise<string | null>;
}

/** How often what was not answered is asked again. */
const AGAIN_MS = 100;

export function startDrivers(world: World, phones: SimulatedPbx[]): Drivers {
  const acknowledged: Acknowledged = { customers: [], accepted: [], sessions: [], calls: [], open: new Set() };
  const rest = new AbortController();
  const jobs = [
    makeCustomers(world, phones, acknowledged, rest.signal),
    logIn(world, acknowledged, rest.signal),
    placeCalls(world, acknowledged, rest.signal),
  ];
  return {
    acknowledged,
    async stop() {
      rest.abort();
      await Promise.all(jobs);
    },
  };
}

/** Every third with a phone system of its own; each request is repeated under its key until it is answered. */
async function makeCustomers(world: World, phones: SimulatedPbx[], acknowledged: Acknowledged, rest: AbortSignal): Promise<void> {
  const reseller = callerOf(world.url, { cookie: world.cookie });
  for (let n = 1; !rest.aborted; n++) {
    const pbx = n % 3 === 1 && phones.length < 8 ? await startSimulatedPbx({ seed: n }) : null;
    if (pbx) phones.push(pbx);
    const email = `primary${n}@customer${n}.example`;
    const body = {
      name: `Customer ${n}`,
      productTypeId: world.productTypeId,
      primaryUser: { displayName: `Primary ${n}`, email },
      ...(pbx ? { pbxConnection: connectionTo(pbx) } : {}),
    };
    const made = await answered<{ customer: { id: string; name: string }; operationId: string | null }>(
      () => reseller.call('POST', '/v1/customers', body, { 'idempotency-key': `make-${n}` }),
      (status) => status === 201,
    );
    const { customer, operationId } = made.body;
    acknowledged.customers.push({
      id: customer.id,
      name: customer.name,
      email,
      operationId,
      people: pbx?.companies[0]?.people.length ?? 0,
    });
    if (n % 2 === 0) await accept(world, acknowledged, email, rest);
    await pause(300 * world.random(), rest);
  }
}

async function accept(world: World, acknowledged: Acknowledged, email: string, rest: AbortSignal): Promise<void> {
  let token = await world.invitation(email);
  while (token === null) {
    if (rest.aborted) return;
    await pause(AGAIN_MS, rest);
    token = await world.invitation(email);
  }
  const body = { displayName: 'Somebody', password: PASSWORD };
  // Whoever asks again after a crash may hear that the link was used: by the try that was not answered.
  await answered(
    () => callerOf(world.url, {}).call('POST', `/v1/invitations/${token}/accept`, body),
    (status) => status === 201 || status === 410 || status === 404 || status === 409,
  );
  acknowledged.accepted.push(email);
}

async function logIn(world: World, acknowledged: Acknowledged, rest: AbortSignal): Promise<void> {
  while (!rest.aborted) {
    const answer = await answered(
      () => callerOf(world.url, {}).call('POST', '/v1/sessions', { email: world.email, password: PASSWORD }),
      (status) => status === 201 || status === 429,
    );
    if (answer.status === 201) acknowledged.sessions.push(cookieOf(answer));
    await pause(1500, rest);
  }
}

/** Short and long calls, and agents who come, pause and go. */
async function placeCalls(world: World, acknowledged: Acknowledged, rest: AbortSignal): Promise<void> {
  const { pbx, random } = world;
  const company = pbx.companies[0];
  if (!company) throw new Error('the simulated PBX has no company');
  const { people, queues } = company;
  const one = <T>(list: readonly T[]): T => {
    const item = list[Math.floor(random() * list.length)];
    if (item === undefined) throw new Error('nothing to choose from');
    return item;
  };
  const agents = [...new Set(queues.flatMap((queue) => queue.agents))];
  for (const agent of agents) pbx.agent(agent.extension, { action: 'login' });
  while (!rest.aborted) {
    const talk = [{ act: 'talk' as const, ms: 100 + 3000 * random() ** 3 }];
    const inside = one(people).extension;
    const dice = random();
    const placed =
      dice < 0.4
        ? pbx.place({ kind: 'inboundToPerson', to: inside, answer: { does: 'answers', afterMs: 100 + 300 * random() }, acts: talk })
        : dice < 0.7
          ? pbx.place({
              kind: 'internal',
              caller: inside,
              to: one(people.filter((person) => person.extension !== inside)).extension,
              answer: { does: 'answers', afterMs: 200 },
              acts: talk,
            })
          : pbx.place({
              kind: 'inboundToQueue',
              queue: one(queues).name,
              answersAfterMs: [200 + 500 * random()],
              acts: talk,
              patienceMs: 4000,
            });
    acknowledged.open.add(placed);
    void placed.done.then((facts) => {
      acknowledged.open.delete(placed);
      if (facts) acknowledged.calls.push(facts);
    });
    if (random() < 0.1) pbx.agent(one(agents).extension, random() < 0.5 ? { action: 'pause', reason: 'lunch' } : { action: 'unpause' });
    await pause(50 + 250 * random(), rest);
  }
}

export function connectionTo(pbx: SimulatedPbx): object {
  return { type: 'asterisk', settings: { host: pbx.host, port: pbx.port, username: pbx.user, secret: pbx.secret } };
}

/** Asks until somebody answers something expected; no answer and "not now" are asked again. @throws Error for any other answer */
async function answered<T>(ask: () => Promise<Answer<T>>, expected: (status: number) => boolean): Promise<Answer<T>> {
  for (;;) {
    const answer = await ask().catch(() => null);
    if (answer !== null && expected(answer.status)) return answer;
    if (answer !== null && answer.status < 500) throw new Error(`answered ${answer.status} ${answer.text}`);
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

async function pause(ms: number, rest: AbortSignal): Promise<void> {
  if (rest.aborted) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    rest.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}

/** Numbers from a seed, so that a run can be made again. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
