import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer, TLSSocket } from 'node:tls';
import { X509Certificate } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { ManualClock, systemClock } from '../clock/index.ts';
import { createOutgoing, OutgoingError, pbxReach } from './index.ts';
import type { OutgoingOptions } from './index.ts';

const pem = (name: string): string => readFileSync(join(import.meta.dirname, 'testing', name), 'utf8');
const FINGERPRINT = new X509Certificate(pem('server.pem')).fingerprint256;

const servers: Server[] = [];
const sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) {
    server.close();
    await once(server, 'close');
  }
});

describe('which addresses may be reached', () => {
  const hosts = {
    loopback: ['127.0.0.1', '::1', '[::1]', '::ffff:127.0.0.1'],
    private: ['10.0.0.1', '192.168.7.7', 'fd12::1'],
    public: ['8.8.8.8', '2606:4700::1111'],
    never: [
      '169.254.169.254',
      'fd00:ec2::254',
      '::ffff:169.254.169.254',
      'fe80::1',
      '0.0.0.0',
      '::',
      '255.255.255.255',
      '224.0.0.1',
      'ff02::1',
    ],
  };

  test('at home on loopback: loopback, private and public, and still no metadata', async () => {
    expect(pbxReach('127.0.0.1')).toBe('local');
    const reached = outgoing({ reach: pbxReach('localhost') });
    for (const host of [...hosts.loopback, ...hosts.private, ...hosts.public]) expect(await reached.resolve(host)).toHaveLength(1);
    for (const host of hosts.never) await expect(reached.resolve(host)).rejects.toMatchObject({ failure: 'refusedAddress' });
  });

  test('served to others: public only', async () => {
    expect(pbxReach('0.0.0.0')).toBe('public');
    const reached = outgoing({ reach: pbxReach('192.168.1.5') });
    for (const host of hosts.public) expect(await reached.resolve(host)).toHaveLength(1);
    for (const host of [...hosts.loopback, ...hosts.private, ...hosts.never]) {
      await expect(reached.resolve(host)).rejects.toMatchObject({ failure: 'refusedAddress' });
    }
  });

  test('an allowed network opens what it names, and never metadata even if it names it', async () => {
    const reached = outgoing({ reach: 'public', allowedNetworks: ['10.0.0.0/8', '169.254.0.0/16', '::/0'] });
    expect(await reached.resolve('10.0.0.1')).toEqual(['10.0.0.1']);
    expect(await reached.resolve('fd12::1')).toEqual(['fd12::1']);
    for (const host of ['192.168.7.7', ...hosts.never]) await expect(reached.resolve(host)).rejects.toBeInstanceOf(OutgoingError);
  });

  test('of a name with several addresses the refused ones are left out', async () => {
    const reached = outgoing({ reach: 'public', lookup: answers(['10.0.0.1', '8.8.8.8', '169.254.169.254']) });
    expect(await reached.resolve('pbx.test')).toEqual(['8.8.8.8']);
  });
});

describe('connecting', () => {
  test('bytes flow both ways', async () => {
    const port = await listen((socket) => socket.pipe(socket));
    const socket = await open({ reach: 'local' }, { host: '127.0.0.1', port });
    socket.write('hello');
    expect(String((await once(socket, 'data'))[0])).toBe('hello');
  });

  test('a name is looked up once and the checked address is the one connected: DNS rebinding gains nothing', async () => {
    const port = await listen();
    let asked = 0;
    const lookup = (): Promise<string[]> => Promise.resolve(asked++ === 0 ? ['127.0.0.1'] : ['169.254.169.254']);
    const socket = await open({ reach: 'local', lookup }, { host: 'pbx.test', port });
    expect([socket.remoteAddress, asked]).toEqual(['127.0.0.1', 1]);
  });

  test('a name that points to a refused address is not connected, nor is the address tried', async () => {
    let connections = 0;
    const port = await listen(() => connections++);
    await expect(open({ reach: 'public', lookup: answers(['127.0.0.1']) }, { host: 'pbx.test', port })).rejects.toMatchObject({
      failure: 'refusedAddress',
    });
    expect(connections).toBe(0);
  });

  test('when one address of a name is dead the next is taken', async () => {
    const port = await listen();
    const socket = await open({ reach: 'local', lookup: answers(['127.0.0.2', '127.0.0.1']) }, { host: 'pbx.test', port });
    expect(socket.remoteAddress).toBe('127.0.0.1');
  });

  test("Ringside's own ports are refused on every address of this machine, PostgreSQL and NATS among them", async () => {
    const port = await listen();
    const own = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).filter((i) => i.family === 'IPv4').map((i) => i.address));
    for (const host of new Set(['127.0.0.1', '127.9.9.9', '::ffff:127.0.0.1', '::1', ...own])) {
      for (const forbidden of [port, 5432, 4222]) {
        const attempt = open({ reach: 'local', forbiddenPorts: [port] }, { host, port: forbidden });
        await expect(attempt).rejects.toMatchObject({ failure: 'refusedAddress' });
      }
    }
  });

  test('failures carry their code: no such name, nobody listening', async () => {
    const noName = (): Promise<string[]> => Promise.reject(Object.assign(new Error(), { code: 'ENOTFOUND' }));
    await expect(open({ reach: 'local', lookup: noName }, { host: 'no.test', port: 1 })).rejects.toMatchObject({ failure: 'dns' });
    await expect(open({ reach: 'local', lookup: answers([]) }, { host: 'no.test', port: 1 })).rejects.toMatchObject({ failure: 'dns' });
    await expect(open({ reach: 'local' }, { host: '127.0.0.1', port: 1 })).rejects.toMatchObject({
      failure: 'tcp',
      message: 'tcp: 127.0.0.1 port 1: ECONNREFUSED',
    });
  });

  test('the time limit covers a resolver that never answers', async () => {
    const clock = new ManualClock();
    const attempt = createOutgoing({ ...defaults, clock, lookup: () => new Promise(() => {}) }).connect({
      host: 'x.test',
      port: 1,
      timeoutMs: 500,
    });
    clock.advance(500);
    await expect(attempt).rejects.toMatchObject({ failure: 'timeout' });
  });

  test('the time limit covers a TLS server that says nothing, and its socket is closed', async () => {
    const clock = new ManualClock();
    const accepted = Promise.withResolvers<Socket>();
    const port = await listen((socket) => accepted.resolve(socket));
    const attempt = createOutgoing({ ...defaults, clock }).connect({ host: '127.0.0.1', port, timeoutMs: 500, tls: {} });
    const far = (await accepted.promise).resume();
    await once(far, 'data');
    clock.advance(500);
    await expect(attempt).rejects.toMatchObject({ failure: 'timeout' });
    await once(far, 'close');
  });

  test('an abort stops it, before and while', async () => {
    const abort = new AbortController();
    const request = { host: 'x.test', port: 1, signal: abort.signal };
    const attempt = open({ lookup: () => new Promise(() => {}) }, request);
    abort.abort();
    await expect(attempt).rejects.toMatchObject({ failure: 'stopped' });
    await expect(open({}, request)).rejects.toMatchObject({ failure: 'stopped' });
    await expect(outgoing({}).resolve('8.8.8.8', abort.signal)).rejects.toMatchObject({ failure: 'stopped' });
  });
});

