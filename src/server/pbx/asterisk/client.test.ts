import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../platform/clock/index.ts';
import type { AmiAction } from './actions.ts';
import { AmiClient } from './client.ts';
import { login } from './login.ts';
import type { AmiMessage } from './message.ts';
import type { AsteriskSettings } from './settings.ts';
import { FakeAmi, SECRET, listOf } from './testing/fake-ami.ts';
import { settingsFor, testIo } from './testing/harness.ts';

let ami: FakeAmi;
beforeEach(async () => void (ami = await FakeAmi.listen()));
afterEach(() => ami.close());

const never = new AbortController().signal;

async function open(io = testIo().io): Promise<AmiClient> {
  return await AmiClient.open(settingsFor(ami.port), io, never);
}

async function loggedIn(io = testIo().io): Promise<AmiClient> {
  const client = await open(io);
  await login(client, settingsFor(ami.port));
  return client;
}

function collect(client: AmiClient): { names: string[]; batches: number; seen: (count: number) => Promise<void> } {
  const heard = { names: [] as string[], batches: 0, seen: () => Promise.resolve() };
  let check = (): void => {};
  client.listen({
    wants: (event) => event !== 'VarSet' && event !== 'FullyBooted',
    event: (message: AmiMessage) => {
      heard.names.push(message.name);
      check();
    },
    batchEnd: () => void heard.batches++,
  });
  return Object.assign(heard, {
    seen: (count: number) =>
      new Promise<void>((resolve) => {
        check = () => heard.names.length >= count && resolve();
        check();
      }),
  });
}

describe('login', () => {
  it('proves the secret by the challenge and never sends it', async () => {
    const client = await loggedIn();
    expect(ami.received).not.toContain(SECRET);
    client.close();
  });

  it('fails as badCredentials on a wrong secret, with nothing secret in the error', async () => {
    const client = await open();
    const error: unknown = await login(client, settingsFor(ami.port, { secret: 'another-secret' })).catch((e: unknown) => e);
    expect(error).toMatchObject({ failure: 'badCredentials' });
    expect(String(error)).not.toContain('another-secret');
    client.close();
  });

  it('sends no plain secret over a bare line even when the server refuses the challenge', async () => {
    ami.answer('Challenge', () => [['Response: Error', 'Message: Must specify AuthType']]);
    const client = await open();
    await expect(login(client, settingsFor(ami.port))).rejects.toMatchObject({ failure: 'protocol' });
    expect(ami.received).not.toContain(SECRET);
    client.close();
  });

  it('tells a login that is in use, and an Asterisk that shuts down, from a wrong secret', async () => {
    for (const [message, failure] of [
      ['Login Already In Use', 'notReady'],
      ['Asterisk is shutting down', 'pbxStopped'],
    ] as const) {
      ami.answer('Login', () => [['Response: Error', `Message: ${message}`]]);
      const client = await open();
      await expect(login(client, settingsFor(ami.port))).rejects.toMatchObject({ failure });
      client.close();
    }
  });
});

describe('over TLS', () => {
  const pem = (name: string): string => readFileSync(join(import.meta.dirname, '../../platform/outgoing/testing', name), 'utf8');

  async function overTls(): Promise<AsteriskSettings> {
    await ami.close();
    ami = await FakeAmi.listen({ key: pem('server.key'), cert: pem('server.pem') });
    return settingsFor(ami.port, { tls: true, fingerprint: new X509Certificate(pem('server.pem')).fingerprint256 });
  }

  it('logs in to the one certificate that was pinned and to no other', async () => {
    const settings = await overTls();
    const client = await AmiClient.open(settings, testIo().io, never);
    await login(client, settings);
    client.close();
    const other = `00${settings.fingerprint.slice(2)}`;
    await expect(AmiClient.open({ ...settings, fingerprint: other }, testIo().io, never)).rejects.toMatchObject({ failure: 'tls' });
    await expect(AmiClient.open({ ...settings, fingerprint: '' }, testIo().io, never)).rejects.toMatchObject({ failure: 'tls' });
  });

  it('sends the plain secret when the server refuses the challenge', async () => {
    const settings = await overTls();
    ami.answer('Challenge', () => [['Response: Error', 'Message: Must specify AuthType']]);
    ami.answer('Login', (asked) => [[asked.header('Secret') === SECRET ? 'Response: Success' : 'Response: Error']]);
    const client = await AmiClient.open(settings, testIo().io, never);
    await login(client, settings);
    client.close();
  });
});

