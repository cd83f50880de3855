import type { Clock } from '../../platform/clock/index.ts';
import { asIdentity, enterTenant, type Database } from '../../platform/db/index.ts';
import { factId } from '../../platform/ids/index.ts';
import type { TaskHandlers } from '../../platform/jobs/index.ts';
import { queueMail, renderLetter } from '../../platform/mail/index.ts';
import { dayInWords, invitationLetter, resetLetter } from './letters.ts';
import { createLinkTokens } from './link-tokens.ts';
import { enterpriseId, identityByEmail, invitationById } from './repository.ts';
import { portalPages, type IdentityServices } from './services.ts';

const RESET_MS = 3_600_000;

/** Writing the mails with links. A job run twice queues the same mail once: its id derives from the link. */
export function identityTasks(
  database: Database,
  clock: Clock,
  { secretBox, publicUrl }: Pick<IdentityServices, 'secretBox' | 'publicUrl'>,
): Pick<TaskHandlers, 'invitations.mail' | 'password-resets.mail'> {
  const links = createLinkTokens(secretBox);
  return {
    'invitations.mail': ({ invitationId, tenantId, round }) =>
      database.app({ tenantId, identityId: null }, async (db) => {
        const row = await invitationById(db, invitationId);
        if (!row || row.accepted_at !== null || row.round !== round) return;
        const url = portalPages.invitation(publicUrl, links.invitation.of({ invitationId, round }));
        const { language } = row;
        const until = dayInWords(row.expires_at, language);
        const letter = renderLetter(invitationLetter({ language, displayName: row.display_name, tenantName: row.tenant_name, url, until }));
        await queueMail(db, clock, { id: factId('invitation', invitationId, String(round)), tenantId, recipient: row.email, ...letter });
      }),
    'password-resets.mail': ({ resetId, email }) =>
      database.app({ tenantId: null, identityId: null }, async (db) => {
        const identity = await identityByEmail(db, email);
        const tenantId = await enterpriseId(db);
        // Without a password there is nothing to reset: the invitation makes the login.
        if (!identity?.password_hash || tenantId === null) return;
        const now = clock.now();
        await asIdentity(db, identity.id, () =>
          db
            .insertInto('password_resets')
            .values({ id: resetId, identity_id: identity.id, expires_at: new Date(now + RESET_MS), created_at: new Date(now) })
            .onConflict((conflict) => conflict.doNothing())
            .execute(),
        );
        const url = portalPages.reset(publicUrl, links.reset.of({ resetId, identityId: identity.id }));
        const letter = renderLetter(resetLetter({ language: identity.language, displayName: identity.display_name, url }));
        // Of the enterprise, whatever tenants the person works in: see docs/decisions/0004-mail.md.
        await enterTenant(db, tenantId);
        await queueMail(db, clock, { id: factId('password reset', resetId), tenantId, recipient: identity.email, ...letter });
      }),
  };
}
