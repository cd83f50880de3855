/**
 * Two resellers with two customers each, alike in every name, number, e-mail and reference that may be alike,
 * on simulated PBXs, with rows in every table. Whatever may differ carries its owner's mark.
 */
import { startSimulatedPbx, type SimulatedPbx } from '../../src/server/simulator/index.ts';
import type { Customer } from '../../src/contract/customers.ts';
import type { Me } from '../../src/contract/identity.ts';
import type { AccessRole } from '../../src/contract/permissions.ts';
import type { Reseller } from '../../src/contract/tenants.ts';
import { invite } from '../../src/server/modules/identity/index.ts';
import type { TestDatabase } from '../harness/database.ts';
import { PASSWORD, startTestRingside, until, type Caller, type TestRingside } from '../harness/ringside.ts';
import { markEverything, markOf } from './marks.ts';

/** What a stranger may try to reach: an id of everything that the contract takes ids of. */
export interface Ids {
  resellerId: string;
  customerId: string;
  productTypeId: string;
  templateId: string;
  connectionId: string;
  operationId: string;
  userId: string;
  callId: string;
  agentId: string;
  apiClientId: string;
  sessionId: string;
  subjectId: string;
}

export interface CustomerSide {
  id: string;
  reseller: ResellerSide;
  /** `r1.acme`: in the marks of all that is its own. */
  label: string;
  /** Key of the company on the PBX. */
  company: string;
  admin: Login;
  plain: Login;
  client: Login;
  ids: Ids;
}

export interface ResellerSide {
  id: string;
  label: string;
  pbx: SimulatedPbx;
  admin: Login;
  plain: Login;
  client: Login;
  customers: CustomerSide[];
  ids: Ids;
}

export interface Login {
  email: string;
  credentials: { cookie?: string; bearer?: string };
  caller: Caller;
  clientSecret?: string;
}

export interface World {
  house: TestRingside;
  db: TestDatabase;
  enterprise: Login;
  enterpriseClient: Login;
  enterpriseId: string;
  enterpriseIds: Pick<Ids, 'apiClientId' | 'sessionId'>;
  resellers: [ResellerSide, ResellerSide];
  /** Has a membership in the first customer of both resellers. */
  twoHats: Login;
  /** Of a disabled customer of the first reseller. */
  lockedOut: Login;
  revoked: Login;
  anonymous: Login;
  login(email: string): Promise<Login>;
  /** Invites through the module, as staff of a reseller have no route yet, and takes the invitation up. */
  staff(tenantId: string, email: string, roles: AccessRole[]): Promise<Login>;
  acceptIn(tenantId: string, email: string): Promise<Login>;
  /** A secret that was given in by each side: never to be seen anywhere. */
  secrets: string[];
  stop(): Promise<void>;
  /** Ends the program and the phone systems; the database stays for looking into. */
  quiet(): Promise<void>;
}

export const SHARED_PERSON = 'paula.primary@everywhere.example';
const CUSTOMERS = [
  { name: 'Acme', company: 'acme' },
  { name: 'Globex', company: 'globex' },
] as const;

export async function makeWorld(): Promise<World> {
  const house = await startTestRingside();
  const { db } = house;
  const { enterpriseId } = await house.setUp();
  const builder = createBuilder(house);
  const enterprise = await builder.login('ada@enterprise.example');
  const enterpriseClient = await builder.client(enterprise, enterpriseId, '');
  // One after the other: they invite the same person, who gets a login with the first invitation taken up.
  const first = await makeReseller(builder, enterprise, 'r1');
  const resellers: World['resellers'] = [first, await makeReseller(builder, enterprise, 'r2')];
  const lockedOut = await makeLockedOut(builder, first);
  const revoked = await builder.login(first.customers[0]?.plain.email ?? '');
  await revoked.caller.ok('DELETE', '/v1/sessions/current');
  for (const side of resellers) await liveADay(db, side);
  for (const side of resellers) await fillIds(db, side);
  await markEverything(db);
  const [session] = await db.rows<{ id: string }>(
    `select s.id from sessions s join identities i on i.id = s.identity_id where i.email = $1 limit 1`,
    [enterprise.email],
  );
  const [client] = await db.rows<{ id: string }>('select id from api_clients where tenant_id = $1', [enterpriseId]);
  return {
    house,
    db,
    enterprise,
    enterpriseClient,
    enterpriseId,
    enterpriseIds: { apiClientId: client?.id ?? '', sessionId: session?.id ?? '' },
    resellers,
    twoHats: await builder.login(SHARED_PERSON),
    lockedOut,
    revoked,
    anonymous: { email: '', credentials: {}, caller: house.anonymous },
    login: builder.login,
    staff: builder.staff,
    acceptIn: builder.acceptIn,
    secrets: [...resellers.flatMap((side) => [side.pbx.secret, `template-${markOf(side.label)}`]), ...builder.secrets],
    async stop() {
      await house.stop();
      for (const side of resellers) await side.pbx.stop();
    },
    async quiet() {
      await house.ringside.stop();
      for (const side of resellers) await side.pbx.stop();
    },
  };
}

