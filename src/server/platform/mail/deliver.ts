import { createTransport, type Transporter } from 'nodemailer';
import type { Clock } from '../clock/index.ts';
import type { Database } from '../db/index.ts';
import type { Tasks } from '../jobs/index.ts';

export interface MailSettings {
  /** `smtp://user:password@host:587` or `smtps://…`; `?from=` names the sender. Null: mails stay in the outbox. */
  smtpUrl: string | null;
  publicUrl: string;
}

const CONNECT_MS = 10_000;
const SILENCE_MS = 30_000;

/**
 * The handler of `mails.send`. A crash between sending and marking sends once more, with the same
 * Message-ID and the same bytes, so that the recipient's mail program shows it once.
 * @throws Error of the mail server: the job is tried again
 */
export function createMailSender(
  database: Database,
  clock: Clock,
  settings: MailSettings,
): (payload: Tasks['mails.send']) => Promise<void> {
  const host = new URL(settings.publicUrl).hostname;
  const smtp = settings.smtpUrl === null ? null : openSmtp(settings.smtpUrl, host);
  return async ({ mailId, tenantId }) => {
    if (!smtp) return;
    const mail = await database.system([tenantId], (db) =>
      db.selectFrom('mails').selectAll().where('id', '=', mailId).where('sent_at', 'is', null).executeTakeFirst(),
    );
    if (!mail) return;
    await smtp.transport.sendMail({
      from: smtp.from,
      to: { name: '', address: mail.recipient },
      subject: mail.subject,
      text: mail.text_body,
      html: mail.html_body,
      messageId: `<${mail.id}@${host}>`,
      date: mail.created_at,
      headers: { 'auto-submitted': 'auto-generated' },
    });
    // What has been delivered is not kept: a link in it is worth a login.
    await database.system([tenantId], (db) =>
      db
        .updateTable('mails')
        .set({ sent_at: new Date(clock.now()), text_body: '', html_body: '' })
        .where('id', '=', mailId)
        .execute(),
    );
  };
}

function openSmtp(smtpUrl: string, publicHost: string): { transport: Transporter; from: string } {
  const url = new URL(smtpUrl);
  const secure = url.protocol === 'smtps:';
  const transport = createTransport({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    ...(url.username === '' ? {} : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return { transport, from: url.searchParams.get('from') ?? `no-reply@${publicHost}` };
}
