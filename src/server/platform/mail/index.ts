/** Mails: written with the change that causes them, delivered by a job, kept for the operator when there is no mail server. */
export { createMailSender, type MailSettings } from './deliver.ts';
export { renderLetter, type Letter } from './letter.ts';
export { queueMail, type QueuedMail } from './queue.ts';
