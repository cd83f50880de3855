/** The application's way from socket to changes, alone in a process: client, framing, mapping, reducers. */
import { connect } from 'node:net';
import { once } from 'node:events';
import type { Monitor } from '../../../src/server/modules/monitoring/monitor.ts';
import { asterisk } from '../../../src/server/pbx/asterisk/connector.ts';
import { AsteriskSettings } from '../../../src/server/pbx/asterisk/settings.ts';
import { LinkError } from '../../../src/server/pbx/connector.ts';
import { systemClock } from '../../../src/server/platform/clock/index.ts';
import { silentLog } from '../../../src/server/platform/log/index.ts';
import { createOutgoing } from '../../../src/server/platform/outgoing/index.ts';
import { createMonitor } from '../shares.ts';
import { answerQuestions } from '../processes.ts';

/** As the application flushes. */
const TAKE_EVERY_MS = 50;

export interface Login {
  port: number;
  username: string;
  secret: string;
  accounts: string[];
}

export interface Reading {
  cpuMs: number;
  wallMs: number;
  /** Neutral events, or bytes where nothing was parsed. */
  read: number;
  calls: number;
}

const outgoing = createOutgoing({ reach: 'local', allowedNetworks: [], forbiddenPorts: [], clock: systemClock });
let live: { begin: () => void; done: Promise<Reading> };

answerQuestions({
  /** Logs in and takes the snapshot. */
  async open(login: Login) {
    live = await openSession(login);
  },
  /** From here on until the PBX says farewell. */
  async measure() {
    live.begin();
    return live.done;
  },
  async drain(login: Login) {
    live = await openDrain(login.port);
  },
});

async function openSession(login: Login): Promise<typeof live> {
  const settings = AsteriskSettings.parse({ host: '127.0.0.1', port: login.port, username: login.username, secret: login.secret });
  const monitor: Monitor = createMonitor(login.accounts);
  const meter = createMeter();
  let read = 0;
  let calls = 0;
  const take = (): void => {
    for (const change of monitor.take()?.calls ?? []) if (change.kind === 'upsert' && change.call.endedAt !== null) calls++;
  };
  const timer = setInterval(take, TAKE_EVERY_MS);
  const ready = Promise.withResolvers<void>();
  const session = asterisk.session(
    settings,
    { outgoing, clock: systemClock, log: silentLog },
    {
      authenticated: () => {},
      alive: () => {},
      events(batch) {
        read += batch.length;
        monitor.events(batch);
        if (batch.some((event) => event.type === 'snapshot.completed')) ready.resolve();
      },
    },
    { signal: new AbortController().signal, directory: null, previousEpoch: null, firstSeq: 0 },
  );
  const done = session.catch((error: unknown) => {
    if (!(error instanceof LinkError) || error.failure !== 'pbxStopped') throw error;
    take();
    clearInterval(timer);
    return { ...meter.end(), read, calls };
  });
  await Promise.race([ready.promise, done]);
  return { begin: () => meter.begin(), done };
}

/** The limit: the same bytes off the same kind of socket, thrown away. */
async function openDrain(port: number): Promise<typeof live> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'data');
  const meter = createMeter();
  let read = 0;
  const done = new Promise<Reading>((resolve) => {
    socket.on('data', (chunk: Buffer) => {
      read += chunk.length;
      if (chunk.subarray(-60).includes('Restart: False')) resolve({ ...meter.end(), read, calls: 0 });
    });
  });
  void done.then(() => socket.destroy());
  return { begin: () => meter.begin(), done };
}

function createMeter(): { begin: () => void; end: () => Pick<Reading, 'cpuMs' | 'wallMs'> } {
  let cpu = process.cpuUsage();
  let wall = performance.now();
  return {
    begin() {
      cpu = process.cpuUsage();
      wall = performance.now();
    },
    end() {
      const { user, system } = process.cpuUsage(cpu);
      return { cpuMs: (user + system) / 1000, wallMs: performance.now() - wall };
    },
  };
}
