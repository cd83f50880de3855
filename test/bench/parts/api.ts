/** Making and listing customers over HTTP, each beside the same SQL sent by hand. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Figure } from '../figures.ts';
import type { House } from '../house.ts';
import { recordSql, type Recording } from '../record-sql.ts';
import { distribution, median, runs } from '../statistics.ts';

const CONCURRENCY = 8;
const RUNS = 3;
const CREATES = 100;
const LISTS = 100;
const CUSTOMERS = 10_000;

type Work = (index: number) => Promise<unknown>;

export async function measureApi(house: House): Promise<Figure[]> {
  const figures: Figure[] = [];
  const create = await measure(CREATES, (index) =>
    house.api.call('POST', '/v1/customers', bodyOf(house, `made-${index}-${randomUUID()}`), { 'idempotency-key': randomUUID() }),
  );
  const mark = `mark${randomUUID().slice(0, 8)}`;
  const recorded = await recordSql(house, (api) => api.call('POST', '/v1/customers', bodyOf(house, mark), { 'idempotency-key': mark }));
  figures.push(figureOf('createCustomer.perSecond', create, await measureSql(house, CREATES, recorded, mark)));

  await fillUp(house);
  for (const [name, query] of [
    ['listCustomers.perSecond', 'sort=name&order=asc&page=1&pageSize=50'],
    ['listCustomers.searchPerSecond', 'q=tool%2077&sort=name&order=asc&page=1&pageSize=50'],
  ] as const) {
    const { total } = await house.api.call<{ total: number }>('GET', `/v1/customers?${query}`);
    const list = await measure(LISTS, () => house.api.call('GET', `/v1/customers?${query}`));
    const asked = await recordSql(house, (api) => api.call('GET', `/v1/customers?${query}`));
    figures.push({
      ...figureOf(name, list, await measureSql(house, LISTS, asked, null)),
      note: `${CONCURRENCY} callers; ${total} customers found`,
    });
  }
  return figures;
}

interface Measured {
  perSecond: number[];
  ms: number[];
}

/** Some callers at once, each with its next request when the last is answered. The first run only warms up. */
async function measure(count: number, work: Work): Promise<Measured> {
  const measured: Measured = { perSecond: [], ms: [] };
  for (let run = 0; run <= RUNS; run++) {
    let next = 0;
    const ms: number[] = [];
    const began = performance.now();
    const caller = async (): Promise<void> => {
      while (next < count) {
        const at = performance.now();
        await work(run * count + next++);
        ms.push(performance.now() - at);
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, caller));
    if (run === 0) continue;
    measured.perSecond.push((count / (performance.now() - began)) * 1000);
    measured.ms.push(...ms);
  }
  return measured;
}

/** @param mark what in the recorded values must differ each time; null when they can be sent as they are */
async function measureSql(house: House, count: number, recording: Recording, mark: string | null): Promise<Measured> {
  const pool = new pg.Pool({ connectionString: house.databaseUrl, max: CONCURRENCY });
  try {
    return await measure(count, async () => {
      const client = await pool.connect();
      const renew = mark === null ? (value: unknown) => value : renewer(recording, mark);
      try {
        for (const { text, values } of recording.statements) await client.query(text, values.map(renew));
      } finally {
        client.release();
      }
    });
  } finally {
    await pool.end();
  }
}

/** Puts new ids and names in the place of those that the recorded request made up. */
function renewer({ since }: Recording, mark: string): (value: unknown) => unknown {
  const ids = new Map<string, string>();
  const name = `${mark}${randomUUID().slice(0, 8)}`;
  const fresh = (found: string): string => {
    if (found === mark) return name;
    // The first twelve digits of an id are the time it was made.
    if (Number.parseInt(found.slice(0, 13).replace('-', ''), 16) < since) return found;
    const id = ids.get(found) ?? randomUUID();
    ids.set(found, id);
    return id;
  };
  return (value) => (typeof value === 'string' ? value.replaceAll(new RegExp(`${mark}|${ID.source}`, 'g'), fresh) : value);
}

const ID = /\b[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\b/;

function figureOf(name: string, http: Measured, sql: Measured): Figure {
  return {
    name,
    unit: '/s',
    value: median(http.perSecond),
    spread: { ...runs(http.perSecond), ...distribution(http.ms) },
    bare: { what: 'the same SQL without HTTP', value: median(sql.perSecond) },
    note: `${CONCURRENCY} callers; p50 to max are ms of one request`,
  };
}

function bodyOf(house: House, name: string): object {
  return {
    resellerId: house.resellerId,
    name,
    productTypeId: house.productTypeId,
    primaryUser: { displayName: 'Paula', email: `paula@${name}.example` },
  };
}

async function fillUp(house: House): Promise<void> {
  await house.admin.query(
    `insert into tenants (id, parent_id, kind, name, reference, product_type_id, created_at, updated_at)
     select gen_random_uuid(), $1, 'customer', 'Tool ' || n, 'R-' || n, $2, now(), now()
     from generate_series(1, $3 - (select count(*) from tenants where kind = 'customer')) n`,
    [house.resellerId, house.productTypeId, CUSTOMERS],
  );
  await house.admin.query('analyze tenants, tenant_closure, tenant_search');
}
