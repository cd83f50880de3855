import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../test/harness/database.ts';
import { until } from '../../../../test/harness/ringside.ts';
import { ManualClock } from '../../platform/clock/index.ts';
import { Database } from '../../platform/db/index.ts';
import { silentLog } from '../../platform/log/index.ts';
import { FakePbx, fakeUser } from '../links/testing/fake-pbx.ts';
import { box, makePlace, type Place } from '../links/testing/place.ts';
import type { DirectoryServices } from './services.ts';
import { syncDue } from './start.ts';
import { runSync } from './sync.ts';

let db: TestDatabase;
let database: Database;
let place: Place;
const clock = new ManualClock(Date.UTC(2026, 10, 22, 9));
let pbx: FakePbx;
let services: DirectoryServices;
let customerId: string;
let connectionId: string;
let linkId: string;
let pokes: number;
let serial = 0;

beforeAll(async () => {
  db = await cloneDatabase();
  database = new Database({ url: db.url, max: 4 });
  place = await makePlace(db);
});
afterAll(async () => {
  await database.close();
  await db.drop();
});
beforeEach(async () => {
  serial++;
  pokes = 0;
  pbx = new FakePbx();
  services = { database, clock, log: silentLog, ports: new Map([['fake', pbx.port()]]), box, links: () => ({ poke: () => void pokes++ }) };
  customerId = await place.customer(`Customer ${serial}`);
  linkId = await place.link(`pbx${serial}.example`);
  connectionId = await place.connection(customerId, linkId, { by: 'accountcode', value: 'acme' });
});

interface UserRow {
  display_name: string;
  status: string;
  source: string;
  roles: string[];
}

/** Starts a sync and runs its job. */
async function sync(): Promise<string> {
  clock.advance(1000);
  await syncDue(services, { connectionId, customerId });
  const [operation] = await db.rows<{ id: string }>('select id from operations where subject_id = $1 order by id desc limit 1', [
    connectionId,
  ]);
  const id = operation?.id ?? '';
  await runSync(services, { id, tenantId: customerId });
  return id;
}

const people = (): Promise<UserRow[]> =>
  db.rows<UserRow>('select display_name, status, source, roles from users where tenant_id = $1 order by display_name, id', [customerId]);
const statusOf = async (id: string): Promise<string | undefined> =>
  (await db.rows<{ status: string }>('select status from operations where id = $1', [id]))[0]?.status;
const openSpans = async (): Promise<number> =>
  (await db.rows<{ n: number }>('select count(*)::int n from licence_spans where tenant_id = $1 and to_at is null', [customerId]))[0]?.n ??
  0;

async function decide(operationId: string, decision: string): Promise<void> {
  await db.rows(`update operations set status = 'running', state = state || jsonb_build_object('decision', $2::text) where id = $1`, [
    operationId,
    decision,
  ]);
  await runSync(services, { id: operationId, tenantId: customerId });
}

test('discovered users get the Essential role with a licence, no membership and no mail; then monitoring starts', async () => {
  pbx.users = [fakeUser('101', 'Ana'), fakeUser('102', 'Bruno'), fakeUser('900', 'Stranger', { keys: ['accountcode:other'] })];
  pbx.queues = [{ externalId: 'sales', name: 'Sales', number: '600', strategy: 'ringall', keys: ['accountcode:acme'], members: [] }];
  const operation = await sync();
  expect(await people()).toEqual([
    { display_name: 'Ana', status: 'active', source: 'pbx', roles: ['customer.user.pbx'] },
    { display_name: 'Bruno', status: 'active', source: 'pbx', roles: ['customer.user.pbx'] },
  ]);
  expect(await openSpans()).toBe(2);
  expect(
    await db.rows('select 1 from memberships where tenant_id = $1 union all select 1 from mails where tenant_id = $1', [customerId]),
  ).toEqual([]);
  const steps = await db.rows('select key, status, done, total from operation_steps where operation_id = $1 order by position', [
    operation,
  ]);
  expect(steps).toEqual([
    { key: 'connect', status: 'done', done: null, total: null },
    { key: 'discover', status: 'done', done: 2, total: 2 },
    { key: 'sync', status: 'done', done: 2, total: 2 },
    { key: 'monitor', status: 'done', done: null, total: null },
  ]);
  expect(
    await db.rows(
      'select monitoring_since is not null as watched, last_sync_users, last_sync_queues, link_version from pbx_connections where id = $1',
      [connectionId],
    ),
  ).toEqual([{ watched: true, last_sync_users: 2, last_sync_queues: 1, link_version: 'fake 1' }]);
  expect(await statusOf(operation)).toBe('done');
  expect(pokes).toBe(1);
});

