import { i18n } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** Why a link is down, in words; a code we do not know says only that it failed. */
export function failureText(code: string): string {
  switch (code) {
    case 'refusedAddress':
    case 'tcp':
      return i18n._(msg`The phone system cannot be reached at this address.`);
    case 'dns':
      return i18n._(msg`The host name of the phone system is not known.`);
    case 'tls':
      return i18n._(msg`The encrypted connection could not be made.`);
    case 'timeout':
      return i18n._(msg`The phone system did not answer in time.`);
    case 'badCredentials':
      return i18n._(msg`The phone system refused user name or password.`);
    case 'missingRights':
      return i18n._(msg`The login lacks rights on the phone system.`);
    case 'notReady':
      return i18n._(msg`The phone system has not finished starting.`);
    case 'pbxStopped':
      return i18n._(msg`The phone system was shut down.`);
    case 'closed':
      return i18n._(msg`The phone system closed the connection.`);
    case 'silent':
      return i18n._(msg`The phone system fell silent.`);
    default:
      return i18n._(msg`The link failed.`);
  }
}

/** What a link can do, in words; null for what says nothing to a person. */
export function capabilityText(capability: string): string | null {
  switch (capability) {
    case 'liveCalls':
      return i18n._(msg`Live calls`);
    case 'liveHold':
      return i18n._(msg`Hold times`);
    case 'queueWaiting':
      return i18n._(msg`Waiting calls in queues`);
    case 'agentState':
      return i18n._(msg`Agent states`);
    case 'pauseReason':
      return i18n._(msg`Pause reasons`);
    case 'presence':
      return i18n._(msg`Presence`);
    case 'directory':
      return i18n._(msg`User directory`);
    case 'directoryEmail':
      return i18n._(msg`E-mail addresses of users`);
    case 'subAccounts':
      return i18n._(msg`Sub-accounts`);
    case 'attribution':
      return i18n._(msg`Several customers on one system`);
    case 'finalRecords':
      return i18n._(msg`Final call records`);
    case 'backfill':
      return i18n._(msg`Filling gaps afterwards`);
    default:
      return null;
  }
}
