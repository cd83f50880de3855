import type { Clock } from '../clock/index.ts';
import type { Db } from '../db/index.ts';
import { newId } from '../ids/index.ts';
import { enqueue } from '../jobs/index.ts';

export interface QueuedMail {
  /** Of a mail that a repeated job could queue again: the same words give the same id (`factId`). */
  id?: string;
  /** Whose operators may read it while no mail server is set: a link in it is worth the recipient's login. */
  tenantId: string;
  recipient: string;
  subject: string;
  text: string;
  html: string;
}

/** Writes the mail and the job that delivers it in the caller's transaction; queueing the same id twice sends once. */
export async function queueMail(db: Db, clock: Clock, mail: QueuedMail): Promise<void> {
  const id = mail.id ?? newId();
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('mails')
    .values({
      id,
      tenant_id: mail.tenantId,
      recipient: mail.recipient,
      subject: mail.subject,
      text_body: mail.text,
      html_body: mail.html,
      created_at: new Date(clock.now()),
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows === 1n) await enqueue(db, 'mails.send', { mailId: id, tenantId: mail.tenantId });
}
