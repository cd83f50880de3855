import { OutgoingError } from '../../platform/outgoing/index.ts';
import { LinkError } from '../connector.ts';

/** What ended the work, in the closed list of link failures. */
export function toLinkError(error: unknown): LinkError {
  if (error instanceof LinkError) return error;
  if (error instanceof OutgoingError) return new LinkError(error.failure, error.message);
  return new LinkError('protocol', error instanceof Error ? error.name : 'unknown');
}

/** The phone system said no. @param code its word for why */
export function refused(code: string): LinkError {
  switch (code) {
    case 'credentials':
      return new LinkError('badCredentials', 'user or password refused');
    case 'rights':
      return new LinkError('missingRights', 'the user may not ask for this');
    case 'starting':
      return new LinkError('notReady', 'the phone system is starting');
    default:
      return new LinkError('protocol', `refused: ${code}`);
  }
}
