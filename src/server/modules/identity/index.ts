import type { Binding } from '../../platform/http/context.ts';
import { apiClientRoutes } from './api-clients.ts';
import { invitationRoutes } from './invitations.ts';
import { loginRoutes } from './logins.ts';
import { mailRoutes } from './mails.ts';
import { oauthRoutes } from './oauth.ts';
import { profileRoutes } from './profile.ts';
import { resetRoutes } from './resets.ts';
import { shareOf, type IdentityServices } from './services.ts';
import { setupRoutes } from './setup.ts';

export { createAdmin, createApiClient, printSetupLink } from './commands.ts';
export { identityTasks } from './jobs.ts';
export { endMembership, invite, renewInvitation, setMembershipRoles, type Invited, type Invitee } from './memberships.ts';
export type { IdentityServices } from './services.ts';
export { ensureSetupToken } from './setup.ts';

/** Every route of getting in: set-up, login, reset, invitations, oneself, API clients and the outbox. */
export function identityRoutes(services: IdentityServices): Binding[] {
  const shared = shareOf(services);
  return [
    ...setupRoutes(),
    ...loginRoutes(shared),
    ...resetRoutes(shared),
    ...invitationRoutes(shared),
    ...profileRoutes(shared),
    ...apiClientRoutes(),
    ...oauthRoutes(shared),
    ...mailRoutes(shared),
  ];
}
