/** What people do again and again. */
import type { Page } from 'playwright-core';
import { PASSWORD } from '../harness/ringside.ts';

export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
export const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name, exact: true });
export const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name, exact: true });

/** By its accessible name: a required field's label holds a star besides. */
export const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
/** Passwords and secrets have no role of their own. */
export const secret = (page: Page, name: string | RegExp) => page.getByLabel(name, { exact: true });

export async function logIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await field(page, 'E-mail').fill(email);
  await secret(page, 'Password').fill(password);
  await button(page, 'Log in').click();
  await page.waitForURL((url) => url.pathname !== '/login');
}

/** Picks from a list that is searched by typing. */
export async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).fill(option);
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** Takes up an invitation with a new password. */
export async function accept(page: Page): Promise<void> {
  await secret(page, 'Password').fill(PASSWORD);
  await button(page, 'Accept the invitation').click();
}

/** The link in the newest mail to somebody, read on the outbox page. */
export async function linkMailedTo(page: Page, email: string): Promise<string> {
  await link(page, 'Outgoing mail').click();
  await page.getByRole('row').filter({ hasText: email }).first().getByRole('link').click();
  const href = await page.getByRole('article').getByRole('link').first().getAttribute('href');
  if (href === null) throw new Error(`the mail to ${email} holds no link`);
  return href;
}