interface Builder {
  house: TestRingside;
  secrets: string[];
  login(email: string): Promise<Login>;
  staff(tenantId: string, email: string, roles: AccessRole[]): Promise<Login>;
  acceptIn(tenantId: string, email: string): Promise<Login>;
  client(maker: Login, tenantId: string, label: string): Promise<Login>;
}

function createBuilder(house: TestRingside): Builder {
  const { db } = house;
  const secrets: string[] = [PASSWORD];
  const loginOf = (email: string, cookie: string): Login => {
    secrets.push(cookie.split('=')[1] ?? '');
    return { email, credentials: { cookie }, caller: house.as({ cookie }) };
  };
  const opened = (answer: { status: number; headers: Headers; text: string }, email: string): Login => {
    if (answer.status !== 201) throw new Error(`${email} did not get in: ${answer.status} ${answer.text}`);
    return loginOf(email, answer.headers.getSetCookie()[0]?.split(';')[0] ?? '');
  };
  const acceptIn: Builder['acceptIn'] = async (tenantId, email) => {
    const token = await until(async () => {
      const [mail] = await db.rows<{ text_body: string }>(
        `select text_body from mails where tenant_id = $1 and recipient = $2 and text_body like '%/invitation/%' order by id desc limit 1`,
        [tenantId, email],
      );
      return mail && /\/invitation\/([\w-]+)/.exec(mail.text_body)?.[1];
    });
    return opened(
      await house.anonymous.call<Me>('POST', `/v1/invitations/${token}/accept`, { displayName: 'Same Name', password: PASSWORD }),
      email,
    );
  };
  return {
    house,
    secrets,
    acceptIn,
    login: async (email) => opened(await house.anonymous.call<Me>('POST', '/v1/sessions', { email, password: PASSWORD }), email),
    async staff(tenantId, email, roles) {
      const { database, clock } = house.ringside.services;
      await database.app({ tenantId, identityId: null }, (transaction) =>
        invite(
          { db: transaction, clock, actor: null, requestId: 'world' },
          { tenantId, email, displayName: 'Same Name', language: 'en', roles },
        ),
      );
      return acceptIn(tenantId, email);
    },
    async client(maker, tenantId, label) {
      const made = await maker.caller.ok<{ client: { clientId: string }; clientSecret: string }>(
        'POST',
        '/v1/api-clients',
        { name: label === '' ? 'Script' : `Script ${markOf(label)}` },
        { 'ringside-tenant': tenantId },
      );
      const token = await house.anonymous.ok<{ access_token: string }>('POST', '/v1/oauth/token', {
        grant_type: 'client_credentials',
        client_id: made.client.clientId,
        client_secret: made.clientSecret,
      });
      secrets.push(made.clientSecret, token.access_token);
      const credentials = { bearer: token.access_token };
      return { email: '', credentials, caller: house.as(credentials), clientSecret: made.clientSecret };
    },
  };
}

