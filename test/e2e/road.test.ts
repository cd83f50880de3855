/** From the empty house to somebody who watches their calls: every step by clicks. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PASSWORD } from '../harness/ringside.ts';
import { picture, useBrowser } from './browser.ts';
import { openHouse, type House } from './house.ts';
import { accept, button, choose, field, heading, link, linkMailedTo, secret } from './steps.ts';
import { connectPhoneSystem, describeCustomer } from './wizard-steps.ts';

const browser = useBrowser();
let house: House;
beforeAll(async () => {
  house = await openHouse({ companies: 2 });
});
afterAll(() => house.stop());

test('the printed link leads to an enterprise, a reseller, a customer on a phone system, and one of its people at the live board', async () => {
  const owner = await browser.visit(house.server.ringside.setupLink ?? '');
  await setUp(owner);
  await createReseller(owner);

  const reseller = await browser.visit(await linkMailedTo(owner, 'rita@north.example'));
  await heading(reseller, 'Welcome to North Telecom').waitFor();
  await accept(reseller);
  await link(reseller, 'Create your first customer').click();
  await describeCustomer(reseller);
  await connectPhoneSystem(reseller, house.pbx, 'acme', '25 users of 50');

  await button(reseller, 'Create customer').click();
  await heading(reseller, 'Connecting the phone system').waitFor();
  const roles = reseller.getByRole('button', { name: 'Give roles' }).and(reseller.locator(':enabled'));
  await roles.waitFor();
  await picture(reseller, 'progress');
  await roles.click();
  const agent = house.pbx.companies[0]?.queues[0]?.agents[0];
  if (!agent) throw new Error('the phone system has no agent');
  await reseller.getByRole('row').filter({ hasText: agent.name }).waitFor();
  const { rows } = house.server.db;
  const [work] = await rows<{ seconds: number }>('select extract(epoch from finished_at - created_at)::float8 as seconds from operations');
  expect(work?.seconds).toBeLessThan(10);

  await giveAccess(reseller, agent.name);
  await link(reseller, 'Finish').click();
  await heading(reseller, 'Acme Tools').waitFor();
  await reseller.getByRole('navigation', { name: 'Where you are' }).getByRole('link', { name: 'North Telecom' }).click();

  const person = await browser.visit(await linkMailedTo(reseller, agent.email));
  await accept(person);
  await heading(person, 'Live').waitFor();
  await person.getByText('Nobody is on the phone.').waitFor();
  await person.getByRole('region', { name: 'Connection' }).getByText('Live', { exact: true }).waitFor();
  const call = house.pbx.place({
    kind: 'inboundToPerson',
    to: agent.extension,
    company: 'acme',
    answer: { does: 'answers', afterMs: 60_000 },
  });
  await person.getByRole('table', { name: 'Active calls' }).getByRole('row').filter({ hasText: agent.name }).getByText('Ringing').waitFor();
  expect(call.facts.answeredAt).toBeNull();
});

async function setUp(page: Page): Promise<void> {
  await field(page, 'Company').fill('Voice House');
  await choose(page, 'Country', 'United Kingdom');
  await field(page, 'Your name').fill('Ada Admin');
  await field(page, 'E-mail').fill('ada@house.example');
  await secret(page, 'Password').fill(PASSWORD);
  await button(page, 'Set up Ringside').click();
  await heading(page, 'Create your first reseller').waitFor();
}

async function createReseller(page: Page): Promise<void> {
  await link(page, 'Create reseller').click();
  await field(page, 'Name').fill('North Telecom');
  await field(page, 'Name of the person').fill('Rita Reseller');
  await field(page, 'E-mail').fill('rita@north.example');
  await button(page, 'Create reseller').click();
  await page.getByText('North Telecom is created').waitFor();
  await link(page, 'Voice House').click();
}

async function giveAccess(page: Page, name: string): Promise<void> {
  const row = page.getByRole('row').filter({ hasText: name });
  await row.getByRole('checkbox', { name: /^Agent/ }).click();
  await row.getByRole('checkbox', { name: /^Real-Time/ }).click();
  await picture(page, 'roles');
  await button(page, name).click();
  await page.getByRole('checkbox', { name: 'Website access' }).click();
  await button(page, 'Save changes').click();
  await row.getByText('Invited').waitFor();
}
