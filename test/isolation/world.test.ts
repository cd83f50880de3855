import { afterAll, beforeAll, expect, test } from 'vitest';
import { idsOwnedBy, ownersOf } from './marks.ts';
import { makeWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
}, 90_000);
afterAll(() => world.stop());

/** Kept at resellers only. */
const ABOVE_CUSTOMERS = ['pbx_links', 'pbx_templates', 'product_types'];

test('both resellers have rows of their own in every tenant table of the catalogue, and so have all four customers', async () => {
  const tables = await world.db.rows<{ name: string; owner: string }>(`
    select c.relname as name, a.attname as owner from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname in ('tenant_id', 'customer_id') and not a.attisdropped
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace`);
  expect(tables.length).toBeGreaterThan(20);
  const empty: string[] = [];
  for (const { name, owner } of tables) {
    const owners = new Set((await world.db.rows<{ id: string }>(`select distinct ${owner} as id from ${name}`)).map((row) => row.id));
    for (const reseller of world.resellers) {
      const side = [reseller.id, ...reseller.customers.map((customer) => customer.id)];
      if (!side.some((id) => owners.has(id))) empty.push(`${name} of ${reseller.label}`);
      if (ABOVE_CUSTOMERS.includes(name)) continue;
      for (const customer of reseller.customers) if (!owners.has(customer.id)) empty.push(`${name} of ${customer.label}`);
    }
  }
  expect(empty).toEqual([]);
  const people = await world.db.rows<{ table: string; n: number }>(`
    select 'sessions' as table, count(distinct m.tenant_id)::int n from sessions s join memberships m on m.identity_id = s.identity_id
    union all select 'password_resets', count(distinct m.tenant_id)::int from password_resets r join memberships m on m.identity_id = r.identity_id`);
  for (const { n } of people) expect(n).toBeGreaterThanOrEqual(6);
});

test('the twins are alike in all that may be alike', async () => {
  const [one, two] = world.resellers.map((reseller) => reseller.customers[0]?.id);
  const facts = (id: string | undefined): Promise<object[]> =>
    world.db.rows(
      'select split_part(display_name, $2, 1) as name, email, source, roles from users where tenant_id = $1 and email !~ $3 order by email',
      [id, ' zq-', '@r\\d'],
    );
  expect(await facts(one)).toEqual(await facts(two));
  const extensions = (id: string | undefined): Promise<object[]> =>
    world.db.rows('select external_id, extension from pbx_users where tenant_id = $1 order by 1', [id]);
  expect(await extensions(one)).toEqual(await extensions(two));
  expect((await ownersOf(world.db)).size).toBe(8);
  expect((await idsOwnedBy(world.db)).get(one ?? '')?.size).toBeGreaterThan(50);
});
