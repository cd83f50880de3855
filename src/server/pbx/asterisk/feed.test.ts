import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NeutralEvent } from '../../../contract/events.ts';
import { ManualClock } from '../../platform/clock/index.ts';
import type { Directory, SessionSink } from '../connector.ts';
import { AmiClient } from './client.ts';
import { Feed } from './feed.ts';
import { login } from './login.ts';
import type { Mapper } from './map.ts';
import type { AmiMessage } from './message.ts';
import { FakeAmi, listOf } from './testing/fake-ami.ts';
import { settingsFor, testIo } from './testing/harness.ts';

const EMPTY: Directory = { users: [], queues: [], capabilities: [], version: '22', notices: [] };

/** Writes down what it is told, in order; what it was told is also what it gives out. */
class NotingMapper implements Mapper {
  readonly told: string[] = [];
  asksForApplications = false;
  #out: string[] = [];

  #note(what: string): void {
    this.told.push(what);
    this.#out.push(what);
  }

  live(message: AmiMessage): void {
    this.#note(`live ${message.name} ${message.get('Uniqueid') ?? ''}`);
  }

  snapshot(input: Parameters<Mapper['snapshot']>[0], _at: number, restarted: boolean, epoch: string): void {
    this.#note(`snapshot of ${input.channels.length} channels, ${epoch}${restarted ? ', restarted' : ''}`);
  }

  applications(channels: readonly AmiMessage[]): void {
    this.asksForApplications = false;
    this.#note(`applications of ${channels.length}`);
  }

  directoryChanged(): void {
    this.#note('directory changed');
  }

  wantsApplications(): boolean {
    return this.asksForApplications;
  }

  setDirectory(): void {
    this.told.push('directory set');
  }

  setSkew(): void {}

  take(): NeutralEvent[] {
    const out = this.#out;
    this.#out = [];
    return out as unknown as NeutralEvent[];
  }
}

let ami: FakeAmi;
let client: AmiClient;
let feed: Feed;
let mapper: NotingMapper;
let clock: ManualClock;
let batches: string[][];
let directory: Directory;
let told: { wait: (what: string) => Promise<void> };

beforeEach(async () => {
  ami = await FakeAmi.listen();
  clock = new ManualClock(Date.UTC(2026, 10, 22));
  mapper = new NotingMapper();
  batches = [];
  directory = EMPTY;
  let check = (): void => {};
  told = {
    wait: (what) =>
      new Promise((resolve) => {
        check = () => batches.flat().includes(what) && resolve();
        check();
      }),
  };
  const sink: SessionSink = {
    authenticated: () => {},
    alive: () => {},
    events: (batch) => {
      batches.push([...batch] as unknown as string[]);
      check();
    },
  };
  client = await AmiClient.open(settingsFor(ami.port), testIo(clock).io, new AbortController().signal);
  await login(client, settingsFor(ami.port));
  const wanted = new Set(['Newchannel', 'Hangup', 'QueueMemberAdded']);
  feed = new Feed({ client, mapper, sink, clock, wanted, directory: EMPTY, rediscover: () => Promise.resolve(directory) });
});

afterEach(async () => {
  feed.stop();
  client.close();
  await ami.close();
});

/** Lets time pass on a line that lives. */
async function pass(seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 10) {
    clock.advance(10_000);
    await client.ping();
  }
}

