/** Walks the portal by its own router and says what is wrong with a page. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

interface RouterOfPortal {
  flatRoutes?: { fullPath: string }[];
  routesById: Record<string, { fullPath: string; children?: unknown[] }>;
  state: { isLoading: boolean; status: string; location: { href: string } };
  navigate(to: { href: string }): Promise<void>;
}

declare global {
  // What the router library puts on the window of every page.
  var __TSR_ROUTER__: RouterOfPortal;
}

/** Every address pattern of the portal that shows a page. */
export function patternsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const leaves = Object.values(__TSR_ROUTER__.routesById).filter(({ children }) => children === undefined || children.length === 0);
    return [...new Set(leaves.map(({ fullPath }) => fullPath))].toSorted();
  });
}

/** @throws Error when a pattern asks for something that nobody gave: a new page wants its example here */
export function addressOf(pattern: string, values: Record<string, string>): string {
  return pattern.replaceAll(/\$(\w*)/g, (_, key: string) => {
    if (key === '') return 'no-such-page';
    const value = values[key];
    if (value === undefined) throw new Error(`the page ${pattern} needs an example of ${key}`);
    return value;
  });
}

/** Goes there without loading the portal again, and waits until nothing is loading. */
export async function goTo(page: Page, href: string): Promise<void> {
  await page.evaluate((to) => __TSR_ROUTER__.navigate({ href: to }), href);
  await settled(page);
}

export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      __TSR_ROUTER__.state.status === 'idle' &&
      !__TSR_ROUTER__.state.isLoading &&
      document.querySelector('h1') !== null &&
      document.querySelector('[aria-busy="true"], .mantine-Skeleton-root[data-visible]') === null,
  );
}

/** Whether a person with poor sight, a keyboard or a screen reader can use the page as it stands. */
export async function barriersOf(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
      resultTypes: ['violations'],
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ''}`),
    );
  });
}

/** Pixels by which the page is wider than the window; what scrolls inside it is its own business. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** What can be read or heard on the page: texts, and the names of what has none. */
export function textsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const texts: string[] = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (parent !== null && parent.checkVisibility() && parent.closest('script, style') === null)
        texts.push(walker.currentNode.textContent ?? '');
    }
    for (const element of document.body.querySelectorAll('[aria-label], [placeholder], [title]'))
      for (const name of ['aria-label', 'placeholder', 'title']) texts.push(element.getAttribute(name) ?? '');
    return texts.map((text) => text.trim()).filter((text) => text !== '');
  });
}