describe('connecting', () => {
  it('fails as protocol when another service greets', async () => {
    ami.banner = 'SSH-2.0-OpenSSH_9.2\r\n';
    await expect(open()).rejects.toMatchObject({ failure: 'protocol' });
  });

  it('fails as protocol when nothing greets', async () => {
    ami.banner = '';
    const clock = new ManualClock();
    const opening = open(testIo(clock).io);
    const settled = opening.then(
      () => 'open',
      (error: unknown) => error,
    );
    while (ami.sockets.size === 0) await new Promise((resolve) => setImmediate(resolve));
    for (let turn = 0; turn < 20; turn++) {
      await new Promise((resolve) => setImmediate(resolve));
      clock.advance(1_000);
    }
    expect(await settled).toMatchObject({ failure: 'protocol' });
  });

  it('fails as tcp where nothing listens and as stopped when aborted', async () => {
    const port = ami.port;
    await ami.close();
    await expect(AmiClient.open(settingsFor(port), testIo().io, never)).rejects.toMatchObject({ failure: 'tcp' });
    await expect(AmiClient.open(settingsFor(port), testIo().io, AbortSignal.abort())).rejects.toMatchObject({ failure: 'stopped' });
    ami = await FakeAmi.listen();
  });
});

describe('asking', () => {
  it('knows the three ways an empty list is told', async () => {
    const client = await loggedIn();
    ami.answer('CoreShowChannels', () => listOf('CoreShowChannels', []));
    ami.answer('BridgeList', () => [['Response: Error', 'Message: No active bridges.']]);
    ami.answer('QueueStatus', () => [['Response: Success', 'Message: nothing there']]);
    expect(await Promise.all((['CoreShowChannels', 'BridgeList', 'QueueStatus'] as const).map((action) => client.list(action)))).toEqual([
      [],
      [],
      [],
    ]);
    client.close();
  });

  it('takes only its own events as members of a list, and passes the others on', async () => {
    const client = await loggedIn();
    const heard = collect(client);
    ami.answer('CoreShowChannels', () => null);
    const asked = ami.next('CoreShowChannels');
    const list = client.list('CoreShowChannels');
    const { actionId } = await asked;
    ami.send(
      `Response: Success\r\nActionID: ${actionId}\r\nEventList: start\r\n\r\nEvent: CoreShowChannel\r\nActionID: ${actionId}\r\nUniqueid: 1\r\n\r\n`,
    );
    ami.send('Event: Hangup\r\nUniqueid: 9\r\n\r\nEvent: OriginateResponse\r\nActionID: of-another-client\r\n\r\n');
    ami.send(
      `Event: CoreShowChannel\r\nActionID: ${actionId}\r\nUniqueid: 2\r\n\r\nEvent: CoreShowChannelsComplete\r\nActionID: ${actionId}\r\nEventList: Complete\r\n\r\n`,
    );
    expect((await list).map((member) => member.get('Uniqueid'))).toEqual(['1', '2']);
    expect(heard.names).toEqual(['Hangup', 'OriginateResponse']);
    client.close();
  });

  it('refuses an action that is denied, and tells a missing one by null', async () => {
    const client = await loggedIn();
    ami.answer('PJSIPShowEndpoints', () => [['Response: Error', 'Message: Permission denied']]);
    await expect(client.list('PJSIPShowEndpoints')).rejects.toThrow('PJSIPShowEndpoints: Permission denied');
    expect(await client.listIfAllowed('PJSIPShowEndpoints')).toBeNull();
    client.close();
  });

  it('gives up an answer that does not come', async () => {
    const client = await loggedIn();
    ami.answer('CoreStatus', () => null);
    await expect(client.ask('CoreStatus', {}, 20)).rejects.toMatchObject({ failure: 'timeout' });
    client.close();
  });

  it('never sends an action outside the list, nor a value that begins another line', async () => {
    const client = await loggedIn();
    const before = ami.received;
    await expect(client.ask('Originate' as AmiAction)).rejects.toThrow('not allowed');
    await expect(client.ask('GetConfig' as AmiAction)).rejects.toThrow('not allowed');
    await expect(client.ask('PJSIPShowEndpoint', { Endpoint: 'a\r\nAction: Command' })).rejects.toThrow('line break');
    await client.ping();
    expect(ami.received.slice(before.length)).toMatch(/^Action: Ping\r\nActionID: \S+\r\n\r\n$/);
    client.close();
  });

  it('never reads the passwords that come with an endpoint', async () => {
    const client = await loggedIn();
    ami.answer('PJSIPShowEndpoint', (asked) =>
      listOf('EndpointDetail', [
        ['Event: EndpointDetail', 'ObjectName: a'],
        ['Event: AuthDetail', 'Password: hunter2'],
        ['Event: TransportDetail', 'Password: key'],
      ]).map((block) => [...block, `X: ${asked.action}`]),
    );
    expect((await client.list('PJSIPShowEndpoint', { Endpoint: 'a' })).map((member) => member.name)).toEqual(['EndpointDetail']);
    client.close();
  });
});

