import { OutgoingError } from '../../platform/outgoing/index.ts';
import { LinkError } from '../connector.ts';
import { ActionRefused } from './requests.ts';

/** What ended the work, in the closed list of link failures. */
export function toLinkError(error: unknown): LinkError {
  if (error instanceof LinkError) return error;
  if (error instanceof OutgoingError) return new LinkError(error.failure, error.message.replace(`${error.failure}: `, ''));
  if (error instanceof ActionRefused)
    return new LinkError(/permission denied/i.test(error.reason) ? 'missingRights' : 'protocol', error.message);
  return new LinkError('protocol', error instanceof Error ? error.message : 'unknown');
}

/** Asterisk refused the login. @param reason its text, which never tells whether name, secret or address was wrong */
export function loginRefused(reason: string): LinkError {
  if (/already in use/i.test(reason)) return new LinkError('notReady', 'this login is in use and may be used once only');
  if (/shutting down/i.test(reason)) return new LinkError('pbxStopped', 'Asterisk is shutting down');
  return new LinkError('badCredentials', reason);
}
