import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SkeletonThing } from '../../../contract/_skeleton.ts';
import { startTestRingside, type Caller, type TestRingside } from '../../../../test/harness/ringside.ts';
import { serveSkeleton } from './testing/serve.ts'; // only in the skeleton

let house: TestRingside;
let served: { url: string; stop(): Promise<void> }; // only in the skeleton
let reseller: Caller;
let stranger: Caller;
let path: string;
beforeAll(async () => {
  house = await startTestRingside();
  served = await serveSkeleton(house); // only in the skeleton
  const { enterprise } = await house.setUp();
  [reseller, stranger] = [await resellerOf(enterprise, 'North'), await resellerOf(enterprise, 'South')];
  const { items: types } = await reseller.ok<{ items: { id: string }[] }>('GET', '/v1/product-types');
  const { customer } = await house.makeCustomer(reseller, {
    name: 'Acme',
    productTypeId: types[0]?.id,
    primaryUser: { displayName: 'Paula Primary', email: 'paula@acme.example' },
  });
  path = `/v1/customers/${customer.id}/skeleton-things`;
  [reseller, stranger] = [reseller.at(served.url), stranger.at(served.url)]; // only in the skeleton
});
afterAll(async () => {
  await served.stop(); // only in the skeleton
  await house.stop();
});

test('what is added stands in the list, can be changed, and is gone when removed', async () => {
  const thing = await add('Midsummer');
  expect(await list()).toEqual([thing]);
  const changed = await reseller.ok<SkeletonThing>('PATCH', `${path}/${thing.id}`, { day: '2027-06-24' });
  expect(changed).toEqual({ ...thing, day: '2027-06-24' });
  expect(await list()).toEqual([changed]);
  expect((await reseller.call('DELETE', `${path}/${thing.id}`)).status).toBe(204);
  expect(await list()).toEqual([]);
});

test('each change leaves an audit row of its own', async () => {
  const thing = await add('Audited');
  await reseller.ok('PATCH', `${path}/${thing.id}`, { name: 'Audited twice' });
  await reseller.call('DELETE', `${path}/${thing.id}`);
  const rows = await house.db.rows<{ action: string }>('select action from audit_events where subject_id = $1 order by id', [thing.id]);
  expect(rows.map(({ action }) => action)).toEqual(['skeleton-things.create', 'skeleton-things.update', 'skeleton-things.remove']);
});

test('the same request with the same key adds one', async () => {
  const key = { 'idempotency-key': 'once' };
  const body = { name: 'Once', day: '2027-01-01' };
  const [first, second] = [await reseller.call('POST', path, body, key), await reseller.call('POST', path, body, key)];
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.text).toBe(first.text);
});

describe('refused', () => {
  test('a name there is, whatever its letter case', async () => {
    await add('Taken');
    const answer = await reseller.call('POST', path, { name: 'TAKEN', day: '2027-01-01' });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'body.name', code: 'taken' }] } });
  });

  test('every wrong field at once', async () => {
    const answer = await reseller.call('POST', path, { name: '', day: 'soon', more: 1 });
    expect(answer.status).toBe(400);
    expect((answer.body as { errors: { path: string }[] }).errors.map((error) => error.path).sort()).toEqual([
      'body',
      'body.day',
      'body.name',
    ]);
  });

  test('a stranger: what is not in the scope is not there', async () => {
    const thing = await add('Ours');
    const attempts = [
      await stranger.call('GET', path),
      await stranger.call('POST', path, { name: 'Theirs', day: '2027-01-01' }),
      await stranger.call('PATCH', `${path}/${thing.id}`, { name: 'Theirs' }),
      await stranger.call('DELETE', `${path}/${thing.id}`),
    ];
    expect(attempts.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect(await list()).toContainEqual(thing);
  });
});

function add(name: string): Promise<SkeletonThing> {
  return reseller.ok('POST', path, { name, day: '2027-06-21' });
}

async function list(): Promise<SkeletonThing[]> {
  return (await reseller.ok<{ items: SkeletonThing[] }>('GET', path)).items;
}

async function resellerOf(enterprise: Caller, name: string): Promise<Caller> {
  const email = `rita@${name.toLowerCase()}.example`;
  await house.makeReseller(enterprise, name, email);
  return house.accept(email);
}