describe('a feed', () => {
  it('subscribes before it takes the snapshot', async () => {
    await feed.begin('run-1', false);
    const actions = ami.asked.map((asked) => asked.action);
    expect(actions.indexOf('Events')).toBeLessThan(actions.indexOf('CoreShowChannels'));
  });

  it('puts events aside until the snapshot is told, then tells them in order, then live', async () => {
    ami.answer('DeviceStateList', () => null);
    ami.answer('CoreShowChannels', () => listOf('CoreShowChannels', [['Event: CoreShowChannel', 'Uniqueid: 1']]));
    const asked = ami.next('DeviceStateList');
    const beginning = feed.begin('run-1', true);
    const { actionId } = await asked;
    ami.event('Event: Newchannel', 'Uniqueid: 2');
    ami.send(`Response: Success\r\nActionID: ${actionId}\r\n\r\nEvent: Hangup\r\nUniqueid: 2\r\n\r\n`);
    await beginning;
    ami.event('Event: Newchannel', 'Uniqueid: 3');
    await told.wait('live Newchannel 3');
    expect(mapper.told).toEqual(['snapshot of 1 channels, run-1, restarted', 'live Newchannel 2', 'live Hangup 2', 'live Newchannel 3']);
    expect(batches).toEqual([mapper.told.slice(0, 3), mapper.told.slice(3)]);
  });

  it('does not wait for an answer to Events', async () => {
    ami.answer('Events', () => null);
    await feed.begin('run-1', false);
    expect(mapper.told).toEqual(['snapshot of 0 channels, run-1']);
  });

  it('goes on without queues and device states where they are not to be had, but not without channels', async () => {
    const denied = (): readonly (readonly string[])[] => [['Response: Error', 'Message: Permission denied']];
    ami.answer('QueueStatus', denied);
    ami.answer('DeviceStateList', denied);
    await feed.begin('run-1', false);
    ami.answer('CoreShowChannels', denied);
    await expect(feed.begin('run-1', false)).rejects.toThrow('Permission denied');
  });

  it('asks what channels do at most once a second while the mapper wants to know', async () => {
    await feed.begin('run-1', false);
    const before = ami.asked.filter((asked) => asked.action === 'CoreShowChannels').length;
    mapper.asksForApplications = true;
    for (const id of [1, 2, 3]) ami.event('Event: Newchannel', `Uniqueid: ${id}`);
    await told.wait('live Newchannel 3');
    clock.advance(1_000);
    await told.wait('applications of 0');
    clock.advance(10_000);
    expect(ami.asked.filter((asked) => asked.action === 'CoreShowChannels').length).toBe(before + 1);
  });

  it('compares with the whole every ten minutes, without losing what happens meanwhile', async () => {
    await feed.begin('run-1', true);
    await pass(590);
    ami.answer('CoreShowChannels', () => null);
    const asked = ami.next('CoreShowChannels');
    await pass(10);
    const { actionId } = await asked;
    ami.event('Event: Newchannel', 'Uniqueid: 7');
    ami.send(`Response: Success\r\nActionID: ${actionId}\r\n\r\n`);
    await told.wait('live Newchannel 7');
    expect(mapper.told).toEqual(['snapshot of 0 channels, run-1, restarted', 'snapshot of 0 channels, run-1', 'live Newchannel 7']);
  });

  it('reads the directory anew after a reload and says so only when it is another', async () => {
    await feed.begin('run-1', false);
    feed.doubtDirectory();
    clock.advance(5_000);
    await client.ping();
    expect(mapper.told).not.toContain('directory changed');

    directory = {
      ...EMPTY,
      users: [{ externalId: 'PJSIP/1', name: 'One', email: null, extension: '1', devices: ['PJSIP/1'], keys: [], derived: true }],
    };
    ami.event('Event: Reload', 'Module: All');
    ami.event('Event: Newchannel', 'Uniqueid: 1');
    await told.wait('live Newchannel 1');
    clock.advance(5_000);
    await told.wait('directory changed');
    expect(mapper.told.slice(-2)).toEqual(['directory set', 'directory changed']);
  });

  it('hears of a reload by its time where it is not told of it', async () => {
    await feed.begin('run-1', false);
    directory = { ...EMPTY, queues: [{ externalId: 'q', name: 'q', number: null, strategy: null, keys: [], members: [] }] };
    ami.answer('CoreStatus', () => [['Response: Success', 'CoreReloadDate: 2026-11-22', 'CoreReloadTime: 09:00:00']]);
    await pass(60);
    clock.advance(5_000);
    await told.wait('directory changed');
  });

  it('takes an agent it does not know as a sign of another directory, not one that it knows', async () => {
    await feed.begin('run-1', false);
    directory = {
      ...EMPTY,
      users: [{ externalId: 'PJSIP/9', name: 'Nine', email: null, extension: '9', devices: ['PJSIP/9'], keys: [], derived: true }],
    };
    ami.event('Event: QueueMemberAdded', 'Queue: q', 'Interface: PJSIP/9');
    await told.wait('live QueueMemberAdded ');
    clock.advance(5_000);
    await told.wait('directory changed');
  });
});
