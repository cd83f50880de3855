/** Making and changing a customer: nothing typed is lost, nothing is made twice, what cannot be done says why. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Customer } from '../../src/contract/customers.ts';
import { useBrowser } from './browser.ts';
import { openHouse, productType, RESELLER_EMAIL, seed, type House, type Seeded } from './house.ts';
import { button, field, heading, link, logIn, secret } from './steps.ts';

const browser = useBrowser();
let house: House;
let seeded: Seeded;
beforeAll(async () => {
  house = await openHouse();
  seeded = await seed(house);
});
afterAll(() => house.stop());

test('the wizard keeps what was typed on the way back and over a reload, but no secret', async () => {
  const page = await openWizard('Globex Travel');
  await field(page, 'Manager user').fill('somebody');
  await secret(page, /^Secret/).fill('not to be kept');
  await button(page, 'Back').click();
  await button(page, 'Back').click();
  expect(await field(page, 'Name').inputValue()).toBe('Globex Travel');
  expect(await page.getByRole('radio', { name: 'Contact centre' }).isChecked()).toBe(true);
  await button(page, 'Continue').click();
  await button(page, 'Continue').click();
  expect(await secret(page, /^Secret/).inputValue()).toBe('not to be kept');
  await page.reload();
  await field(page, 'Manager user').waitFor();
  expect(await field(page, 'Manager user').inputValue()).toBe('somebody');
  expect(await secret(page, /^Secret/).inputValue()).toBe('');
  expect(await page.evaluate(() => JSON.stringify(sessionStorage) + JSON.stringify(localStorage))).not.toContain('not to be kept');
});

test('a wrong password of the phone system is told with what to mend, and mended in place', async () => {
  const page = await openWizard('Initech Software');
  await connect(page, 'wrong');
  await button(page, 'Test connection').click();
  const login = page.getByRole('list', { name: 'Connection test' }).getByRole('listitem').filter({ hasText: 'Login' });
  await login.getByText('Failed').waitFor();
  await login
    .getByText(/manager\.conf|secret/)
    .first()
    .waitFor();
  await secret(page, /^Secret/).fill(house.pbx.secret);
  await button(page, 'Test connection').click();
  await page.getByText('The connection works.').waitFor();
});

test('two clicks on the button make one customer', async () => {
  const page = await openWizard('Umbra Insurance');
  await connect(page, house.pbx.secret);
  await button(page, 'Create customer').dblclick();
  await heading(page, 'Connecting the phone system').waitFor();
  const { items } = await seeded.admin.ok<{ items: Customer[] }>('GET', '/v1/customers?q=Umbra');
  expect(items).toHaveLength(1);
});

test('a product that cannot be changed says why, on the page and to whoever tries', async () => {
  const archive = await productType(seeded.admin, 'call-archive');
  const other = await productType(seeded.admin, 'contact-centre');
  const { customer } = await house.server.makeCustomer(seeded.admin, {
    name: 'Hooli Logistics',
    productTypeId: archive.id,
    primaryUser: { displayName: 'Hanna', email: 'hanna@hooli.example' },
  });
  const page = await logInAsReseller();
  await link(page, `Edit ${customer.name}`).click();
  await page.getByText('It cannot be changed.').waitFor();
  expect(await page.getByRole('radio', { name: 'Contact centre' }).isDisabled()).toBe(true);
  const refused = await seeded.admin.call('PATCH', `/v1/customers/${customer.id}`, { productTypeId: other.id });
  expect(refused.status).toBe(400);
  expect(refused.text).toContain('This product type cannot be changed once assigned.');
  await field(page, 'Reference').fill('CRM-7');
  await button(page, 'Save changes').click();
  await page.getByText('Hooli Logistics was saved.').waitFor();
});

test('a customer is disabled after a question that says what happens, and enabled again', async () => {
  const page = await logInAsReseller();
  await link(page, seeded.customer.name).click();
  await link(page, 'Edit').click();
  await button(page, 'Disable customer…').click();
  const question = page.getByRole('dialog', { name: 'Disable Acme Tools?' });
  await question.getByText(/Monitoring goes on/).waitFor();
  await button(page, 'Disable customer').click();
  await page.getByText('This customer is disabled').waitFor();
  await button(page, 'Re-enable customer').click();
  await page.getByText('This customer is disabled').waitFor({ state: 'detached' });
  expect((await seeded.admin.ok<Customer>('GET', `/v1/customers/${seeded.customer.id}`)).status).toBe('active');
});

/** The wizard's third step, for a customer of that name. */
async function openWizard(name: string): Promise<Page> {
  const page = await logInAsReseller();
  await link(page, 'Create customer').click();
  await field(page, 'Name').fill(name);
  await page.getByRole('radio', { name: 'Contact centre' }).click();
  await button(page, 'Continue').click();
  await field(page, 'Display name').fill('Paula Primary');
  await field(page, 'E-mail').fill(`paula@${name.toLowerCase().replaceAll(' ', '-')}.example`);
  await button(page, 'Continue').click();
  await field(page, 'Manager user').waitFor();
  return page;
}

async function connect(page: Page, password: string): Promise<void> {
  const { pbx } = house;
  await field(page, 'Host').fill(pbx.host);
  await field(page, 'Manager port').fill(String(pbx.port));
  await field(page, 'Manager user').fill(pbx.user);
  await secret(page, /^Secret/).fill(password);
}

async function logInAsReseller(): Promise<Page> {
  const page = await browser.visit(`${house.url}/login`);
  await logIn(page, RESELLER_EMAIL);
  await heading(page, 'Customers').waitFor();
  return page;
}
