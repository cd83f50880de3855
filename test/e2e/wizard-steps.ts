/** The wizard's steps as a reseller goes through them. */
import type { Page } from 'playwright-core';
import { picture } from './browser.ts';
import { button, field, secret } from './steps.ts';

export async function describeCustomer(page: Page): Promise<void> {
  await field(page, 'Name').fill('Acme Tools');
  await field(page, 'Reference').fill('CRM-1042');
  await page.getByRole('radio', { name: 'Contact centre' }).click();
  await picture(page, 'wizard-details');
  await button(page, 'Continue').click();
  await field(page, 'Display name').fill('Paula Primary');
  await field(page, 'E-mail').fill('paula@acme-tools.example');
  await button(page, 'Continue').click();
}

export interface ManagerLogin {
  host: string;
  port: number;
  user: string;
  secret: string;
}

/** Tests the connection and takes the part of the phone system that bears an account code. @param found what the preview says of it */
export async function connectPhoneSystem(page: Page, login: ManagerLogin, account: string, found: string): Promise<void> {
  await field(page, 'Host').fill(login.host);
  await field(page, 'Manager port').fill(String(login.port));
  await field(page, 'Manager user').fill(login.user);
  await secret(page, /^Secret/).fill(login.secret);
  await button(page, 'Test connection').click();
  await page.getByText('The connection works.').waitFor();
  await picture(page, 'wizard-test');
  await page.getByRole('radio', { name: 'Account code' }).click();
  await button(page, 'Show what this customer gets').click();
  await page.getByRole('group', { name: 'Found on the phone system' }).getByText(account).click();
  await page.getByText(found).waitFor();
  await picture(page, 'wizard-preview');
}
