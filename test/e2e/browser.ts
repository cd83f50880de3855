/** A real Chromium whose pages are watched: whatever goes wrong in one fails the test that opened it. */
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { findChromium } from '../harness/chromium.ts';

const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A machine under load draws late; a person would wait as long. */
const PATIENCE_MS = 60_000;

export interface VisitOptions extends Pick<BrowserContextOptions, 'colorScheme' | 'viewport' | 'locale'> {
  /** Faults that the test itself brings about. */
  expected?: RegExp;
}

export interface TestBrowser {
  /** A browser of its own, as on another machine, at a path of the portal. */
  visit(url: string, options?: VisitOptions): Promise<Page>;
}

/** For one test file: a browser for all its tests; what a test opened is closed after it. */
export function useBrowser(): TestBrowser {
  let browser: Browser | undefined;
  let contexts: BrowserContext[] = [];
  let faults: string[] = [];
  beforeAll(async () => {
    browser = await launch();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await keepPictures(contexts, task.name);
    for (const context of contexts) await context.close();
    const found = faults;
    contexts = [];
    faults = [];
    expect(found, 'what the pages complained about').toEqual([]);
  });
  afterAll(() => browser?.close());
  return {
    async visit(url, { expected, ...options } = {}) {
      if (!browser) throw new Error('the browser is not running');
      const context = await browser.newContext({
        locale: 'en-GB',
        timezoneId: 'Europe/London',
        viewport: { width: 1440, height: 900 },
        reducedMotion: 'reduce',
        ...options,
      });
      contexts.push(context);
      context.setDefaultTimeout(PATIENCE_MS);
      watch(context, new URL(url).host, (fault) => {
        if (expected?.test(fault) !== true) faults.push(fault);
      });
      const page = await context.newPage();
      await page.goto(url);
      return page;
    },
  };
}

/** @throws Error in plain words when there is none */
export function launch(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('no Chromium was found: apt-get install chromium, or name one by CHROMIUM=/path/to/it');
  return chromium.launch({ executablePath, args: ARGS });
}

/** Errors in the console (broken security policy included), in scripts, of the server, and whatever another host is asked. */
function watch(context: BrowserContext, host: string, tell: (fault: string) => void): void {
  context.on('weberror', (error) => tell(`script: ${error.error().stack ?? error.error().message}`));
  context.on('console', (message) => {
    // What a request was refused is the page's to tell; whether it may be refused is seen below.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource: the server responded'))
      tell(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (/^(http|ws)s?:$/.test(url.protocol) && url.host !== host) tell(`asked another host: ${request.url()}`);
  });
  context.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (response.status() >= (pathname.startsWith('/v1/') ? 500 : 400))
      tell(`${response.status()} ${response.request().method()} ${pathname}`);
  });
}

/** How the pages looked when the test failed. */
async function keepPictures(contexts: readonly BrowserContext[], name: string): Promise<void> {
  const folder = path.join(tmpdir(), 'ringside-browser');
  await mkdir(folder, { recursive: true });
  for (const [at, page] of contexts.flatMap((context) => context.pages()).entries()) {
    const file = path.join(folder, `${name.replaceAll(/\W+/g, '-').slice(0, 60)}-${at}.png`);
    await page.screenshot({ path: file });
    console.error(`${page.url()} looked like ${file}`);
  }
}

/** Keeps how a page looks for the guide, in the folder that PICTURES names. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['PICTURES'];
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}
