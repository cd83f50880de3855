/** Every page of the router, in both languages, light and dark, wide and narrow: it loads whole, nobody is shut out, nothing sticks out. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Call } from '../../src/contract/calls.ts';
import type { PbxConnection } from '../../src/contract/pbx-connections.ts';
import { until } from '../harness/ringside.ts';
import { picture, useBrowser } from './browser.ts';
import { englishFinder } from './catalog.ts';
import { ENTERPRISE_EMAIL, openHouse, productType, RESELLER_EMAIL, seed, type House } from './house.ts';
import { addressOf, barriersOf, goTo, overflowOf, patternsOf, settled, textsOf } from './pages.ts';
import { logIn } from './steps.ts';

type Language = 'en' | 'es';

const WIDTHS = { wide: { width: 1440, height: 900 }, narrow: { width: 360, height: 740 } };
const SCHEMES = ['light', 'dark'] as const;
/** Pages that look different by what stands behind the question mark. */
const VARIANTS = [
  '/customers?q=nobody',
  '/customers/$customerId/live?kiosk=true',
  '/mail?mail=$mailId',
  '/customers/new?step=progress&customer=$customerId',
  '/customers/new?step=roles&customer=$customerId&operation=$operationId',
];
const BEFORE_LOGIN = /^\/(login|forgotten|setup|reset|invitation)\b/;
const OF_ENTERPRISE = /^\/resellers\b/;

const browser = useBrowser();
let house: House;
let values: Record<string, string>;
const invitations: Partial<Record<Language, string>> = {};
beforeAll(async () => {
  house = await openHouse();
  values = await furnish();
});
afterAll(() => house.stop());

test('every page in English', () => walk('en'));
test('every page in Spanish, with no English left', () => walk('es'));

test('a built file that is gone is not answered with the page', async () => {
  const answer = await fetch(`${house.url}/assets/of-an-older-build.js`);
  expect(answer.status).toBe(404);
  expect((await fetch(`${house.url}/customers`)).headers.get('content-type')).toContain('text/html');
});

async function walk(language: Language): Promise<void> {
  const locale = language === 'en' ? 'en-GB' : 'es-ES';
  const stranger = await browser.visit(`${house.url}/login`, { locale });
  const patterns = [...(await patternsOf(stranger)), ...VARIANTS];
  expect(patterns.length).toBeGreaterThan(25);
  const english = language === 'es' ? await englishFinder() : () => [];
  const walked = async (page: Page, of: (pattern: string) => boolean): Promise<string[]> => {
    const findings: string[] = [];
    for (const pattern of patterns.filter(of)) {
      const token = invitations[language] ?? '';
      await goTo(page, addressOf(pattern, { ...values, token }));
      const faults = await faultsOf(page, pattern, english, `${language}-${pattern}`);
      findings.push(...faults.map((fault) => `${pattern} ${fault}`));
    }
    return findings;
  };
  const findings = await walked(stranger, (pattern) => BEFORE_LOGIN.test(pattern));
  const enterprise = await insider(ENTERPRISE_EMAIL, locale);
  findings.push(...(await walked(enterprise, (pattern) => OF_ENTERPRISE.test(pattern))));
  const reseller = await insider(RESELLER_EMAIL, locale);
  findings.push(...(await walked(reseller, (pattern) => !BEFORE_LOGIN.test(pattern) && !OF_ENTERPRISE.test(pattern))));
  expect(findings).toEqual([]);
}

async function faultsOf(page: Page, pattern: string, english: (texts: readonly string[]) => string[], name: string): Promise<string[]> {
  const faults: string[] = [];
  const texts = await textsOf(page);
  if (
    !pattern.endsWith('$') &&
    texts.some((text) =>
      /^(There is nothing here|Aquí no hay nada|Your role does not include this page|Su rol no incluye esta página)$/.test(text),
    )
  )
    faults.push('is not there');
  if (texts.some((text) => /^(This could not be loaded|No se ha podido cargar)$/.test(text))) faults.push('could not be loaded');
  faults.push(...english(texts).map((text) => `says in English: ${text}`));
  for (const [width, viewport] of Object.entries(WIDTHS)) {
    await page.setViewportSize(viewport);
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
      faults.push(...(await barriersOf(page)).map((barrier) => `${width} ${colorScheme}: ${barrier}`));
      await picture(page, `${name}-${width}-${colorScheme}`.replaceAll(/[^\w-]+/g, '_'));
    }
    const overflow = await overflowOf(page);
    if (overflow > 0) faults.push(`${width}: sticks out by ${overflow} px`);
  }
  return faults;
}

