import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../platform/clock/index.ts';
import { AmiClient } from './client.ts';
import { login } from './login.ts';
import { BootWatch, waitUntilReady } from './ready.ts';
import type { PbxRun } from './ready.ts';
import { FakeAmi } from './testing/fake-ami.ts';
import { settingsFor, testIo } from './testing/harness.ts';

let ami: FakeAmi;
beforeEach(async () => void (ami = await FakeAmi.listen()));
afterEach(() => ami.close());

const NOW = Date.UTC(2026, 10, 22, 12, 0, 0) / 1000;

/** The PBX's answers when it started `ageS` ago by its own clock, in a zone `zoneH` hours ahead. */
function startedAgo(ageS: number, zoneH = 0, systemName = ''): void {
  const [date = '', time = ''] = new Date((NOW - ageS + zoneH * 3600) * 1000).toISOString().slice(0, 19).split('T');
  ami.answer('Ping', () => [['Response: Success', 'Ping: Pong', `Timestamp: ${NOW}.000000`]]);
  ami.answer('CoreStatus', () => [['Response: Success', `CoreStartupDate: ${date}`, `CoreStartupTime: ${time}`]]);
  ami.answer('CoreSettings', () => [['Response: Success', 'AsteriskVersion: 16.28.0~dfsg-0+deb11u5', `SystemName: ${systemName}`]]);
}

/** A login without class `system`: no FullyBooted unless the test sends it. */
async function ready(): Promise<PbxRun> {
  ami.answer('Login', () => [['Response: Success']]);
  const client = await AmiClient.open(settingsFor(ami.port), testIo().io, new AbortController().signal);
  try {
    const watch = new BootWatch(client);
    await login(client, settingsFor(ami.port));
    const clock = new ManualClock();
    let running = true;
    const waiting = waitUntilReady(client, watch, clock).finally(() => (running = false));
    waiting.catch(() => {});
    while (running) {
      await new Promise((resolve) => setImmediate(resolve));
      clock.advance(50);
    }
    return await waiting;
  } finally {
    client.close();
  }
}

describe('an Asterisk is ready', () => {
  it.each([0, -11, 5.75, 14])('when it started long ago, whatever its time zone (%d h)', async (zone) => {
    startedAgo(130, zone, 'pbx1');
    expect(await ready()).toMatchObject({ version: '16.28.0', epoch: expect.stringMatching(/^pbx1@2026-11-2\dT\d\d:\d\d:\d\d$/) });
    expect(ami.asked.some((asked) => asked.action === 'ListCommands')).toBe(false);
  });

  it('only with FullyBooted when it has just started', async () => {
    startedAgo(2);
    let boots = 0;
    ami.answer('ListCommands', () => [['Response: Success', 'X: '.padEnd(10 + boots++, 'x')]]);
    const polls = ami.next('ListCommands');
    void polls.then(() => ami.event('Event: FullyBooted', 'Privilege: system,all', 'Status: Fully Booted'));
    await ready();
    expect(boots).toBeGreaterThan(0);
  });

  it('when no action is added any more, for a login that is not told', async () => {
    startedAgo(2);
    let polls = 0;
    ami.answer('ListCommands', () => [['Response: Success', 'X: '.padEnd(10 + Math.min(polls++, 2), 'x')]]);
    await ready();
    expect(polls).toBeGreaterThan(6);
  });

  it('never for a login that may not ask', async () => {
    ami.answer('CoreStatus', () => [['Response: Error', 'Message: Permission denied']]);
    await expect(ready()).rejects.toMatchObject({ failure: 'missingRights' });
  });
});

it('tells one run from the next, and the same run by the same epoch', async () => {
  startedAgo(200);
  const first = await ready();
  expect((await ready()).epoch).toBe(first.epoch);
  startedAgo(130);
  expect((await ready()).epoch).not.toBe(first.epoch);
});
