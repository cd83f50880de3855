import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { ManualClock } from '../../platform/clock/index.ts';
import { startSimulatedPbx, type SimulatedPbx, type SimulatedPbxOptions } from '../simulated-pbx.ts';
import { Recorder } from '../testing/recorder.ts';

const open: { pbx: SimulatedPbx[]; clients: Recorder[] } = { pbx: [], clients: [] };

async function start(options: SimulatedPbxOptions = {}): Promise<SimulatedPbx> {
  const pbx = await startSimulatedPbx({ secret: 'open sesame', loginFailureDelayMs: 5, ...options });
  open.pbx.push(pbx);
  return pbx;
}

function connect(pbx: SimulatedPbx): Recorder {
  const client = new Recorder(pbx.port);
  open.clients.push(client);
  return client;
}

async function loggedIn(pbx: SimulatedPbx, ...more: string[]): Promise<Recorder> {
  const client = connect(pbx);
  await client.login(pbx.user, pbx.secret, ...more);
  return client;
}

afterEach(async () => {
  for (const client of open.clients.splice(0)) client.close();
  await Promise.all(open.pbx.splice(0).map((pbx) => pbx.stop()));
});

test('greets with the banner alone, without a blank line', async () => {
  const client = connect(await start());
  await client.until('\r\n');
  expect(client.text).toBe('Asterisk Call Manager/11.0.0\r\n');
});

test('answers a login and says that it is fully booted', async () => {
  const client = await loggedIn(await start(), 'ActionID: 7');
  await client.until('Status: Fully Booted\r\n\r\n');
  expect(client.text).toContain(
    'Response: Success\r\nActionID: 7\r\nMessage: Authentication accepted\r\n\r\nEvent: FullyBooted\r\nPrivilege: system,all\r\n',
  );
});

test('says nothing of the boot to who logs in without events or may not read class system', async () => {
  const pbx = await start({ read: ['call'] });
  const client = await loggedIn(pbx);
  client.send('Action: Ping', 'ActionID: p');
  await client.until('Ping: Pong');
  expect(client.text).not.toContain('FullyBooted');
});

test('takes a challenge login and refuses a wrong key', async () => {
  const pbx = await start();
  const client = connect(pbx);
  client.send('Action: Challenge', 'AuthType: MD5');
  await client.until(/Challenge: (\d+)\r\n/);
  const challenge = /Challenge: (\d+)\r\n/.exec(client.text)?.[1] ?? '';
  const key = createHash('md5')
    .update(challenge + pbx.secret)
    .digest('hex');
  client.send('Action: Login', 'AuthType: MD5', `Username: ${pbx.user}`, `Key: ${key}`);
  await client.until('Authentication accepted');
  const wrong = connect(pbx);
  wrong.send('Action: Challenge', 'AuthType: MD5');
  await wrong.until('Challenge: ');
  wrong.send('Action: Login', 'AuthType: MD5', `Username: ${pbx.user}`, `Key: ${key}`);
  await wrong.closed;
  expect(wrong.text).toContain('Response: Error\r\nMessage: Authentication failed\r\n\r\n');
});

test.each([
  ['a wrong secret', 'ringside', 'wrong'],
  ['an unknown user', 'nobody', 'open sesame'],
])('answers %s late, in the same words, and closes', async (_what, user, secret) => {
  const pbx = await start({ loginFailureDelayMs: 60 });
  const client = connect(pbx);
  const begun = performance.now();
  client.send('Action: Login', `Username: ${user}`, `Secret: ${secret}`);
  await client.closed;
  expect(client.text).toBe('Asterisk Call Manager/11.0.0\r\nResponse: Error\r\nMessage: Authentication failed\r\n\r\n');
  expect(performance.now() - begun).toBeGreaterThan(55);
});

test('permits nothing before the login', async () => {
  const client = connect(await start());
  client.send('Action: CoreShowChannels', 'ActionID: 1');
  client.send('Action: Nonsense', 'ActionID: 2');
  await client.until('ActionID: 2\r\nMessage: Permission denied\r\n\r\n');
  expect(client.text).toContain('Response: Error\r\nActionID: 1\r\nMessage: Permission denied\r\n\r\n');
});

test('refuses unknown actions, missing actions and over-long lines in the words of Asterisk', async () => {
  const client = await loggedIn(await start());
  client.send('Action: SIPpeers', 'ActionID: 1');
  await client.until(
    'ActionID: 1\r\nMessage: Invalid/unknown command: SIPpeers. Use Action: ListCommands to show available commands.\r\n\r\n',
  );
  client.send('Foo: bar');
  await client.until('Message: Missing action in request\r\n\r\n');
  client.send(`Action: ${'x'.repeat(2000)}`);
  await client.until('Message: Failed to parse message: line too long\r\n\r\n');
});