async function insider(email: string, locale: string): Promise<Page> {
  const page = await browser.visit(`${house.url}/login`, { locale: 'en-GB' });
  await logIn(page, email);
  await page.evaluate((language) => localStorage.setItem('ringside.language', language), locale.slice(0, 2));
  await page.reload();
  await settled(page);
  return page;
}

/** Something on every page: a customer with people, calls that are over and going on, agents, a template, mails. */
async function furnish(): Promise<Record<string, string>> {
  const { server, pbx } = house;
  const { enterprise, admin, reseller, customer } = await seed(house);
  const settings = { host: pbx.host, port: house.line.port, username: pbx.user };
  const template = await admin.ok<{ id: string }>('POST', '/v1/pbx-templates', { type: 'asterisk', name: 'Our hosting', settings });
  await admin.ok('POST', '/v1/api-clients', { name: 'CRM' });
  const archive = await productType(admin, 'call-archive');
  const idle = { productTypeId: archive.id, primaryUser: { displayName: 'Hanna', email: 'hanna@hooli.example' } };
  const { customer: disabled } = await server.makeCustomer(admin, { ...idle, name: 'Hooli Logistics', reference: 'CRM-7' });
  await admin.ok('POST', `/v1/customers/${disabled.id}/disable`);
  const trial = { startDate: dayFromNow(0), endDate: dayFromNow(14) };
  await server.makeCustomer(admin, { ...idle, name: 'A company with quite a long name, Sons and Daughters', trial });
  for (const language of ['en', 'es'] as const) {
    const email = `new-${language}@south.example`;
    await enterprise.ok('POST', '/v1/resellers', {
      name: `South Telecom ${language}`,
      language,
      primaryUser: { displayName: 'Sam', email },
    });
    invitations[language] = await until(async () => {
      const [mail] = await server.db.rows<{ text_body: string }>('select text_body from mails where recipient = $1', [email]);
      return mail && /\/invitation\/([\w-]+)/.exec(mail.text_body)?.[1];
    });
  }
  for (const { extension } of pbx.companies[0]?.queues.flatMap(({ agents }) => agents) ?? []) pbx.agent(extension, { action: 'login' });
  pbx.agent('105', { action: 'pause', reason: 'Lunch' });
  await pbx.place({
    kind: 'inboundToQueue',
    queue: 'acme-sales',
    answersAfterMs: [400],
    acts: [
      { act: 'talk', ms: 800 },
      { act: 'hold', ms: 700 },
      { act: 'talk', ms: 500 },
    ],
  }).done;
  await pbx.place({ kind: 'inboundToPerson', to: '101', answer: { does: 'noAnswer', ringMs: 300 } }).done;
  const forever = 3_600_000;
  pbx.place({ kind: 'internal', caller: '102', to: '103', acts: [{ act: 'talk', ms: forever }] });
  pbx.place({
    kind: 'outbound',
    caller: '110',
    number: '447911123456',
    acts: [
      { act: 'talk', ms: 200 },
      { act: 'hold', ms: forever },
    ],
  });
  pbx.place({ kind: 'inboundToQueue', queue: 'acme-support', answersAfterMs: [null], timeoutMs: forever });
  const call = await until(async () => {
    const { items } = await admin.ok<{ items: Call[] }>('GET', `/v1/customers/${customer.id}/calls`);
    return items.find(({ outcome, holdMs }) => outcome === 'answered' && holdMs > 0);
  });
  const { items: connections } = await admin.ok<{ items: PbxConnection[] }>('GET', `/v1/customers/${customer.id}/pbx-connections`);
  const [operation] = await server.db.rows<{ id: string }>('select id from operations order by id limit 1');
  const [mail] = await server.db.rows<{ id: string }>('select id from mails where tenant_id = $1 order by id limit 1', [reseller.id]);
  return {
    customerId: customer.id,
    resellerId: reseller.id,
    templateId: template.id,
    callId: call.id,
    connectionId: connections[0]?.id ?? '',
    operationId: operation?.id ?? '',
    mailId: mail?.id ?? '',
  };
}

const dayFromNow = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
