/** `npm run demo`: the real program with invented resellers, customers and phone systems that live a working day. */
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AnswerOf } from '../contract/route.ts';
import type { contract } from '../contract/index.ts';
import type { Ringside } from './ringside.ts';
import { startSimulatedPbx, type SimulatedPbx } from './simulator/index.ts';

interface DemoPbx {
  seed: number;
  companies: number;
  port: number;
  secret: string;
}

interface DemoState {
  email: string;
  password: string;
  pbxs: DemoPbx[];
}

const CALLS_PER_HOUR = 240;
const RESELLERS = ['Northwind Voice', 'Telefonía Sur'] as const;

/** Starts the phone systems and, the first time, makes the tenants. @returns stops the phone systems */
export async function startDemo(ringside: Ringside, dataDir: string): Promise<() => Promise<void>> {
  if (ringside.url === null) throw new Error('the demo needs the web role');
  const file = path.join(dataDir, 'demo.json');
  const known = await readFile(file, 'utf8').then(
    (text) => JSON.parse(text) as DemoState,
    () => null,
  );
  const running = await Promise.all(
    (
      known?.pbxs ?? [
        { seed: 1, companies: 1 },
        { seed: 2, companies: 2 },
      ]
    ).map(startPbx),
  );
  const state: DemoState = known ?? {
    email: 'demo@ringside.example',
    password: randomBytes(9).toString('base64url'),
    pbxs: running.map(({ pbx, seed, companies }) => ({ seed, companies, port: pbx.port, secret: pbx.secret })),
  };
  if (!known) {
    await populate(
      ringside.url,
      ringside.setupLink ?? '',
      state,
      running.map(({ pbx }) => pbx),
    );
    await writeFile(file, JSON.stringify(state), { mode: 0o600 });
  }
  process.stdout.write(`\nDemo login\n  e-mail    ${state.email}\n  password  ${state.password}\n`);
  return async () => {
    await Promise.all(running.map(({ pbx }) => pbx.stop()));
  };
}

async function startPbx({
  seed,
  companies,
  ...rest
}: Pick<DemoPbx, 'seed' | 'companies'> & Partial<DemoPbx>): Promise<{ pbx: SimulatedPbx; seed: number; companies: number }> {
  return { seed, companies, pbx: await startSimulatedPbx({ seed, companies, callsPerHour: CALLS_PER_HOUR, user: 'ringside', ...rest }) };
}

async function populate(url: string, setupLink: string, state: DemoState, pbxs: readonly SimulatedPbx[]): Promise<void> {
  const api = await login(url, setupLink, state);
  const { items: types } = await api<typeof contract.productTypes.list>('GET', '/v1/product-types');
  const productTypeId = types.find((type) => type.key === 'contact-centre')?.id;
  for (const [index, name] of RESELLERS.entries()) {
    const reseller = await api<typeof contract.resellers.create>('POST', '/v1/resellers', {
      name,
      ...(index === 1 ? { country: 'ES', timeZone: 'Europe/Madrid', language: 'es' } : {}),
      primaryUser: { displayName: `${name} admin`, email: `admin${index + 1}@ringside.example` },
    });
    const pbx = pbxs[index];
    if (!pbx) continue;
    for (const company of pbx.companies) {
      await api('POST', '/v1/customers', {
        resellerId: reseller.id,
        name: company.name,
        productTypeId,
        reference: `D-${index + 1}-${company.key}`,
        primaryUser: {
          displayName: company.people[0]?.name ?? company.name,
          email: company.people[0]?.email ?? `owner@${company.key}.example`,
        },
        pbxConnection: {
          type: 'asterisk',
          name: 'Office PBX',
          settings: { host: pbx.host, port: pbx.port, username: pbx.user, secret: pbx.secret },
          attribution: pbx.companies.length > 1 ? { by: 'accountcode', value: company.key } : { by: 'all', value: '' },
        },
      });
    }
  }
}

type Api = <R>(method: string, path: string, body?: object) => Promise<AnswerOf<R>>;

async function login(url: string, setupLink: string, { email, password }: DemoState): Promise<Api> {
  let cookie = '';
  const api: Api = async (method, route, body) => {
    const headers: Record<string, string> = { cookie, ...(body ? { 'content-type': 'application/json' } : {}) };
    const response = await fetch(url + route, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    if (!response.ok)
      throw new Error(`the demo could not be made: ${method} ${route} answered ${response.status} ${await response.text()}`);
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    return (await response.json()) as never;
  };
  await api('POST', '/v1/setup', {
    token: setupLink.split('/').at(-1),
    enterpriseName: 'Ringside Demo',
    country: 'GB',
    timeZone: 'Europe/London',
    language: 'en',
    displayName: 'Demo Admin',
    email,
    password,
  });
  return api;
}
