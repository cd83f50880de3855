import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { NeutralEvent } from '../../contract/events.ts';
import { ManualClock } from '../platform/clock/index.ts';
import { silentLog } from '../platform/log/index.ts';
import { LinkError } from './connector.ts';
import type { Connector, LinkFailure, SessionOptions, SessionSink } from './connector.ts';
import { superviseLink } from './supervisor.ts';
import type { LinkGap, LinkMemory, LinkStatus } from './supervisor.ts';

const START = Date.UTC(2026, 10, 22, 12, 0, 0, 400);

interface Session {
  sink: SessionSink;
  options: SessionOptions;
  fail: (failure: LinkFailure) => Promise<void>;
  /** Authenticated and snapshot done. */
  live: (epoch?: string) => void;
}

/** Lets what is due by promises alone happen. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

function event(type: 'snapshot.started' | 'snapshot.completed' | 'directory.changed', seq: number, epoch = 'run-1'): NeutralEvent {
  const envelope = { at: 0, receivedAt: 0, seq, origin: 'snapshot' as const };
  return type === 'snapshot.started' ? { ...envelope, type, restarted: false, epoch, gap: true } : { ...envelope, type };
}

function supervised(over: { memory?: LinkMemory; random?: () => number; throwing?: boolean } = {}) {
  const clock = new ManualClock(START);
  const sessions: Session[] = [];
  const told = { statuses: [] as LinkStatus[], gaps: [] as LinkGap[], events: 0, alive: 0 };
  const connector: Connector<object> = {
    descriptor: {
      id: 'fake',
      name: 'Fake',
      summary: { en: '', es: '' },
      capabilities: [],
      form: [],
      attribution: [],
      setup: null,
      monitorsSubAccounts: false,
      settings: z.object({}),
      secrets: [],
      identity: () => 'fake',
    },
    test: () => {
      throw new Error('not used here');
    },
    discover: () => Promise.reject(new Error('not used here')),
    session: (_settings, _io, sink, options) =>
      new Promise((_, reject) => {
        const seq = options.firstSeq;
        sessions.push({
          sink,
          options,
          fail: async (failure) => {
            reject(over.throwing ? new TypeError('a fault of ours') : new LinkError(failure, 'told by the test'));
            await settle();
          },
          live: (epoch = 'run-1') => {
            sink.authenticated(epoch, '22.0');
            sink.events([event('snapshot.started', seq, epoch), event('snapshot.completed', seq + 1)]);
          },
        });
        options.signal.addEventListener('abort', () => reject(new LinkError('stopped', 'aborted')));
      }),
  };
  const link = superviseLink({
    connector,
    settings: {},
    io: {
      clock,
      log: silentLog,
      outgoing: { resolve: () => Promise.resolve([]), connect: () => Promise.reject(new Error('not used here')) },
    },
    sink: {
      events: (batch) => void (told.events += batch.length),
      status: (status) => void told.statuses.push(status),
      gap: (gap) => void told.gaps.push(gap),
      alive: () => void told.alive++,
      authenticated: () => {},
    },
    directory: () => null,
    memory: over.memory ?? null,
    random: over.random ?? (() => 0.999999),
  });
  const session = (): Session => {
    const last = sessions.at(-1);
    if (last === undefined) throw new Error('no session was begun');
    return last;
  };
  const wait = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await settle();
  };
  return { clock, link, sessions, session, told, wait };
}

describe('a supervised link', () => {
  it('tells each state once, in order', async () => {
    const { session, told } = supervised();
    session().live();
    await session().fail('closed');
    expect(told.statuses.map((status) => [status.state, status.failure])).toEqual([
      ['connecting', null],
      ['syncing', null],
      ['live', null],
      ['down', 'closed'],
    ]);
  });

  it('waits 1, 2, 4, 8 s between tries, and no more for the first minutes', async () => {
    const { session, sessions, wait } = supervised();
    for (const seconds of [1, 2, 4, 8, 8, 8]) {
      const before = sessions.length;
      await session().fail('tcp');
      await wait(seconds * 1_000 - 10);
      expect([seconds, sessions.length]).toEqual([seconds, before]);
      await wait(10);
      expect([seconds, sessions.length]).toEqual([seconds, before + 1]);
    }
  });

  it('spreads the tries of many links over the whole time', async () => {
    const { session, sessions, wait } = supervised({ random: () => 0.25 });
    await session().fail('tcp');
    await wait(249);
    expect(sessions).toHaveLength(1);
    await wait(1);
    expect(sessions).toHaveLength(2);
  });

  it('begins again at 1 s only after a minute of being live', async () => {
    const { session, sessions, wait } = supervised();
    await session().fail('tcp');
    await wait(1_000);
    session().live();
    await wait(59_000);
    await session().fail('closed');
    await wait(1_999);
    expect(sessions).toHaveLength(2);
    await wait(1);
    session().live();
    await wait(60_000);
    await session().fail('closed');
    await wait(1_000);
    expect(sessions).toHaveLength(4);
  });

  it('knocks every five minutes only while the login is refused, and says so', async () => {
    const { session, sessions, link, wait } = supervised({ random: () => 0 });
    await session().fail('badCredentials');
    expect(link.status).toMatchObject({ state: 'authFailed', failure: 'badCredentials' });
    await wait(299_999);
    expect(sessions).toHaveLength(1);
    await wait(1);
    expect(sessions).toHaveLength(2);
  });

  it('reports a gap when it is live again: from the cut, rounded outwards to whole seconds', async () => {
    const { session, told, wait } = supervised();
    session().live();
    await wait(10_000); // 12:00:10.400
    await session().fail('closed');
    await wait(1_000);
    expect(told.gaps).toEqual([]);
    session().live(); // 12:00:11.400
    expect(told.gaps).toEqual([{ from: Date.UTC(2026, 10, 22, 12, 0, 10), to: Date.UTC(2026, 10, 22, 12, 0, 12), cause: 'closed' }]);
  });

  it('counts a silent line as lost from its last byte on', async () => {
    const { session, told, link, wait } = supervised();
    session().live();
    await wait(5_000);
    session().sink.alive(null); // 12:00:05.400
    await wait(60_000);
    await session().fail('silent');
    expect(link.status.since).toBe(START + 5_000);
    await wait(60_000);
    session().live();
    expect(told.gaps).toEqual([{ from: Date.UTC(2026, 10, 22, 12, 0, 5), to: Date.UTC(2026, 10, 22, 12, 2, 6), cause: 'silent' }]);
  });

  it('makes one gap of several failed tries, with the first cause', async () => {
    const { session, told, wait } = supervised();
    session().live();
    await session().fail('pbxStopped');
    await wait(1_000);
    await session().fail('tcp');
    await wait(2_000);
    session().live();
    expect(told.gaps).toEqual([{ from: Date.UTC(2026, 10, 22, 12, 0, 0), to: Date.UTC(2026, 10, 22, 12, 0, 4), cause: 'pbxStopped' }]);
  });

  it('reports the time in which our own process was away', () => {
    const { session, told } = supervised({ memory: { epoch: 'run-1', nextSeq: 77, liveUntil: START - 30_000 } });
    expect(session().options).toMatchObject({ previousEpoch: 'run-1', firstSeq: 77 });
    session().live();
    expect(told.gaps).toEqual([{ from: Date.UTC(2026, 10, 22, 11, 59, 30), to: Date.UTC(2026, 10, 22, 12, 0, 1), cause: 'stopped' }]);
  });

  it('carries sequence and epoch from session to session', async () => {
    const { session, wait } = supervised();
    session().live('run-1');
    session().sink.events([event('directory.changed', 2)]);
    await session().fail('closed');
    await wait(1_000);
    expect(session().options).toMatchObject({ previousEpoch: 'run-1', firstSeq: 3 });
  });

  it('keeps the old epoch when the snapshot of the new run was cut off', async () => {
    const { session, wait } = supervised();
    session().live('run-1');
    await session().fail('pbxStopped');
    await wait(1_000);
    session().sink.authenticated('run-2', '22.0');
    await session().fail('closed');
    await wait(2_000);
    expect(session().options.previousEpoch).toBe('run-1');
  });

  it('goes on after a fault of our own', async () => {
    const { session, sessions, link, wait } = supervised({ throwing: true });
    await session().fail('closed');
    expect(link.status).toMatchObject({ state: 'down', failure: 'protocol' });
    await wait(1_000);
    expect(sessions).toHaveLength(2);
  });

  it('stops at once in a session and while waiting, and tells nothing after', async () => {
    const inSession = supervised();
    inSession.session().live();
    const told = { ...inSession.told, statuses: inSession.told.statuses.length };
    await inSession.link.stop();
    inSession.session().sink.events([event('directory.changed', 9)]);
    inSession.session().sink.alive(null);
    expect({ ...inSession.told, statuses: inSession.told.statuses.length }).toEqual(told);

    const waiting = supervised();
    await waiting.session().fail('tcp');
    await waiting.link.stop();
    await waiting.wait(600_000);
    expect(waiting.sessions).toHaveLength(1);
  });
});