async function makeReseller(builder: Builder, enterprise: Login, label: string): Promise<ResellerSide> {
  const { house } = builder;
  const mark = markOf(label);
  const pbx = await startSimulatedPbx({ seed: 7, companies: 2, secret: `pbx-${mark}` });
  // A queue is told by its members: somebody must be logged in to it when the directory is read.
  for (const { key, queues } of pbx.companies) pbx.agent(queues[0]?.agents[0]?.extension ?? '', { action: 'login' }, key);
  const email = `rita@${label}.example`;
  const reseller = await enterprise.caller.ok<Reseller>('POST', '/v1/resellers', {
    name: `Reseller ${mark}`,
    reference: 'REF-1',
    notes: `notes ${mark}`,
    primaryUser: { displayName: 'Same Name', email },
  });
  const admin = await builder.acceptIn(reseller.id, email);
  const plain = await builder.staff(reseller.id, `abe@${label}.example`, ['account.user']);
  const client = await builder.client(admin, reseller.id, label);
  await admin.caller.ok('POST', '/v1/pbx-templates', {
    type: 'asterisk',
    name: 'Standard',
    isDefault: false,
    settings: { host: `host-${label}.example`, username: `user-${mark}`, secret: `template-${mark}` },
  });
  const side: ResellerSide = { id: reseller.id, label, pbx, admin, plain, client, customers: [], ids: {} as Ids };
  // Product types of a reseller's own come later; the table holds them already.
  await house.db.rows(
    `insert into product_types (id, tenant_id, key, name, summary, licence_level, features, rate_key, changeable, created_at)
     select gen_random_uuid(), $1, 'own', jsonb_build_object('en', $2::text, 'es', $2::text), jsonb_build_object('en', $2::text, 'es', $2::text), 'essential', '{calls}', 'own', true, now()`,
    [reseller.id, 'Own'],
  );
  for (const spec of CUSTOMERS) side.customers.push(await makeCustomer(builder, side, spec));
  await house.anonymous.ok('POST', '/v1/password-resets', { email });
  return side;
}

async function makeCustomer(builder: Builder, reseller: ResellerSide, spec: (typeof CUSTOMERS)[number]): Promise<CustomerSide> {
  const { house } = builder;
  const label = `${reseller.label}.${spec.company}`;
  const { pbx } = reseller;
  const { items: types } = await reseller.admin.caller.ok<{ items: { id: string; key: string }[] }>('GET', '/v1/product-types');
  const { customer, operationId } = await reseller.admin.caller.ok<{ customer: Customer; operationId: string | null }>(
    'POST',
    '/v1/customers',
    {
      name: spec.name,
      reference: 'REF-1',
      notes: `notes ${markOf(label)}`,
      productTypeId: types.find((type) => type.key === 'contact-centre')?.id,
      primaryUser: { displayName: 'Paula Primary', email: SHARED_PERSON },
      pbxConnection: {
        type: 'asterisk',
        settings: { host: pbx.host, port: pbx.port, username: pbx.user, secret: pbx.secret },
        attribution: { by: 'context', value: spec.company },
      },
    },
    { 'idempotency-key': `make-${spec.company}` },
  );
  const operation = await house.finished(reseller.admin.caller, operationId ?? '');
  if (operation.status !== 'done') throw new Error(`the sync of ${label} ended ${JSON.stringify(operation)}`);
  const person = async (name: string, roles: string[], key: string): Promise<Login> => {
    const email = `${name}@${label}.example`;
    await reseller.admin.caller.ok(
      'POST',
      `/v1/customers/${customer.id}/users`,
      { displayName: 'Same Name', email, roles },
      { 'idempotency-key': key },
    );
    return builder.acceptIn(customer.id, email);
  };
  const admin = await person('ann', ['admin.user'], 'make-ann');
  const plain = await person('bob', ['customer.user'], 'make-bob');
  await builder.acceptIn(customer.id, SHARED_PERSON);
  const client = await builder.client(reseller.admin, customer.id, label);
  await house.anonymous.ok('POST', '/v1/password-resets', { email: admin.email });
  return { id: customer.id, reseller, label, company: spec.company, admin, plain, client, ids: {} as Ids };
}

async function makeLockedOut(builder: Builder, reseller: ResellerSide): Promise<Login> {
  const { items: types } = await reseller.admin.caller.ok<{ items: { id: string; key: string }[] }>('GET', '/v1/product-types');
  const email = 'cleo@closed.example';
  const { customer } = await reseller.admin.caller.ok<{ customer: Customer }>('POST', '/v1/customers', {
    name: 'Closed',
    productTypeId: types.find((type) => type.key === 'analytics')?.id,
    primaryUser: { displayName: 'Same Name', email },
  });
  const login = await builder.acceptIn(customer.id, email);
  await reseller.admin.caller.ok('POST', `/v1/customers/${customer.id}/disable`);
  return login;
}

