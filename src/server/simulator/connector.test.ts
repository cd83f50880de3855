import { afterEach, beforeEach, expect, test } from 'vitest';
import type { NeutralEvent, NeutralEventType } from '../../contract/events.ts';
import { systemClock } from '../platform/clock/index.ts';
import { silentLog } from '../platform/log/index.ts';
import { createOutgoing } from '../platform/outgoing/index.ts';
import { asterisk } from '../pbx/asterisk/connector.ts';
import type { ConnectorIo } from '../pbx/connector.ts';
import { startSimulatedPbx, type SimulatedPbx } from './simulated-pbx.ts';

// The connector that runs against a real Asterisk, unchanged.
const io: ConnectorIo = {
  outgoing: createOutgoing({ reach: 'local', allowedNetworks: [], forbiddenPorts: [], clock: systemClock }),
  clock: systemClock,
  log: silentLog,
};

let pbx: SimulatedPbx;
let stop: AbortController;

beforeEach(async () => {
  pbx = await startSimulatedPbx({ companies: 2 });
  stop = new AbortController();
});

afterEach(async () => {
  stop.abort();
  await pbx.stop();
});

const settings = (): Parameters<typeof asterisk.discover>[0] => ({
  host: pbx.host,
  port: pbx.port,
  username: pbx.user,
  secret: pbx.secret,
  tls: false,
  ca: '',
  fingerprint: '',
});

/** A live session; `until` resolves when what was told so far satisfies. */
async function watch(): Promise<{ told: NeutralEvent[]; until: (holds: () => boolean) => Promise<void> }> {
  const told: NeutralEvent[] = [];
  const checks = new Set<() => void>();
  const events = (batch: readonly NeutralEvent[]): void => {
    for (const event of batch) told.push(event);
    for (const check of checks) check();
  };
  const sink = { authenticated: () => {}, alive: () => {}, events };
  const options = { signal: stop.signal, directory: null, previousEpoch: null, firstSeq: 1 };
  void asterisk.session(settings(), io, sink, options).catch(() => {
    // Ends when the test does.
  });
  const until = (holds: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (holds()) resolve();
      };
      checks.add(check);
      check();
    });
  await until(() => told.some((event) => event.type === 'snapshot.completed'));
  return { told, until };
}

const of = <T extends NeutralEventType>(told: readonly NeutralEvent[], type: T): Extract<NeutralEvent, { type: T }>[] =>
  told.filter((event): event is Extract<NeutralEvent, { type: T }> => event.type === type);

test('the connection test passes every step', async () => {
  const outcomes: string[] = [];
  for await (const step of asterisk.test(settings(), io, stop.signal)) outcomes.push(`${step.step} ${step.outcome}`);
  expect(outcomes).toEqual(['dns ok', 'tcp ok', 'tls skipped', 'login ok', 'rights ok', 'events ok', 'clock ok']);
});

test('discovery finds everybody of both companies with name and e-mail, and the queues', async () => {
  const directory = await asterisk.discover(settings(), io, stop.signal);
  const expected = pbx.companies.flatMap((c) => c.people.map((p) => [p.device, p.extension, p.name, p.email]));
  const found = directory.users.map((u) => [u.devices[0], u.extension, u.name, u.email]);
  expect(new Set(found.map(String))).toEqual(new Set(expected.map(String)));
  expect(directory.users[0]?.keys).toContain('accountcode:acme');
  expect(directory.queues.map((q) => q.name).toSorted()).toEqual(pbx.companies.flatMap((c) => c.queues.map((q) => q.name)).toSorted());
  expect(directory.notices).toEqual([]);
});

test('a queue call that is held, transferred and parked is told as it happened', async () => {
  const { told, until } = await watch();
  pbx.agent('104', { action: 'login' });
  const call = pbx.place({
    kind: 'inboundToQueue',
    queue: 'acme-sales',
    menuMs: 100,
    acts: [
      { act: 'hold', ms: 150 },
      { act: 'attendedTransfer', to: '103', answersAfterMs: 100, consultMs: 100 },
      { act: 'park', by: '102', parkedMs: 100 },
      { act: 'talk', ms: 100 },
    ],
  });
  const facts = await call.done;
  await until(() => of(told, 'leg.ended').length === facts?.legs.length);
  expect(of(told, 'leg.started').map((e) => e.leg)).toEqual(facts?.legs.map((l) => l.uniqueid));
  expect(of(told, 'queue.connected')).toMatchObject([{ queue: 'acme-sales', agent: facts?.queue?.agent }]);
  expect(of(told, 'queue.completed')).toMatchObject([{ endedBy: 'transfer' }]);
  expect(of(told, 'leg.transferred').map((e) => e.kind)).toEqual(expect.arrayContaining(['attended', 'unpark']));
  expect(of(told, 'call.merged')[0]?.call).toBe(facts?.id);
  expect(of(told, 'leg.hangupRequested')).toMatchObject([{ leg: facts?.id }]);
});

test('voicemail, abandonment and pauses are told', async () => {
  const { told, until } = await watch();
  pbx.agent('104', { action: 'login' });
  pbx.agent('104', { action: 'pause', reason: 'Lunch' });
  const mail = pbx.place({ kind: 'inboundToPerson', to: '101', answer: { does: 'noAnswer', ringMs: 100 }, voicemailMs: 100 });
  const lost = pbx.place({ kind: 'inboundToQueue', queue: 'acme-sales', patienceMs: 150 });
  expect(await mail.done).toMatchObject({ outcome: 'voicemail' });
  expect(await lost.done).toMatchObject({ outcome: 'abandoned' });
  await until(() => of(told, 'leg.ended').length === 3);
  expect(of(told, 'agent.paused')).toMatchObject([{ agent: 'PJSIP/acme-104', paused: true, reason: 'Lunch' }]);
  expect(of(told, 'leg.served').filter((e) => e.service === 'voicemail')).toMatchObject([{ leg: mail.facts.id }]);
  expect(of(told, 'queue.left')).toMatchObject([{ leg: lost.facts.id, reason: 'abandoned' }]);
});

test('nothing of a flood is lost on the way', async () => {
  const { told, until } = await watch();
  const result = await pbx.flood({ eventsPerSecond: 8000, seconds: 1 });
  await until(() => of(told, 'leg.ended').length === result.perEvent.Hangup);
  expect(of(told, 'leg.started').length).toBe(result.perEvent.Newchannel);
});
