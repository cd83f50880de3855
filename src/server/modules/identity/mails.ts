import { contract } from '../../../contract/index.ts';
import { handle, type Binding } from '../../platform/http/context.ts';
import type { Shared } from './services.ts';

const NEWEST = 200;

export function mailRoutes({ smtpConfigured }: Shared): Binding[] {
  return [
    handle(contract.mails.list, async ({ db }) => {
      // A link on its way to its reader is nobody else's.
      if (smtpConfigured) return { items: [], delivery: 'smtp' as const };
      const rows = await db
        .selectFrom('mails')
        .selectAll()
        .where('sent_at', 'is', null)
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .limit(NEWEST)
        .execute();
      return {
        items: rows.map((row) => ({
          id: row.id,
          to: row.recipient,
          subject: row.subject,
          text: row.text_body,
          html: row.html_body,
          createdAt: row.created_at.toISOString(),
          sentAt: null,
        })),
        delivery: 'outbox' as const,
      };
    }),
  ];
}