test('a sync run twice, at the same time or again after a crash in the middle, makes nobody twice', async () => {
  pbx.users = Array.from({ length: 60 }, (_, i) => fakeUser(String(100 + i), `Person${i}`));
  await syncDue(services, { connectionId, customerId });
  const [row] = await db.rows<{ id: string }>('select id from operations where subject_id = $1', [connectionId]);
  const operation = { id: row?.id ?? '', tenantId: customerId };
  // The process dies after the first users have been written.
  let transactions = 0;
  const dying: Pick<Database, 'system'> = {
    system: (ids, work) => {
      if (++transactions > 8) throw new Error('killed');
      return database.system(ids, work);
    },
  };
  await runSync({ ...services, database: dying as Database }, operation).catch(() => {});
  expect((await people()).length).toBeGreaterThan(0);
  expect((await people()).length).toBeLessThan(60);
  await Promise.all([runSync(services, operation), runSync(services, operation)]);
  expect(await people()).toHaveLength(60);
  expect(await db.rows('select 1 from pbx_users where connection_id = $1', [connectionId])).toHaveLength(60);
  expect(await openSpans()).toBe(60);
  expect(await statusOf(operation.id)).toBe('done');
  await runSync(services, operation);
  expect(await people()).toHaveLength(60);
});

test('the primary user joins the entry of the same e-mail, letter case ignored, and keeps the name given by hand', async () => {
  await db.rows(
    `insert into users (id, tenant_id, display_name, email, source, created_at, updated_at)
     values (gen_random_uuid(), $1, 'Paula Primary', 'Paula@acme.example', 'manual', now(), now())`,
    [customerId],
  );
  pbx.users = [fakeUser('101', 'P. Primary', { email: 'paula@ACME.example' }), fakeUser('102', 'Bruno')];
  await sync();
  expect(await people()).toEqual([
    { display_name: 'Bruno', status: 'active', source: 'pbx', roles: ['customer.user.pbx'] },
    { display_name: 'Paula Primary', status: 'active', source: 'manual', roles: ['customer.user.pbx'] },
  ]);
});

test('a user who vanishes is marked and loses the licence, and comes back with the roles had before', async () => {
  pbx.users = ['Ana', 'Bruno', 'Cleo', 'Dora'].map((name, i) => fakeUser(String(101 + i), name));
  await sync();
  await db.rows(`update users set roles = '{customer.user.pbx,customer.user.acd}' where tenant_id = $1 and display_name = 'Dora'`, [
    customerId,
  ]);
  const dora = pbx.users.pop();
  await sync();
  expect((await people()).at(-1)).toEqual({ display_name: 'Dora', status: 'vanished', source: 'pbx', roles: [] });
  expect(await openSpans()).toBe(3);
  if (dora) pbx.users.push(dora);
  await sync();
  expect((await people()).at(-1)).toEqual({
    display_name: 'Dora',
    status: 'active',
    source: 'pbx',
    roles: ['customer.user.pbx', 'customer.user.acd'],
  });
});

test('a re-used extension with another person’s name is a new user; the old one vanishes', async () => {
  pbx.users = [fakeUser('101', 'Ana Pérez'), fakeUser('102', 'Bruno Díaz'), fakeUser('103', 'Cleo')];
  await sync();
  pbx.users[0] = fakeUser('101', 'Zoe Gil');
  pbx.users[1] = fakeUser('102', 'Bruno Díaz Sanz');
  await sync();
  expect((await people()).map((user) => [user.display_name, user.status])).toEqual([
    ['Ana Pérez', 'vanished'],
    ['Bruno Díaz Sanz', 'active'],
    ['Cleo', 'active'],
    ['Zoe Gil', 'active'],
  ]);
  expect(await openSpans()).toBe(3);
});

