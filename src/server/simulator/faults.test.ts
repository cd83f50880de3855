import { afterEach, expect, test } from 'vitest';
import { startSimulatedPbx, type SimulatedPbx } from './simulated-pbx.ts';
import { Recorder } from './testing/recorder.ts';
import { breaches, parseEvents } from './testing/rules.ts';

let pbx: SimulatedPbx;
const clients: Recorder[] = [];

async function client(): Promise<Recorder> {
  const recorder = new Recorder(pbx.port);
  clients.push(recorder);
  await recorder.login(pbx.user, pbx.secret);
  return recorder;
}

afterEach(async () => {
  for (const recorder of clients.splice(0)) recorder.close();
  await pbx.stop();
});

test('a cut line loses what happens meanwhile; the call goes on and stands in the list of the next session', async () => {
  pbx = await startSimulatedPbx();
  const first = await client();
  const call = pbx.place({
    kind: 'internal',
    caller: '101',
    to: '102',
    answer: { does: 'answers', afterMs: 100 },
    acts: [{ act: 'talk', ms: 700 }],
  });
  await first.until('Event: DialBegin');
  pbx.cutLine();
  await first.closed;
  expect(first.text).not.toContain('Event: Hangup');
  const second = await client();
  second.send('Action: CoreShowChannels', 'ActionID: c');
  await second.until('Event: CoreShowChannelsComplete');
  expect(second.text).toContain(`Linkedid: ${call.facts.id}\r\n`);
  expect(await call.done).toMatchObject({ outcome: 'answered' });
});

test('a stalled PBX neither answers nor closes until it goes on', async () => {
  pbx = await startSimulatedPbx();
  const recorder = await client();
  const resume = pbx.stall();
  const before = recorder.text.length;
  recorder.send('Action: Ping', 'ActionID: late');
  await pbx.place({ kind: 'outbound', caller: '101', number: '+12025550123', answer: { does: 'busy' } }).done;
  expect(recorder.text.length).toBe(before);
  resume();
  await recorder.until('ActionID: late\r\nPing: Pong');
  await recorder.until('Event: Cdr');
});

test('a clean restart hangs up every call, says Shutdown and begins a new run on the same port', async () => {
  pbx = await startSimulatedPbx();
  const before = await client();
  const call = pbx.place({
    kind: 'inboundToPerson',
    to: '101',
    answer: { does: 'answers', afterMs: 60 },
    acts: [{ act: 'talk', ms: 60_000 }],
  });
  await before.until(/Event: BridgeEnter[^]*Event: BridgeEnter/);
  const port = pbx.port;
  await pbx.restart({ downMs: 20 });
  await before.closed;
  expect(await call.done).toBeNull();
  expect(breaches(parseEvents(before.text))).toEqual([]);
  expect(before.text).toMatch(
    /Event: Shutdown\r\nPrivilege: system,all\r\nTimestamp: [\d.]+\r\nShutdown: Cleanly\r\nRestart: False\r\n\r\n$/,
  );
  expect(pbx.port).toBe(port);
  const after = await client();
  after.send('Action: CoreShowChannels', 'ActionID: c');
  await after.until('ListItems: 0\r\n\r\n');
  const again = pbx.place({ kind: 'internal', caller: '101', to: '102', answer: { does: 'busy' } });
  expect(again.facts.id).toMatch(/^\d{10}\.0$/);
});

test('a killed PBX closes without a word', async () => {
  pbx = await startSimulatedPbx();
  const recorder = await client();
  pbx.place({ kind: 'inboundToPerson', to: '101', acts: [{ act: 'talk', ms: 60_000 }] });
  await recorder.until('Event: DialBegin');
  await pbx.restart({ clean: false, downMs: 20 });
  await recorder.closed;
  expect(recorder.text).not.toContain('Event: Hangup');
  expect(recorder.text).not.toContain('Event: Shutdown');
});

test('after a changed secret the old one is refused and who was in stays', async () => {
  pbx = await startSimulatedPbx({ loginFailureDelayMs: 5 });
  const inside = await client();
  const old = pbx.secret;
  pbx.changeSecret('another');
  const late = new Recorder(pbx.port);
  clients.push(late);
  late.send('Action: Login', `Username: ${pbx.user}`, `Secret: ${old}`);
  await late.closed;
  expect(late.text).toContain('Authentication failed');
  inside.send('Action: Ping', 'ActionID: in');
  await inside.until('ActionID: in\r\nPing: Pong');
});

test('a flood sends what it counts, at the rate asked, in whole calls', async () => {
  pbx = await startSimulatedPbx({ companies: 2 });
  const recorder = await client();
  const result = await pbx.flood({ eventsPerSecond: 5000, seconds: 1 });
  recorder.send('Action: Ping', 'ActionID: end');
  await recorder.until('ActionID: end\r\n');
  const events = parseEvents(recorder.text);
  const came = (name: string): number => events.filter((e) => e.Event === name).length;
  for (const name of ['Newchannel', 'Hangup', 'DialEnd', 'Cdr', 'CEL']) expect([name, came(name)]).toEqual([name, result.perEvent[name]]);
  expect(came('Newchannel')).toBe(came('Hangup'));
  expect(breaches(events)).toEqual([]);
  expect(result.events / result.seconds).toBeGreaterThan(4500);
  expect(pbx.stats().eventsSent.Cdr).toBe(result.perEvent.Cdr);
});

test('a flood ends with its PBX', async () => {
  pbx = await startSimulatedPbx();
  const recorder = await client();
  const flood = pbx.flood({ eventsPerSecond: 2000, seconds: 3600 });
  await recorder.until('Event: Hangup');
  await pbx.stop();
  expect((await flood).seconds).toBeLessThan(3600);
});

test('two runs share no login: the secret is random unless given', async () => {
  pbx = await startSimulatedPbx();
  const other = await startSimulatedPbx();
  expect(other.secret).not.toBe(pbx.secret);
  expect(other.secret.length).toBeGreaterThan(20);
  await other.stop();
});
