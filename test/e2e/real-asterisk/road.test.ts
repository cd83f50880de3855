/** The same road as a reseller goes it, to a real Asterisk with real phones. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBench, type Bench } from '../../../lab/asterisk/bench.ts';
import { startLab, type Lab } from '../../../lab/asterisk/lab.ts';
import { useBrowser } from '../browser.ts';
import { openHouse, RESELLER_EMAIL, type House } from '../house.ts';
import { button, heading, link, logIn } from '../steps.ts';
import { connectPhoneSystem, describeCustomer } from '../wizard-steps.ts';

const browser = useBrowser();
let house: House;
let lab: Lab;
let bench: Bench;
beforeAll(async () => {
  lab = await startLab({ version: 'newest' });
  bench = await openBench(lab);
  house = await openHouse();
  const { enterprise } = await house.server.setUp();
  await house.server.makeReseller(enterprise, 'North Telecom', RESELLER_EMAIL);
  await house.server.accept(RESELLER_EMAIL);
});
afterAll(async () => {
  await house.stop();
  await bench.close();
  await lab.stop();
});

test('a customer on a real Asterisk: its people within ten seconds, a call on the board while it rings and in the list when it ends', async () => {
  const page = await browser.visit(`${house.url}/login`);
  await logIn(page, RESELLER_EMAIL);
  await link(page, 'Create your first customer').click();
  await describeCustomer(page);
  const { username: user, secret } = lab.ami.users.analytics;
  await connectPhoneSystem(page, { host: lab.ami.host, port: lab.ami.port, user, secret }, 'acme', '3 users of 6');
  const saved = Date.now();
  await button(page, 'Create customer').click();
  await page.getByRole('button', { name: 'Give roles' }).and(page.locator(':enabled')).click();
  await page.getByRole('row').filter({ hasText: 'Alice Anders' }).waitFor();
  expect(Date.now() - saved).toBeLessThan(10_000);

  await link(page, 'Finish').click();
  await heading(page, 'Acme Tools').waitFor();
  await link(page, 'Live').click();
  await page.getByRole('region', { name: 'Connection' }).getByText('Live', { exact: true }).waitFor();
  bench.phones['acme-101'].policy = { kind: 'ring' };
  const call = bench.inbound('+15550101');
  await call.ringing;
  await page
    .getByRole('table', { name: 'Active calls' })
    .getByRole('row')
    .filter({ hasText: 'Alice Anders' })
    .getByText('Ringing')
    .waitFor();
  expect(call.at.answered).toBeNull();
  call.cancel();
  await call.ended;
  await link(page, 'Calls').click();
  await page.getByRole('row').filter({ hasText: 'Paula Public' }).filter({ hasText: 'Alice Anders' }).waitFor();
});
