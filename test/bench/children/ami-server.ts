/** A simulated PBX behind a line into which a rendered flood can be poured as fast as it is taken. */
import { createServer, connect, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { startSimulatedPbx } from '../../../src/server/simulator/index.ts';
import { answerQuestions } from '../processes.ts';
import { renderTraffic, type Traffic } from '../traffic.ts';

const SHUTDOWN = 'Event: Shutdown\r\nPrivilege: system,all\r\nShutdown: Cleanly\r\nRestart: False\r\n\r\n';

const pbx = await startSimulatedPbx({ companies: 2, user: 'bench' });
let line: Socket | null = null;
let traffic: Traffic;
const server = createServer((client) => {
  line = client;
  const behind = connect(pbx.port, pbx.host);
  client.pipe(behind);
  behind.on('data', (chunk: Buffer) => void client.write(chunk));
  client.on('error', () => behind.destroy());
  client.on('close', () => behind.destroy());
  behind.on('error', () => client.destroy());
  behind.on('close', () => client.destroy());
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');

answerQuestions({
  login: () => ({
    port: (server.address() as AddressInfo).port,
    username: pbx.user,
    secret: pbx.secret,
    accounts: pbx.companies.map((company) => company.key),
  }),
  async render(events: number) {
    traffic = await renderTraffic(pbx.companies, events, Date.now());
    return { events: traffic.events, calls: traffic.calls, bytes: traffic.bytes.length };
  },
  /** Ends with the PBX's own farewell, so that the reader knows when it has read all. */
  pour: () => void line?.write(Buffer.concat([traffic.bytes, Buffer.from(SHUTDOWN)])),
});
