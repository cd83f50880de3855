import { i18n } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { CustomerRole } from '../../../contract/permissions.ts';

/** A role's name in the language spoken now. */
export function roleName(role: CustomerRole): string {
  switch (role) {
    case 'customer.user.pbx':
      return i18n._(msg`Essential`);
    case 'customer.user.pbx.realtime':
      return i18n._(msg`Real-Time`);
    case 'customer.user.acd':
      return i18n._(msg`Agent`);
    case 'customer.user':
      return i18n._(msg`Website access`);
    case 'admin.user':
      return i18n._(msg`User Administrator`);
  }
}

/** What a role gives, in one line. */
export function roleHelp(role: CustomerRole): string {
  switch (role) {
    case 'customer.user.pbx':
      return i18n._(msg`Calls of this person are recorded and counted.`);
    case 'customer.user.pbx.realtime':
      return i18n._(msg`Sees calls and people live.`);
    case 'customer.user.acd':
      return i18n._(msg`Agent states and queues are followed.`);
    case 'customer.user':
      return i18n._(msg`May log in to the portal; gets an invitation by e-mail.`);
    case 'admin.user':
      return i18n._(msg`Manages the customer’s other users.`);
  }
}
