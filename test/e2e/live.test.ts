/** The live board tells what goes on at the phone system, and when it cannot know. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { picture, useBrowser } from './browser.ts';
import { openHouse, RESELLER_EMAIL, seed, type House, type Seeded } from './house.ts';
import { heading, link, logIn } from './steps.ts';

const browser = useBrowser();
let house: House;
let seeded: Seeded;
beforeAll(async () => {
  house = await openHouse();
  seeded = await seed(house);
});
afterAll(() => house.stop());

test('a call stands on the board while it rings, changes there, leaves it, and is drawn on a time line', async () => {
  const page = await openBoard();
  const calls = page.getByRole('table', { name: 'Active calls' });
  const row = calls.getByRole('row').filter({ hasText: 'Paula Public' });
  const { pbx } = house;
  for (const { extension } of pbx.companies[0]?.queues[0]?.agents ?? []) pbx.agent(extension, { action: 'login' });
  await page.getByRole('table', { name: 'Agents' }).getByText('Available').first().waitFor();
  const placed = pbx.place({
    kind: 'inboundToQueue',
    queue: 'acme-sales',
    from: { number: '+442079460123', name: 'Paula Public' },
    answersAfterMs: [8000],
    acts: [
      { act: 'talk', ms: 4000 },
      { act: 'hold', ms: 4000 },
      { act: 'talk', ms: 2000 },
    ],
  });
  await row.getByText(/Ringing|In queue/).waitFor();
  expect(placed.facts.answeredAt).toBeNull();
  await row.getByText('Talking').waitFor();
  expect(placed.facts.endedAt).toBeNull();
  await row.getByText('On hold').waitFor();
  await row.waitFor({ state: 'detached' });

  await link(page, 'Calls').click();
  await page.getByRole('row').filter({ hasText: 'Paula Public' }).getByText('Answered').waitFor();
  await page.getByRole('row').filter({ hasText: 'Paula Public' }).getByRole('link').first().click();
  await heading(page, 'Time line').waitFor();
  await picture(page, 'call');
  const steps = page.getByRole('table', { name: 'The call, step by step' });
  for (const state of ['Ringing', 'Talking', 'On hold']) await steps.getByText(state, { exact: true }).first().waitFor();
  expect(await page.locator('[data-state][style*=left]').count()).toBeGreaterThan(3);
});

test('while the link is down the board says since when and greys out, and the gap stays in sight', async () => {
  const page = await openBoard();
  const connection = page.getByRole('region', { name: 'Connection' });
  await house.line.cut();
  await connection.getByText(/Link down/).waitFor();
  await page
    .getByRole('region', { name: 'Times not watched' })
    .getByText(/has not been watched since/)
    .waitFor();
  expect(await page.locator('[data-stale]').count()).toBe(1);
  await house.line.mend();
  await connection.getByText('Live', { exact: true }).waitFor();
  await page
    .getByRole('region', { name: 'Times not watched' })
    .getByText(/was not watched from/)
    .waitFor();
  expect(await page.locator('[data-stale]').count()).toBe(0);
});

test('a board that was open when the program restarted says that it is old and catches up by itself', async () => {
  const page = await openBoard(/ERR_CONNECTION_REFUSED|WebSocket connection/);
  await house.restart(async () => {
    await page
      .getByRole('alert')
      .getByText(/Reconnecting/)
      .waitFor();
    house.pbx.place({
      kind: 'inboundToPerson',
      to: '101',
      from: { number: '+442079460999', name: 'Rae Restart' },
      answer: { does: 'answers', afterMs: 300_000 },
    });
  });
  await page.getByRole('table', { name: 'Active calls' }).getByRole('row').filter({ hasText: 'Rae Restart' }).waitFor();
  await page.getByRole('region', { name: 'Connection' }).getByText('Live', { exact: true }).waitFor();
});

async function openBoard(expected?: RegExp): Promise<Page> {
  const page = await browser.visit(`${house.url}/login`, expected === undefined ? {} : { expected });
  await logIn(page, RESELLER_EMAIL);
  await link(page, seeded.customer.name).click();
  await link(page, 'Live').click();
  await heading(page, 'Live').waitFor();
  await page.getByRole('region', { name: 'Connection' }).getByText('Live', { exact: true }).waitFor();
  return page;
}
