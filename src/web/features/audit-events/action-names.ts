import { useLingui } from '@lingui/react/macro';

/** What was done, in words; an action without words of its own stands by its key. */
export function useActionName(): (action: string) => string {
  const { t } = useLingui();
  const names: Record<string, string> = {
    'setup.create': t`Set Ringside up`,
    'sessions.create': t`Logged in`,
    'sessions.remove': t`Logged out`,
    'me.update': t`Changed the own profile`,
    'me.password': t`Changed the own password`,
    'password-resets.use': t`Chose a new password by mail`,
    'invitations.accept': t`Took up an invitation`,
    'invitations.renew': t`Asked for a new invitation`,
    'memberships.invite': t`Invited a person`,
    'memberships.update': t`Changed a person's roles`,
    'memberships.end': t`Ended a person's access`,
    'resellers.create': t`Created a reseller`,
    'resellers.update': t`Changed a reseller`,
    'resellers.disable': t`Disabled a reseller`,
    'resellers.enable': t`Enabled a reseller`,
    'customers.create': t`Created a customer`,
    'customers.update': t`Changed a customer`,
    'customers.disable': t`Disabled a customer`,
    'customers.enable': t`Enabled a customer`,
    'users.create': t`Added a user`,
    'users.update': t`Changed a user`,
    'users.changeRoles': t`Changed users' roles`,
    'pbx-connections.create': t`Connected a phone system`,
    'pbx-connections.update': t`Changed a phone system's connection`,
    'pbx-connections.remove': t`Removed a phone system`,
    'pbx-connections.sync': t`Synced users`,
    'pbx-links.update': t`Changed a phone system's link`,
    'pbx-templates.create': t`Created a PBX template`,
    'pbx-templates.update': t`Changed a PBX template`,
    'pbx-templates.remove': t`Removed a PBX template`,
    'operations.decide': t`Decided about a sync`,
    'api-clients.create': t`Created an API client`,
    'api-clients.revoke': t`Revoked an API client`,
  };
  return (action) => names[action] ?? action;
}
