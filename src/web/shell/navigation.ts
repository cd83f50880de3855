/** The left navigation: at most seven entries for where one is, only what one may see. Pure. */
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Permission } from '../../contract/permissions.ts';

export type IconName =
  | 'resellers'
  | 'customers'
  | 'templates'
  | 'mail'
  | 'apiClients'
  | 'audit'
  | 'agents'
  | 'overview'
  | 'live'
  | 'calls'
  | 'users'
  | 'pbx';

export interface Entry {
  to: string;
  label: MessageDescriptor;
  icon: IconName;
  /** Only this very address counts as being there, not those below it. */
  exact?: boolean;
}

export type Place = { level: 'enterprise' | 'reseller' } | { level: 'customer'; customerId: string };

interface Rule extends Entry {
  needs: Permission;
}

/** @param permissions of the membership one acts in */
export function navigationFor(place: Place, permissions: readonly Permission[]): Entry[] {
  return rulesOf(place).filter((rule) => permissions.includes(rule.needs));
}

function rulesOf(place: Place): Rule[] {
  switch (place.level) {
    case 'enterprise':
      return [
        { to: '/resellers', label: msg`Resellers`, icon: 'resellers', needs: 'resellers.read' },
        { to: '/customers', label: msg`Customers`, icon: 'customers', needs: 'customers.read' },
        ...houseRules,
      ];
    case 'reseller':
      return [
        { to: '/customers', label: msg`Customers`, icon: 'customers', needs: 'customers.read' },
        { to: '/pbx-templates', label: msg`PBX templates`, icon: 'templates', needs: 'pbx-templates.read' },
        ...houseRules,
      ];
    case 'customer':
      return customerRules(`/customers/${place.customerId}`);
  }
}

/** What enterprise and reseller both have for themselves. */
const houseRules: Rule[] = [
  { to: '/api-clients', label: msg`API clients`, icon: 'apiClients', needs: 'api-clients.read' },
  { to: '/audit-events', label: msg`Changes`, icon: 'audit', needs: 'audit-events.read' },
  { to: '/mail', label: msg`Outgoing mail`, icon: 'mail', needs: 'mails.read' },
];

function customerRules(base: string): Rule[] {
  return [
    { to: base, label: msg`Overview`, icon: 'overview', exact: true, needs: 'customers.read' },
    { to: `${base}/live`, label: msg`Live`, icon: 'live', needs: 'live.read' },
    { to: `${base}/calls`, label: msg`Calls`, icon: 'calls', needs: 'calls.read' },
    { to: `${base}/agents`, label: msg`Agents`, icon: 'agents', needs: 'agents.read' },
    { to: `${base}/users`, label: msg`Users`, icon: 'users', needs: 'users.read' },
    { to: `${base}/pbx`, label: msg`Phone system`, icon: 'pbx', needs: 'pbx-connections.read' },
  ];
}