/** Calls and agents of both customers of one PBX, and a time in which nobody watched. */
async function liveADay(db: TestDatabase, side: ResellerSide): Promise<void> {
  const { pbx } = side;
  const ids = side.customers.map((customer) => customer.id);
  const watched = (): Promise<boolean> =>
    countIs(
      db,
      `select count(*)::int n from pbx_connections where tenant_id = any ($1) and link_state = 'live' and monitoring_since is not null`,
      [ids],
      2,
    );
  await until(watched);
  const placed = side.customers.flatMap(({ company }) => {
    const found = pbx.companies.find((each) => each.key === company);
    const people = found?.people ?? [];
    const agent = found?.queues[0]?.agents[0]?.extension ?? '';
    pbx.agent(agent, { action: 'logout' }, company);
    pbx.agent(agent, { action: 'login' }, company);
    const talk = [{ act: 'talk' as const, ms: 200 }];
    return [
      pbx.place({
        company,
        kind: 'internal',
        caller: people[0]?.extension ?? '',
        to: people[1]?.extension ?? '',
        acts: talk,
        answer: { does: 'answers', afterMs: 100 },
      }).done,
      pbx.place({ company, kind: 'inboundToQueue', queue: `${company}-sales`, acts: talk, answersAfterMs: [100] }).done,
    ];
  });
  await Promise.all(placed);
  await until(
    () => countIs(db, 'select count(*)::int n from calls where customer_id = any ($1) and ended_at is not null', [ids], 4),
    20_000,
  );
  await until(() => countIs(db, 'select count(distinct customer_id)::int n from agent_spans where customer_id = any ($1)', [ids], 2));
  pbx.cutLine();
  await until(() => countIs(db, 'select count(distinct customer_id)::int n from gaps where customer_id = any ($1)', [ids], 2));
  await until(watched);
}

async function countIs(db: TestDatabase, sql: string, values: unknown[], least: number): Promise<boolean> {
  const [row] = await db.rows<{ n: number }>(sql, values);
  return (row?.n ?? 0) >= least;
}

async function fillIds(db: TestDatabase, side: ResellerSide): Promise<void> {
  const one = async (sql: string, tenantId: string): Promise<string> => {
    const [row] = await db.rows<{ id: string }>(sql, [tenantId]);
    if (!row) throw new Error(`the world lacks: ${sql}`);
    return row.id;
  };
  const productTypeId = await one('select id from product_types where tenant_id = $1', side.id);
  const templateId = await one('select id from pbx_templates where tenant_id = $1', side.id);
  const clientOf = (tenantId: string): Promise<string> => one('select id from api_clients where tenant_id = $1', tenantId);
  const sessionOf = (tenantId: string): Promise<string> =>
    one(
      'select s.id from sessions s join memberships m on m.identity_id = s.identity_id where m.tenant_id = $1 and s.revoked_at is null limit 1',
      tenantId,
    );
  for (const customer of side.customers) {
    const { id } = customer;
    customer.ids = {
      resellerId: side.id,
      customerId: id,
      productTypeId,
      templateId,
      connectionId: await one('select id from pbx_connections where tenant_id = $1', id),
      operationId: await one('select id from operations where tenant_id = $1 limit 1', id),
      userId: await one(`select id from users where tenant_id = $1 and source = 'pbx' order by id limit 1`, id),
      callId: await one('select id from calls where customer_id = $1 limit 1', id),
      agentId: await one('select id from agents where customer_id = $1 limit 1', id),
      apiClientId: await clientOf(id),
      sessionId: await sessionOf(id),
      subjectId: await one(`select subject_id as id from audit_events where tenant_id = $1 and action = 'users.create' limit 1`, id),
    };
  }
  const [first] = side.customers;
  if (first) side.ids = { ...first.ids, apiClientId: await clientOf(side.id), sessionId: await sessionOf(side.id) };
}