describe('events', () => {
  it('come in the order sent, without the unwanted, in one batch per chunk', async () => {
    const client = await loggedIn();
    const heard = collect(client);
    ami.send('Event: Newchannel\r\nA: 1\r\n\r\nEvent: VarSet\r\nA: 2\r\n\r\nEvent: Hangup\r\nA: 3\r\n\r\n');
    await heard.seen(2);
    expect(heard.names).toEqual(['Newchannel', 'Hangup']);
    client.close();
  });

  it('of before the end are told before the end', async () => {
    const client = await loggedIn();
    const heard = collect(client);
    for (const socket of ami.sockets) socket.end(`${'Event: Hangup\r\nUniqueid: 1\r\n\r\n'.repeat(20_000)}`);
    await expect(client.ended()).rejects.toMatchObject({ failure: 'closed' });
    expect(heard.names).toHaveLength(20_000);
  });

  it('end the line as pbxStopped when Asterisk says that it stops', async () => {
    const client = await loggedIn();
    const heard = collect(client);
    ami.send('Event: Hangup\r\nUniqueid: 1\r\n\r\nEvent: Shutdown\r\nShutdown: Cleanly\r\nRestart: False\r\n\r\n');
    await expect(client.ended()).rejects.toMatchObject({ failure: 'pbxStopped' });
    expect(heard.names).toEqual(['Hangup', 'Shutdown']);
  });
});

describe('the line', () => {
  it('is given up as silent after half a minute of pings without a byte', async () => {
    const clock = new ManualClock();
    ami.answer('Login', () => [['Response: Success']]);
    ami.answer('Ping', () => null);
    const client = await loggedIn(testIo(clock).io);
    const ended = client.ended().catch((error: unknown) => error);
    for (let ping = 1; ping < 30; ping++) {
      const asked = ami.next('Ping');
      clock.advance(1000);
      await asked;
    }
    clock.advance(1000);
    expect(await ended).toMatchObject({ failure: 'silent' });
  });

  it('stays while pings are answered, and measures the clock of the PBX', async () => {
    const clock = new ManualClock(1_800_000_000_000);
    const client = await loggedIn(testIo(clock).io);
    ami.answer('Ping', () => [['Response: Success', 'Ping: Pong', 'Timestamp: 1800000007.250000']]);
    await client.ping();
    expect(client.skewMs).toBe(7_250);
    client.close();
  });

  it('is not pinged before the login', async () => {
    const clock = new ManualClock();
    const client = await open(testIo(clock).io);
    clock.advance(60_000);
    client.close();
    await client.ended().catch(() => {});
    expect(ami.asked.map((asked) => asked.action)).not.toContain('Ping');
  });

  it('says good-bye when we end it, and every open question fails', async () => {
    const client = await loggedIn();
    ami.answer('CoreStatus', () => null);
    const bye = ami.next('Logoff');
    const asking = client.ask('CoreStatus');
    client.close();
    await expect(asking).rejects.toMatchObject({ failure: 'stopped' });
    await bye;
    await expect(client.ask('Ping')).rejects.toMatchObject({ failure: 'stopped' });
  });

  it('ends when its signal aborts', async () => {
    const abort = new AbortController();
    const client = await AmiClient.open(settingsFor(ami.port), testIo().io, abort.signal);
    abort.abort();
    await expect(client.ended()).rejects.toMatchObject({ failure: 'stopped' });
  });
});
