/**
 * Kills Ringside at random moments of provisioning, syncs, calls and logins, starts it again, and looks
 * whether anything acknowledged is lost, doubled or left hanging. CRASH_KILLS and CRASH_SEED make it longer or another.
 */
import { afterAll, beforeAll, test } from 'vitest';
import type { Me } from '../../src/contract/identity.ts';
import { startSimulatedPbx, type SimulatedPbx } from '../../src/server/simulator/index.ts';
import { cloneDatabase, type TestDatabase } from '../harness/database.ts';
import { freePort, startProcess, type RingsideProcess } from '../harness/process.ts';
import { PASSWORD, callerOf, cookieOf, until } from '../harness/ringside.ts';
import { connectionTo, seeded, startDrivers } from './crash-world.ts';
import { expectWholeHouse, type Crash } from './crash-rules.ts';

const KILLS = Number(process.env['CRASH_KILLS'] ?? 10);
const SEED = Number(process.env['CRASH_SEED'] ?? 1);
const EMAIL = 'rita@north.example';

let db: TestDatabase;
let phones: SimulatedPbx[];
let running: RingsideProcess;
let start: () => Promise<RingsideProcess>;

beforeAll(async () => {
  db = await cloneDatabase();
  phones = [await startSimulatedPbx({ seed: SEED })];
  const port = await freePort();
  const env = { DATABASE_URL: db.url, SECRET_KEY: Buffer.alloc(32, 5).toString('base64'), HOST: '127.0.0.1', PORT: String(port) };
  start = () => startProcess({ env });
  running = await start();
});
afterAll(async () => {
  await running.stop();
  await Promise.all(phones.map((pbx) => pbx.stop()));
  await db.drop();
});

test(
  `after ${KILLS} kills at random moments nothing acknowledged is lost, nothing doubled, nothing left hanging`,
  async () => {
    const random = seeded(SEED);
    const [pbx] = phones;
    if (!pbx) throw new Error('no phone system');
    const { cookie, productTypeId, watchedId, operationId } = await setUp(pbx);
    const reseller = callerOf(running.url, { cookie });
    await until(async () => (await reseller.ok<{ status: string }>('GET', `/v1/operations/${operationId}`)).status === 'done');
    let killedAt = 0;
    // What the dead one has written of its link stays until the next one has taken it over.
    const isLive = async (): Promise<boolean> =>
      (
        await db.rows(`select from pbx_connections where tenant_id = $1 and link_state = 'live' and link_state_since > $2`, [
          watchedId,
          new Date(killedAt),
        ])
      ).length > 0;
    await until(isLive);
    const drivers = startDrivers({ url: running.url, cookie, email: EMAIL, productTypeId, pbx, random, invitation }, phones);
    const crashes: Crash[] = [];
    try {
      for (let n = 0; n < KILLS; n++) {
        // Some kills come while the start before is still under way.
        if (n % 2 === 0) await until(isLive, 15_000);
        await new Promise((resolve) => setTimeout(resolve, 200 + 2500 * random()));
        const wasLive = await isLive();
        const at = Date.now();
        if (n % 4 === 3) {
          await db.rows(
            `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'ringside'`,
          );
          crashes.push({ of: 'connections', at, wasLive, back: at });
          continue;
        }
        killedAt = at;
        await running.kill();
        running = await start();
        crashes.push({ of: 'process', at, wasLive, back: Date.now() });
      }
    } finally {
      await drivers.stop();
    }
    await expectWholeHouse({ db, url: running.url, reseller, acknowledged: drivers.acknowledged, crashes, watchedId });
  },
  120_000 + KILLS * 15_000,
);

async function setUp(pbx: SimulatedPbx): Promise<{ cookie: string; productTypeId: string; watchedId: string; operationId: string }> {
  const anyone = callerOf(running.url, {});
  const link = await until(async () => running.setupLink);
  const made = await anyone.call<Me>('POST', '/v1/setup', {
    token: link.split('/').at(-1),
    enterpriseName: 'Enterprise',
    country: 'GB',
    timeZone: 'Europe/London',
    language: 'en',
    displayName: 'Ada Admin',
    email: 'ada@enterprise.example',
    password: PASSWORD,
  });
  const enterprise = callerOf(running.url, { cookie: cookieOf(made) });
  await enterprise.ok('POST', '/v1/resellers', { name: 'North', primaryUser: { displayName: 'Rita', email: EMAIL } });
  const token = await until(() => invitation(EMAIL));
  const cookie = cookieOf(await anyone.call('POST', `/v1/invitations/${token}/accept`, { displayName: 'Rita', password: PASSWORD }));
  const reseller = callerOf(running.url, { cookie });
  const { items } = await reseller.ok<{ items: { id: string; key: string }[] }>('GET', '/v1/product-types');
  const productTypeId = items.find((type) => type.key === 'contact-centre')?.id ?? '';
  const { customer, operationId } = await reseller.ok<{ customer: { id: string }; operationId: string }>('POST', '/v1/customers', {
    name: 'Watched',
    productTypeId,
    primaryUser: { displayName: 'Paula', email: 'paula@watched.example' },
    pbxConnection: connectionTo(pbx),
  });
  return { cookie, productTypeId, watchedId: customer.id, operationId };
}

async function invitation(email: string): Promise<string | null> {
  const [mail] = await db.rows<{ text_body: string }>(
    `select text_body from mails where recipient = $1 and text_body like '%/invitation/%' order by id desc limit 1`,
    [email],
  );
  return (mail && /\/invitation\/([\w-]+)/.exec(mail.text_body)?.[1]) ?? null;
}