test('takes an action that comes in pieces and with bare line feeds', async () => {
  const client = await loggedIn(await start());
  for (const piece of ['acti', 'on: pi', 'ng\nActionID: 9', '\n', '\n']) {
    client.sendBytes(piece);
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  await client.until(/ActionID: 9\r\nPing: Pong\r\nTimestamp: \d+\.\d{6}\r\n\r\n/);
});

test('sends only the classes that the user may read and the mask lets through', async () => {
  const pbx = await start({ read: ['call', 'agent'] });
  const client = await loggedIn(pbx);
  client.send('Action: Events', 'EventMask: agent,cdr', 'ActionID: m');
  await client.until('ActionID: m\r\nEvents: On\r\n\r\n');
  pbx.agent('104', { action: 'login' });
  await pbx.place({ kind: 'internal', caller: '101', to: '102', answer: { does: 'busy' } }).done;
  await client.until('Event: QueueMemberAdded');
  client.send('Action: Ping');
  await client.until('Ping: Pong');
  const names = new Set([...client.text.matchAll(/^Event: (\w+)/gm)].map((m) => m[1]));
  names.delete('FullyBooted');
  expect([...names]).toEqual(['QueueMemberAdded']);
});

test('a mask that names nothing known is an error', async () => {
  const client = await loggedIn(await start());
  client.send('Action: Events', 'ActionID: e');
  await client.until('Response: Error\r\nActionID: e\r\nMessage: Invalid event mask\r\n\r\n');
});

test('the least rights may list calls and queues but no endpoints, and ListCommands says so', async () => {
  const pbx = await start({ read: ['call', 'agent', 'cdr'], write: ['reporting'] });
  const client = await loggedIn(pbx);
  for (const action of ['CoreShowChannels', 'QueueStatus', 'VoicemailUsersList', 'DeviceStateList', 'CoreStatus']) {
    client.send(`Action: ${action}`, `ActionID: ${action}`);
    await client.until(`Response: Success\r\nActionID: ${action}\r\n`);
  }
  client.send('Action: PJSIPShowEndpoints', 'ActionID: no');
  await client.until('Response: Error\r\nActionID: no\r\nMessage: Permission denied\r\n\r\n');
  client.send('Action: ListCommands', 'ActionID: lc');
  await client.until(/ActionID: lc\r\n[^]*\r\n\r\n$/);
  expect(client.text).toContain('CoreShowChannels: List currently active channels.  (Priv: system,reporting,all)\r\n');
  expect(client.text).not.toContain('PJSIPShowEndpoint:');
});

test('a call in progress stands in the lists with its bridge, its queue entry and its duration', async () => {
  const pbx = await start();
  const client = await loggedIn(pbx);
  pbx.place({ kind: 'inboundToPerson', to: '101', answer: { does: 'answers', afterMs: 60 }, acts: [{ act: 'talk', ms: 60_000 }] });
  const waiting = pbx.place({ kind: 'inboundToQueue', queue: 'acme-sales', from: { number: '+12025550111', name: '' } });
  await client.until(/Event: BridgeEnter[^]*Event: BridgeEnter/);
  client.send('Action: CoreShowChannels', 'ActionID: c');
  await client.until('Event: CoreShowChannelsComplete\r\nActionID: c\r\nEventList: Complete\r\nListItems: 3\r\n\r\n');
  expect(client.text).toMatch(
    /Event: CoreShowChannel\r\nActionID: c\r\nChannel: PJSIP\/acme-101-[^]*?Application: AppDial\r\nApplicationData: \(Outgoing Line\)\r\nDuration: 00:00:0\d\r\nBridgeId: [0-9a-f-]{36}\r\n/,
  );
  client.send('Action: QueueStatus', 'ActionID: q');
  await client.until('Event: QueueStatusComplete\r\nActionID: q');
  expect(client.text).toContain(`Uniqueid: ${waiting.facts.id}\r\nCallerIDNum: +12025550111\r\nCallerIDName: unknown\r\n`);
  client.send('Action: BridgeList', 'ActionID: b');
  await client.until('Event: BridgeListComplete\r\nActionID: b\r\nEventList: Complete\r\nListItems: 1\r\n\r\n');
});

test('an endpoint tells who it is; an unknown one is an error with the stray blank line of Asterisk', async () => {
  const pbx = await start({ companies: 2 });
  const client = await loggedIn(pbx);
  client.send('Action: PJSIPShowEndpoint', 'Endpoint: globex-101', 'ActionID: e');
  await client.until('Event: EndpointDetailComplete\r\nActionID: e');
  const person = pbx.companies[1]?.people[0];
  expect(client.text).toContain(`SetVar: TENANT=globex,USER_EMAIL=${person?.email}\r\n`);
  expect(client.text).toContain(`Callerid: "${person?.name}" <101>\r\nAccountcode: globex\r\n`);
  client.send('Action: PJSIPShowEndpoint', 'Endpoint: zz', 'ActionID: z');
  await client.until('Message: Unable to retrieve endpoint zz\r\n\r\n\r\n');
});

test('logs off with its good-bye and closes', async () => {
  const client = await loggedIn(await start());
  client.send('Action: Logoff', 'ActionID: l');
  await client.closed;
  expect(client.text).toMatch(/Response: Goodbye\r\nActionID: l\r\nMessage: Thanks for all the fish.\r\n\r\n$/);
});

test('without timestampevents no event carries a Timestamp', async () => {
  const pbx = await start({ timestamps: false });
  const client = await loggedIn(pbx);
  pbx.agent('104', { action: 'login' });
  await client.until('Event: QueueMemberAdded\r\nPrivilege: agent,all\r\nQueue: acme-sales\r\n');
});

test('a client that stops reading is thrown out, another one goes on', async () => {
  const clock = new ManualClock();
  const pbx = await start({ clock, writeTimeoutMs: 5000 });
  const slow = await loggedIn(pbx);
  const good = await loggedIn(pbx);
  slow.pause();
  // More than the sockets' buffers hold.
  while (good.length < 24_000_000) {
    for (let i = 0; i < 100; i++) pbx.place({ kind: 'internal', caller: '101', to: '102', answer: { does: 'busy' } });
    clock.advance(1000);
    good.send('Action: Ping', `ActionID: ${clock.now()}`);
    await good.until(`ActionID: ${clock.now()}\r\nPing: Pong`);
  }
  clock.advance(5000);
  slow.resume();
  await slow.closed;
  good.send('Action: Ping', 'ActionID: alive');
  await good.until('ActionID: alive\r\nPing: Pong');
});
