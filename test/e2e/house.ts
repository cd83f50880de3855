/** Ringside at an address that stays, and a phone system beside it. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import type { Customer } from '../../src/contract/customers.ts';
import type { ProductType } from '../../src/contract/product-types.ts';
import type { Reseller } from '../../src/contract/tenants.ts';
import { startRingside } from '../../src/server/ringside.ts';
import { loadConfig } from '../../src/server/platform/config/index.ts';
import { silentLog } from '../../src/server/platform/log/index.ts';
import { startSimulatedPbx, type SimulatedPbx, type SimulatedPbxOptions } from '../../src/server/simulator/index.ts';
import { startTestRingside, type Caller, type TestRingside } from '../harness/ringside.ts';

export interface House {
  server: TestRingside;
  pbx: SimulatedPbx;
  /** The way to the phone system: may be cut and mended. */
  line: Line;
  /** Where browsers find the portal. */
  url: string;
  /** Ends the program and starts it again at the same address on the same database. `meanwhile` happens in between. */
  restart(meanwhile?: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

export async function openHouse(options: SimulatedPbxOptions = {}): Promise<House> {
  const pbx = await startSimulatedPbx({ loginFailureDelayMs: 50, ...options });
  const line = await openLine(pbx.port);
  const port = String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  const env = { PORT: port, PUBLIC_URL: url };
  const server = await startTestRingside(env);
  let again: { stop(): Promise<void> } | null = null;
  return {
    server,
    pbx,
    line,
    url,
    async restart(meanwhile) {
      await server.ringside.stop();
      await meanwhile?.();
      const settings = { ...env, DATABASE_URL: server.db.url, SECRET_KEY: Buffer.alloc(32, 5).toString('base64'), HOST: '127.0.0.1' };
      again = await startRingside({
        config: loadConfig(settings),
        env: settings,
        log: silentLog,
        roles: new Set(['web', 'collector', 'worker']),
        strict: true,
      });
    },
    async stop() {
      await again?.stop();
      await server.stop();
      await line.cut();
      await pbx.stop();
    },
  };
}

export interface Seeded {
  enterprise: Caller;
  admin: Caller;
  reseller: Reseller;
  customer: Customer;
}

export const ENTERPRISE_EMAIL = 'ada@enterprise.example';
export const RESELLER_EMAIL = 'rita@north.example';

/** Enterprise, reseller and a customer with everybody of the phone system's first company, made through the API. */
export async function seed({ server, pbx, line }: House): Promise<Seeded> {
  const { enterprise } = await server.setUp();
  // A name that is no word of the portal's own.
  await server.db.rows(`update tenants set name = 'Voice House' where kind = 'enterprise'`);
  const reseller = await server.makeReseller(enterprise, 'North Telecom', RESELLER_EMAIL);
  const admin = await server.accept(RESELLER_EMAIL);
  const { customer, operationId } = await server.makeCustomer(admin, {
    name: 'Acme Tools',
    reference: 'CRM-1042',
    productTypeId: (await productType(admin, 'contact-centre')).id,
    primaryUser: { displayName: 'Paula Primary', email: 'paula@acme-tools.example' },
    pbxConnection: { type: 'asterisk', settings: { host: pbx.host, port: line.port, username: pbx.user, secret: pbx.secret } },
  });
  await server.finished(admin, operationId ?? '');
  return { enterprise, admin, reseller, customer };
}

export async function productType(caller: Caller, key: string): Promise<ProductType> {
  const { items } = await caller.ok<{ items: ProductType[] }>('GET', '/v1/product-types');
  const found = items.find((type) => type.key === key);
  if (!found) throw new Error(`no product type ${key}`);
  return found;
}

export interface Line {
  port: number;
  /** Ends every connection and takes no new one. */
  cut(): Promise<void>;
  mend(): Promise<void>;
}

/** A port on loopback that hands everything on to another one. */
async function openLine(to: number): Promise<Line> {
  const ends = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(end);
      end.on('error', () => other.destroy());
      end.on('close', () => {
        ends.delete(end);
        other.destroy();
      });
      end.pipe(other);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    async cut() {
      if (!server.listening) return;
      server.close();
      for (const end of ends) end.destroy();
      await once(server, 'close');
    },
    async mend() {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