test('a sync that would let more than a fifth vanish changes nothing until somebody agrees to just these', async () => {
  pbx.users = Array.from({ length: 10 }, (_, i) => fakeUser(String(101 + i), `Person${i}`));
  await sync();
  pbx.users = pbx.users.slice(0, 6);
  const operation = await sync();
  expect(await statusOf(operation)).toBe('needsDecision');
  expect((await people()).every((user) => user.status === 'active')).toBe(true);
  // While it waits, no other sync is started.
  await syncDue(services, { connectionId, customerId });
  expect(await db.rows('select 1 from operations where subject_id = $1', [connectionId])).toHaveLength(2);
  // Meanwhile another one has gone, to whom nobody agreed.
  const sixth = pbx.users.pop();
  await decide(operation, 'continue');
  expect(await statusOf(operation)).toBe('needsDecision');
  if (sixth) pbx.users.push(sixth);
  await decide(operation, 'continue');
  expect(await statusOf(operation)).toBe('done');
  expect((await people()).filter((user) => user.status === 'vanished')).toHaveLength(4);
});

test('a phone system that refuses the login ends the operation at its step, in both languages', async () => {
  pbx.failure = 'badCredentials';
  const operation = await sync();
  expect(
    await db.rows(`select key, status, message->>'es' as es from operation_steps where operation_id = $1 and status = 'failed'`, [
      operation,
    ]),
  ).toEqual([{ key: 'connect', status: 'failed', es: 'La centralita rechazó el usuario o la contraseña.' }]);
  expect(await statusOf(operation)).toBe('failed');
});

test('a fault of ours ends the operation at the step under way, and the next sync begins anew', async () => {
  pbx.whileDiscovering = () => Promise.reject(new Error('a bug'));
  const operation = await sync();
  expect(await db.rows(`select key from operation_steps where operation_id = $1 and status = 'failed'`, [operation])).toEqual([
    { key: 'connect' },
  ]);
  pbx.whileDiscovering = () => Promise.resolve();
  expect(await statusOf(await sync())).toBe('done');
});

test('a database that breaks off in the middle does not end the operation: the job goes on when it is back', async () => {
  pbx.users = [fakeUser('101', 'Ana')];
  pbx.whileDiscovering = async () => {
    await db.rows(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'ringside'`);
    throw Object.assign(new Error('terminating connection'), { code: '57P01' });
  };
  await expect(sync()).rejects.toThrow('terminating connection');
  const [operation] = await db.rows<{ id: string; status: string }>('select id, status from operations where subject_id = $1', [
    connectionId,
  ]);
  expect(operation?.status).toBe('running');
  pbx.whileDiscovering = () => Promise.resolve();
  // As the worker does: again, until the broken connections have been noticed.
  await until(() =>
    runSync(services, { id: operation?.id ?? '', tenantId: customerId }).then(
      () => true,
      () => false,
    ),
  );
  expect(await statusOf(operation?.id ?? '')).toBe('done');
  expect(await people()).toHaveLength(1);
});

test('a name that no database takes is stored without what cannot be stored, and stops nobody', async () => {
  pbx.users = [fakeUser('101', 'An\u0000a \ud800'), fakeUser('102', 'Ben')];
  expect(await statusOf(await sync())).toBe('done');
  expect(await people()).toHaveLength(2);
});

test('a connection disabled while its directory is read is left alone', async () => {
  pbx.users = [fakeUser('101', 'Ana')];
  pbx.whileDiscovering = async () => {
    await db.rows('update pbx_connections set enabled = false where id = $1', [connectionId]);
  };
  const operation = await sync();
  expect(await people()).toEqual([]);
  expect(await statusOf(operation)).toBe('cancelled');
});

test('of two customers on one link each gets its own users; what both claim is nobody’s', async () => {
  const otherId = await place.customer(`Other ${serial}`);
  await place.connection(otherId, linkId, { by: 'name', value: 'FAKE/2*, FAKE/3*' });
  pbx.users = [
    fakeUser('101', 'Ana', { keys: ['accountcode:acme', 'name:FAKE/101'] }),
    fakeUser('201', 'Bruno', { keys: ['name:FAKE/201'] }),
    fakeUser('301', 'Both', { keys: ['accountcode:acme', 'name:FAKE/301'] }),
  ];
  await sync();
  expect((await people()).map((user) => user.display_name)).toEqual(['Ana']);
});
