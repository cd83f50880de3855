import { contract } from '../../../contract/index.ts';
import { asIdentity, enterTenant, type Db } from '../../platform/db/index.ts';
import { audit } from '../../platform/audit/index.ts';
import { handle, type Binding, type PublicContext } from '../../platform/http/context.ts';
import { Fault, notFound, refuse } from '../../platform/http/fault.ts';
import { networkOf, type Limits } from './limits.ts';
import { guess } from './logins.ts';
import { renewInvitation } from './memberships.ts';
import { hashPassword, passwordFaults, verifyPassword } from './passwords.ts';
import { identityByEmail, invitationById, type InvitationRow } from './repository.ts';
import type { Shared } from './services.ts';
import { openSession } from './sessions.ts';

export function invitationRoutes({ links, limits }: Shared): Binding[] {
  const { invitation, acceptInvitation, renewInvitation: renew } = contract.identity;

  async function find(db: Db, token: string): Promise<{ row: InvitationRow; round: number } | null> {
    const link = links.invitation.read(token);
    const row = link && (await invitationById(db, link.invitationId));
    return row ? { row, round: link.round } : null;
  }

  return [
    handle(invitation, async ({ db, clock }, { params }) => {
      const found = await find(db, params.token);
      if (!found) throw notFound();
      const { row } = found;
      return {
        state: stateOf(row, found.round, clock.now()),
        email: row.email,
        displayName: row.display_name,
        tenantName: row.tenant_name,
        hasLogin: row.has_login,
        language: row.language,
      };
    }),
    handle(acceptInvitation, async (context, { params, body }) => {
      const found = await find(context.db, params.token);
      if (!found || stateOf(found.row, found.round, context.clock.now()) !== 'valid') throw new Fault('linkGone');
      const { row } = found;
      if (row.has_login) await proveLogin(context, limits, row, body.password);
      await take(context, row);
      if (!row.has_login) await choosePassword(context, row, body);
      await audit(
        { ...context, actor: { kind: 'identity', id: row.identity_id, name: row.has_login ? row.display_name : body.displayName } },
        { tenantId: row.tenant_id, action: 'invitations.accept', subjectId: row.membership_id, after: { email: row.email } },
      );
      await enterTenant(context.db, '');
      return openSession(context, row.identity_id);
    }),
    handle(renew, async (context, { params }) => {
      await limits.renewalOfAddress.take(networkOf(context.address));
      const found = await find(context.db, params.token);
      if (!found || stateOf(found.row, found.round, context.clock.now()) !== 'expired') return;
      if (!(await limits.renewalOfInvitation.allows(found.row.id))) return;
      await enterTenant(context.db, found.row.tenant_id);
      await renewInvitation({ ...context, actor: null }, found.row.membership_id);
    }),
  ];
}

/** A link of an earlier round has been replaced: to its holder it has expired. */
function stateOf(row: InvitationRow, round: number, now: number): 'valid' | 'expired' | 'used' {
  if (row.accepted_at !== null) return 'used';
  return round !== row.round || row.expires_at.getTime() <= now ? 'expired' : 'valid';
}

/** The link alone does not open somebody's login: it came by mail, and mails are forwarded. */
async function proveLogin(context: PublicContext, limits: Limits, row: InvitationRow, password: string): Promise<void> {
  const identity = await identityByEmail(context.db, row.email);
  await guess(limits, context.address, row.email, () => verifyPassword(identity?.password_hash ?? null, password));
}

/** The row's lock lets one of two callers at once through. Leaves the invitation's tenant entered. */
async function take(context: PublicContext, row: InvitationRow): Promise<void> {
  const { db } = context;
  const now = new Date(context.clock.now());
  await enterTenant(db, row.tenant_id);
  // First the membership, then the invitation: whoever renews it locks them in this order.
  await db
    .updateTable('memberships')
    .set({ accepted_at: now })
    .where('id', '=', row.membership_id)
    .where('accepted_at', 'is', null)
    .execute();
  const { numUpdatedRows } = await db
    .updateTable('invitations')
    .set({ accepted_at: now })
    .where('id', '=', row.id)
    .where('round', '=', row.round)
    .where('accepted_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new Fault('linkGone');
}

async function choosePassword(context: PublicContext, row: InvitationRow, body: { displayName: string; password: string }): Promise<void> {
  const { db } = context;
  refuse(passwordFaults('body.password', body.password, row.email));
  const passwordHash = await hashPassword(body.password);
  const now = new Date(context.clock.now());
  const { numUpdatedRows } = await asIdentity(db, row.identity_id, () =>
    db
      .updateTable('identities')
      .set({ password_hash: passwordHash, display_name: body.displayName, updated_at: now })
      .where('id', '=', row.identity_id)
      .where('password_hash', 'is', null)
      .executeTakeFirst(),
  );
  // Another tenant's invitation has given this person a login meanwhile: its password is asked for now.
  if (numUpdatedRows !== 1n) throw new Fault('badCredentials');
}
