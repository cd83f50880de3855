import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectionTestStep } from '../../../contract/connector-form.ts';
import { descriptor } from './descriptor.ts';
import type { AsteriskSettings } from './settings.ts';
import { testConnection } from './test-connection.ts';
import { FakeAmi, SECRET, USER } from './testing/fake-ami.ts';
import { settingsFor, testIo } from './testing/harness.ts';

let ami: FakeAmi;
beforeEach(async () => void (ami = await FakeAmi.listen()));
afterEach(() => ami.close());

async function walk(over: Partial<AsteriskSettings> = {}): Promise<ConnectionTestStep[]> {
  const steps: ConnectionTestStep[] = [];
  for await (const step of testConnection(settingsFor(ami.port, over), testIo().io, new AbortController().signal)) steps.push(step);
  return steps;
}

const outcomes = (steps: readonly ConnectionTestStep[]): string[] => steps.map((step) => `${step.step} ${step.outcome}`);
const find = (steps: readonly ConnectionTestStep[], name: string): ConnectionTestStep | undefined =>
  steps.find((step) => step.step === name);

describe('a connection test', () => {
  it('walks all steps and leaves nothing open', async () => {
    expect(outcomes(await walk())).toEqual(['dns ok', 'tcp ok', 'tls skipped', 'login ok', 'rights warning', 'events ok', 'clock ok']);
    expect(find(await walk(), 'rights')?.fix?.en).toContain('write = reporting,system');
  });

  it('skips what comes after a failure', async () => {
    expect(outcomes(await walk({ secret: 'wrong' }))).toEqual([
      'dns ok',
      'tcp ok',
      'tls skipped',
      'login failed',
      'rights skipped',
      'events skipped',
      'clock skipped',
    ]);
  });

  it('gives lines to paste after a refused login: the user, our own address, and never the secret', async () => {
    const step = find(await walk({ secret: 'wrong' }), 'login');
    expect(step?.lines).toContain(`[${USER}]\n`);
    expect(step?.lines).toContain('permit = 127.0.0.1/255.255.255.255\n');
    expect(JSON.stringify(step)).not.toMatch(/wrong"/);
    expect(step?.lines).not.toContain(SECRET);
  });

  it('tells an unknown name', async () => {
    const steps = await walk({ host: 'no-such-host.invalid' });
    expect(outcomes(steps).slice(0, 2)).toEqual(['dns failed', 'tcp skipped']);
  });

  it('reads the same for a refused address and for a closed port', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const port = (closed.address() as AddressInfo).port;
    closed.close();
    await once(closed, 'close');
    const told = (steps: readonly ConnectionTestStep[]): unknown => steps.map(({ ms: _ms, ...step }) => step);
    expect(told(await walk({ host: '169.254.169.254' }))).toEqual(told(await walk({ port })));
  });

  it('tells that something else listens', async () => {
    ami.banner = 'HTTP/1.1 400 Bad Request\r\n';
    expect(find(await walk(), 'tcp')).toMatchObject({
      outcome: 'failed',
      message: { en: 'Something else than an Asterisk manager answers.' },
    });
  });

  it('tells TLS that is not there at its own step', async () => {
    expect(outcomes(await walk({ tls: true })).slice(0, 3)).toEqual(['dns ok', 'tcp ok', 'tls failed']);
  });

  it('names the missing right', async () => {
    ami.answer('ListCommands', () => [['Response: Success', 'Ping: x', 'QueueStatus: x']]);
    const step = find(await walk(), 'rights');
    expect(step).toMatchObject({ outcome: 'failed' });
    expect(step?.fix?.en).toContain('write = reporting');
    expect(step?.fix?.es).toContain('write = reporting');
  });

  it('warns when events are not confirmed or the clock is off, and goes on', async () => {
    ami.answer('Ping', () => [['Response: Success', `Timestamp: ${Date.now() / 1000 + 7_200}`]]);
    const steps = await walk();
    expect(find(steps, 'clock')).toMatchObject({
      outcome: 'warning',
      message: { en: 'The clock of the PBX is 7200 s ahead. Ringside corrects for it.' },
    });
  });
});

describe('the form', () => {
  it('has an item for every setting, and marks the secret', () => {
    const full = settingsFor(5038, { ca: readFileSync(import.meta.filename, 'utf8').slice(0, 10) });
    expect(descriptor.form.map((item) => item.key).toSorted()).toEqual(Object.keys(full).toSorted());
    expect(descriptor.form.filter((item) => item.kind === 'secret').map((item) => item.key)).toEqual(descriptor.secrets);
  });

  it('completes what is left out and refuses what would begin another line on the wire', () => {
    expect(descriptor.settings.parse({ host: 'pbx.example', username: 'ringside', secret: 'x' })).toEqual({
      host: 'pbx.example',
      port: 5038,
      username: 'ringside',
      secret: 'x',
      tls: false,
      ca: '',
      fingerprint: '',
    });
    for (const bad of [
      { username: 'a\r\nAction: x' },
      { secret: 'a\nb' },
      { host: 'a b' },
      { port: 0 },
      { fingerprint: 'zz' },
      { extra: 1 },
    ]) {
      expect(descriptor.settings.safeParse({ host: 'h', username: 'u', secret: 's', ...bad }).success).toBe(false);
    }
  });

  it('knows two links to the same place by the same identity', () => {
    const identity = (host: string, secret: string): string => descriptor.identity(settingsFor(5038, { host, secret }));
    expect(identity('PBX.example', 'a')).toBe(identity('pbx.example', 'b'));
  });
});
