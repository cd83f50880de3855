/** The made-up phone system itself, small but true to its wire: what the conformance suite treats as it likes. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { systemClock } from '../../platform/clock/index.ts';
import type { ConformanceTarget } from '../testing/target.ts';
import { Lines } from './lines.ts';
import type { Happened } from './wire.ts';

const SECRET = 'the-secret-of-the-pbx';
const WRONG = 'a-wrong-secret-of-the-pbx';
/** Written down apart from the connector's own list, so that a slip there shows here. */
const READS = new Set(['login', 'users', 'watch', 'time']);

const USERS = [
  { id: 'u-1', name: 'Ana Ruiz', email: 'ana@acme.example', extension: '101', device: 'phone-101' },
  { id: 'u-2', name: 'Ben Cole', email: null, extension: '102', device: 'phone-102' },
];

type Asked = { id: number; ask: string; user?: string; secret?: string };

export async function startTarget(): Promise<ConformanceTarget> {
  let run = 1;
  let aheadMs = 0;
  let calls = 0;
  const lines = new Set<Socket>();
  const watching = new Set<Socket>();
  const now = (): number => systemClock.now() + aheadMs;

  const server = createServer((socket) => {
    lines.add(socket);
    const framing = new Lines();
    let known = false;
    socket.on('error', () => {});
    socket.on('close', () => [lines, watching].forEach((set) => set.delete(socket)));
    socket.on('data', (chunk: Buffer) => {
      for (const line of framing.push(chunk)) {
        const asked = JSON.parse(line) as Asked;
        if (asked.ask === 'login') known = asked.secret === SECRET;
        if (known && asked.ask === 'watch') watching.add(socket);
        say(socket, { id: asked.id, ...(known ? answers()[asked.ask] : { error: 'credentials' }) });
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  function answers(): Record<string, object> {
    return { login: { epoch: `run-${run}`, version: '1.0' }, users: { users: USERS }, watch: { legs: [] }, time: { now: now() } };
  }
  function tell(event: Happened): void {
    for (const socket of watching) say(socket, event);
  }
  function cut(): void {
    for (const socket of lines) socket.destroy();
  }

  const settings = { host: '127.0.0.1', port, username: 'ringside', secret: SECRET };
  return {
    settings,
    badSettings: { ...settings, secret: WRONG },
    secrets: [SECRET, WRONG],
    users: USERS.length,
    call: async () => {
      for (const event of callOf(++calls, now)) tell(event);
    },
    cut,
    restart: async () => {
      run++;
      cut();
    },
    skew: (ms) => void (aheadMs = ms),
    harm: (written) =>
      written
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => (JSON.parse(line) as Asked).ask)
        .filter((ask) => !READS.has(ask))
        .map((ask) => `request ${ask}`),
    stop: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Ana calls Ben, who answers; both hang up. */
function callOf(number: number, now: () => number): Happened[] {
  const call = `call-${number}`;
  const [ana, ben] = [`${call}-a`, `${call}-b`];
  const bridge = `${call}-bridge`;
  const at = now();
  return [
    { event: 'started', at, leg: ana, call, device: 'phone-101', number: '101', name: 'Ana Ruiz', dialled: '102' },
    { event: 'started', at, leg: ben, call, device: 'phone-102', number: '102', name: 'Ben Cole', dialled: null },
    { event: 'ringing', at, leg: ben },
    { event: 'answered', at, leg: ben },
    { event: 'answered', at, leg: ana },
    { event: 'joined', at, leg: ana, bridge },
    { event: 'joined', at, leg: ben, bridge },
    { event: 'left', at, leg: ana, bridge },
    { event: 'left', at, leg: ben, bridge },
    { event: 'ended', at, leg: ana },
    { event: 'ended', at, leg: ben },
  ];
}

function say(socket: Socket, message: object): void {
  if (!socket.destroyed) socket.write(`${JSON.stringify(message)}\n`);
}