describe('TLS', () => {
  const toName = { host: 'pbx.test', lookup: ['127.0.0.1'] };

  test('a certificate of the given authority for this host is accepted, by name and by address', async () => {
    expect(await openTls({ ...toName, tls: { ca: pem('ca.pem') } })).toBeInstanceOf(TLSSocket);
    expect(await openTls({ host: '127.0.0.1', tls: { ca: pem('ca.pem') } })).toBeInstanceOf(TLSSocket);
    expect(await openTls({ host: 'other.test', lookup: ['127.0.0.1'], tls: { ca: pem('ca.pem'), servername: 'pbx.test' } })).toBeInstanceOf(
      TLSSocket,
    );
  });

  test('an unknown authority, another host’s certificate, an unreadable authority: each refused', async () => {
    await expect(openTls({ ...toName, tls: {} })).rejects.toMatchObject({ failure: 'tls' });
    await expect(openTls({ host: 'other.test', lookup: ['127.0.0.1'], tls: { ca: pem('ca.pem') } })).rejects.toThrow(
      'ERR_TLS_CERT_ALTNAME_INVALID',
    );
    const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
    await expect(openTls({ ...toName, tls: { ca: broken } })).rejects.toMatchObject({ failure: 'tls' });
  });

  test('the pinned certificate is accepted whoever signed it and whatever it is named; any other is refused', async () => {
    expect(await openTls({ host: 'other.test', lookup: ['127.0.0.1'], tls: { fingerprint256: FINGERPRINT } })).toBeInstanceOf(TLSSocket);
    expect(await openTls({ ...toName, tls: { fingerprint256: FINGERPRINT.replaceAll(':', '').toLowerCase() } })).toBeInstanceOf(TLSSocket);
    for (const wrong of [FINGERPRINT.replace(/^../, FINGERPRINT.startsWith('00') ? '11' : '00'), '']) {
      await expect(openTls({ ...toName, tls: { fingerprint256: wrong } })).rejects.toThrow(FINGERPRINT);
    }
  });

  test('a server that does not speak TLS is a TLS failure', async () => {
    const port = await listen((socket) => socket.end('Asterisk Call Manager/7.0.3\r\n'));
    await expect(open({ reach: 'local' }, { host: '127.0.0.1', port, tls: {} })).rejects.toMatchObject({ failure: 'tls' });
  });
});

const defaults: OutgoingOptions = { reach: 'local', allowedNetworks: [], forbiddenPorts: [], clock: systemClock };

function outgoing(options: Partial<OutgoingOptions>): ReturnType<typeof createOutgoing> {
  return createOutgoing({ ...defaults, ...options });
}

function answers(addresses: string[]): () => Promise<string[]> {
  return () => Promise.resolve(addresses);
}

type Request = Parameters<ReturnType<typeof createOutgoing>['connect']>[0];

async function open(options: Partial<OutgoingOptions>, request: Omit<Request, 'timeoutMs'>): Promise<Socket> {
  const socket = await outgoing(options).connect({ timeoutMs: 10_000, ...request });
  sockets.push(socket);
  return socket;
}

async function openTls(request: { host: string; lookup?: string[]; tls: NonNullable<Request['tls']> }): Promise<Socket> {
  const server = createTlsServer({ key: pem('server.key'), cert: pem('server.pem') });
  server.on('tlsClientError', () => {});
  const port = await listenOn(server);
  server.on('secureConnection', (socket) => sockets.push(socket.on('error', () => {})));
  return open({ lookup: answers(request.lookup ?? []) }, { host: request.host, port, tls: request.tls });
}

function listen(handler: (socket: Socket) => unknown = () => {}): Promise<number> {
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => {}));
    handler(socket);
  });
  return listenOn(server);
}

async function listenOn(server: Server): Promise<number> {
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
