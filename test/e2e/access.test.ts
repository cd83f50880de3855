/** Getting in, by mail and by keyboard, in one's own language. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PASSWORD, until } from '../harness/ringside.ts';
import { useBrowser } from './browser.ts';
import { ENTERPRISE_EMAIL, openHouse, RESELLER_EMAIL, seed, type House } from './house.ts';
import { accept, button, field, heading, link, logIn, secret } from './steps.ts';

const browser = useBrowser();
let house: House;
beforeAll(async () => {
  house = await openHouse();
  await seed(house);
});
afterAll(() => house.stop());

test('a forgotten password is chosen anew by the mailed link', async () => {
  const page = await browser.visit(`${house.url}/login`);
  await link(page, 'Forgotten your password?').click();
  await heading(page, 'Forgotten your password?').waitFor();
  await field(page, 'E-mail').fill(RESELLER_EMAIL);
  await button(page, 'Send the link').click();
  await heading(page, 'Look at your mail').waitFor();
  await page.goto(await mailedLink(RESELLER_EMAIL, 'reset'));
  await secret(page, 'New password').fill('another long password');
  await button(page, 'Change the password').click();
  await heading(page, 'Your password is changed').waitFor();
  await link(page, 'Go to the login').click();
  await field(page, 'E-mail').fill(RESELLER_EMAIL);
  await secret(page, 'Password').fill(PASSWORD);
  await button(page, 'Log in').click();
  await page.getByRole('alert').waitFor();
  await logIn(page, RESELLER_EMAIL, 'another long password');
  await heading(page, 'Customers').waitFor();
});

test('an invitation that has run out offers a new one, which works', async () => {
  const email = 'paula@acme-tools.example';
  const old = await mailedLink(email, 'invitation');
  await house.server.db.rows(`update invitations set expires_at = now() - interval '1 minute' where accepted_at is null`);
  const page = await browser.visit(old);
  await heading(page, 'This invitation has expired').waitFor();
  await button(page, 'Send me a new one').click();
  await heading(page, 'Look at your mail').waitFor();
  const renewed = await until(async () => {
    const found = await mailedLink(email, 'invitation');
    return found !== old && found;
  });
  await page.goto(renewed);
  await accept(page);
  await heading(page, 'Live').waitFor();
});

test('Spanish stays after a switch: on other pages, after a reload, in dates and forms', async () => {
  const page = await browser.visit(`${house.url}/login`);
  await logIn(page, ENTERPRISE_EMAIL);
  await button(page, /^Your account/).click();
  await page.getByRole('radiogroup', { name: 'Language' }).getByText('Español').click();
  await heading(page, 'Revendedores').waitFor();
  await page.keyboard.press('Escape');
  await page.reload();
  await heading(page, 'Revendedores').waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('es');
  await link(page, 'Crear revendedor').click();
  await button(page, 'Crear revendedor').click();
  await page
    .getByText(/Obligatorio|obligatori|Escriba|Rellene|Indique/)
    .first()
    .waitFor();
});

test('from the login to a new reseller with the keyboard alone, and to any page by Ctrl-K', async () => {
  const page = await browser.visit(`${house.url}/login`);
  await page.locator(':focus').and(field(page, 'E-mail')).waitFor();
  await page.keyboard.type(ENTERPRISE_EMAIL);
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await heading(page, 'Resellers').waitFor();
  await tabTo(page, 'Create reseller');
  await page.keyboard.press('Enter');
  await page.locator(':focus').and(field(page, 'Name')).waitFor();
  await page.keyboard.type('Keyboard Telecom');
  await tabTo(page, 'Name of the person');
  await page.keyboard.type('Kim Keys');
  await page.keyboard.press('Tab');
  await page.keyboard.type('kim@keyboard.example');
  await page.keyboard.press('Enter');
  await page.getByText('Keyboard Telecom is created').waitFor();
  await heading(page, 'Customers').waitFor();

  await page.keyboard.press('Control+k');
  await page.locator(':focus').and(page.getByPlaceholder('Go to…')).waitFor();
  await page.keyboard.type('chang');
  await page.getByRole('dialog').getByText('Changes').waitFor();
  await page.keyboard.press('Enter');
  await heading(page, 'Changes').waitFor();

  await link(page, 'Customers').focus();
  await page.keyboard.press('Enter');
  await link(page, 'Create your first customer').press('Enter');
  await page.locator(':focus').and(field(page, 'Name')).waitFor();
  await page.keyboard.press('Control+k');
  await page.locator(':focus').and(page.getByPlaceholder('Go to…')).waitFor();
});

/** Presses Tab until what is named so has the focus; every step must show where one is. */
async function tabTo(page: Page, name: string): Promise<void> {
  const wanted = page
    .locator(':focus')
    .and(page.getByRole('link', { name, exact: true }).or(page.getByRole('textbox', { name, exact: true })));
  for (let pressed = 0; pressed < 40; pressed++) {
    await page.keyboard.press('Tab');
    if ((await wanted.count()) > 0) return;
  }
  throw new Error(`40 times Tab did not lead to “${name}”`);
}

/** Somebody's newest link, as it stands in the outbox. */
async function mailedLink(email: string, kind: 'invitation' | 'reset'): Promise<string> {
  return until(async () => {
    const [mail] = await house.server.db.rows<{ text_body: string }>(
      'select text_body from mails where recipient = $1 and text_body like $2 order by created_at desc limit 1',
      [email, `%/${kind}/%`],
    );
    return mail && new RegExp(`http\\S+/${kind}/[\\w-]+`).exec(mail.text_body)?.[0];
  });
}
