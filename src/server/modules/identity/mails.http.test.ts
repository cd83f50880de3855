import { until } from '../../../../test/harness/ringside.ts';
import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import type { Mail } from '../../../contract/identity.ts';
import { startIdentityApp, type IdentityApp } from './testing/identity-app.ts';

interface Outbox {
  items: z.infer<typeof Mail>[];
  delivery: 'smtp' | 'outbox';
}

const received: ParsedMail[] = [];
let refusals = 0;
const server = new SMTPServer({
  authOptional: true,
  hideSTARTTLS: true,
  onData: (stream, _session, done) => {
    void simpleParser(stream).then((mail) => {
      if (refusals > 0) {
        refusals -= 1;
        return done(new Error('come back later'));
      }
      received.push(mail);
      return done();
    }, done);
  },
});
let posted: IdentityApp;
let kept: IdentityApp;
beforeAll(async () => {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  posted = await startIdentityApp({ smtpUrl: `smtp://127.0.0.1:${port}?from=ringside@northwind.example` });
  kept = await startIdentityApp();
});
afterAll(async () => {
  await posted.close();
  await kept.close();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

test('an invitation goes out by the mail server in the reader’s language, and its text is wiped here', async () => {
  const { tenantId, cookie } = await posted.setUp();
  const displayName = '<b>Añorga</b> & "Cía"';
  await posted.inviteTo({ tenantId, email: 'lector@example.com', displayName, language: 'es' });
  await posted.work();
  const mail = received.at(-1);
  expect(received).toHaveLength(1);
  expect(mail).toMatchObject({
    subject: 'Su acceso a Northwind Telecom',
    from: { text: 'ringside@northwind.example' },
    to: { text: 'lector@example.com' },
  });
  expect(mail?.text).toContain(displayName);
  expect(mail?.text).toContain('29 de noviembre de 2026');
  expect(mail?.html).toContain('&lt;b&gt;Añorga&lt;/b&gt; &amp; &quot;Cía&quot;');
  const link = /http:\/\/ringside\.test\/invitation\/([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
  expect((await posted.get(`/v1/invitations/${link}`)).json()).toMatchObject({ state: 'valid', language: 'es' });
  const rows = await posted.db.rows<{ id: string; sent_at: Date | null; text_body: string; html_body: string }>('select * from mails');
  expect(rows).toMatchObject([{ sent_at: new Date(posted.clock.now()), text_body: '', html_body: '' }]);
  expect(mail?.messageId).toBe(`<${rows[0]?.id ?? ''}@ringside.test>`);
  expect((await posted.get('/v1/mails', cookie)).json()).toEqual({ items: [], delivery: 'smtp' });
});

test('a mail sent again after a crash is the same mail; one that is marked is not sent again', async () => {
  const [before] = received;
  const [row] = await posted.db.rows<{ id: string; tenant_id: string }>('select id, tenant_id from mails');
  const again = () =>
    posted.db.rows("select enqueue_job('mails.send', $1, null, null)", [JSON.stringify({ mailId: row?.id, tenantId: row?.tenant_id })]);
  await again();
  await posted.work();
  expect(received).toHaveLength(1);
  // As a crash between sending and marking leaves it.
  await posted.db.rows('update mails set sent_at = null, text_body = $1, html_body = $2', [before?.text, before?.html]);
  await again();
  await posted.work();
  expect(received).toHaveLength(2);
  expect(received[1]).toMatchObject({ messageId: before?.messageId, date: before?.date, html: before?.html });
});

test('a mail that the server refuses stays, with its job, for another try', async () => {
  refusals = 1;
  const [{ tenant_id: tenantId } = { tenant_id: '' }] = await posted.db.rows<{ tenant_id: string }>('select tenant_id from mails');
  await posted.inviteTo({ tenantId, email: 'patient@example.com' });
  await posted.work();
  expect(received.filter((mail) => mail.subject === 'Your access to Northwind Telecom')).toHaveLength(0);
  // The library writes a failure down in its own time.
  const job = await until(async () => {
    const [row] = await posted.db.rows<{ attempts: number; last_error: string | null }>(
      'select attempts, last_error from graphile_worker._private_jobs',
    );
    return row?.last_error ? row : null;
  });
  expect(job).toMatchObject({ attempts: 1, last_error: expect.stringContaining('come back later') });
  await posted.db.rows('update graphile_worker._private_jobs set run_at = now()');
  await posted.work();
  expect(received.at(-1)).toMatchObject({ subject: 'Your access to Northwind Telecom', to: { text: 'patient@example.com' } });
});

test('without a mail server the operator reads the mails, newest first', async () => {
  const { tenantId, cookie } = await kept.setUp();
  for (const name of ['one', 'two']) {
    await kept.inviteTo({ tenantId, email: `${name}@example.com` });
    await kept.work();
    kept.clock.advance(1000);
  }
  const outbox = (await kept.get('/v1/mails', cookie)).json<Outbox>();
  expect(outbox.delivery).toBe('outbox');
  expect(outbox.items.map((mail) => mail.to)).toEqual(['two@example.com', 'one@example.com']);
  expect(outbox.items[0]?.text).toMatch(/http:\/\/ringside\.test\/invitation\/[\w-]{70}\n/);
  expect(outbox.items[0]?.html).toContain('<html lang="en">');
});

test('a reseller’s administrator does not see the reset links of people above, nor even of its own people', async () => {
  const [{ id: enterprise } = { id: '' }] = await kept.db.rows<{ id: string }>("select id from tenants where kind = 'enterprise'");
  const reseller = await kept.addReseller(enterprise, 'R');
  const cookie = await kept.join(reseller, 'boss@reseller.example', 'a phrase of a boss', ['account.user', 'user.admin']);
  await kept.post('/v1/password-resets', { email: 'boss@reseller.example' });
  await kept.work();
  const { items } = (await kept.get('/v1/mails', cookie)).json<Outbox>();
  expect(items.map((mail) => mail.subject)).toEqual(['Your access to R']);
});

test('an invitation calls the person what its inviter wrote, not what another tenant did', async () => {
  const [{ id: enterprise } = { id: '' }] = await kept.db.rows<{ id: string }>("select id from tenants where kind = 'enterprise'");
  const [{ id: reseller } = { id: '' }] = await kept.db.rows<{ id: string }>("select id from tenants where kind = 'reseller'");
  const email = 'shared@example.com';
  await kept.inviteTo({ tenantId: enterprise, email, displayName: 'Shared of Northwind', language: 'es' });
  await kept.inviteTo({ tenantId: reseller, email, displayName: 'Shared of R', language: 'en' });
  await kept.work();
  const letter = (await kept.letters()).at(-1);
  expect(letter?.text_body).toContain('Hello Shared of R');
  expect(letter?.text_body).not.toContain('Northwind');
  const answer = await kept.get(`/v1/invitations/${await kept.linkTo(email)}`);
  expect(answer.json()).toMatchObject({ displayName: 'Shared of R', language: 'en', hasLogin: false });
});
