import { createOutgoing } from '../../../platform/outgoing/index.ts';
import { systemClock } from '../../../platform/clock/index.ts';
import type { Clock } from '../../../platform/clock/index.ts';
import { createLog } from '../../../platform/log/index.ts';
import type { ConnectorIo } from '../../connector.ts';
import type { AsteriskSettings } from '../settings.ts';
import { SECRET, USER } from './fake-ami.ts';

/** What a connector gets, with the real way out; `logged` holds every line it writes. */
export function testIo(clock: Clock = systemClock): { io: ConnectorIo; logged: string[] } {
  const logged: string[] = [];
  const outgoing = createOutgoing({ reach: 'local', allowedNetworks: [], forbiddenPorts: [], clock: systemClock });
  return { io: { outgoing, clock, log: createLog('debug', { write: (line) => void logged.push(line) }) }, logged };
}

export function settingsFor(port: number, over: Partial<AsteriskSettings> = {}): AsteriskSettings {
  return { host: '127.0.0.1', port, username: USER, secret: SECRET, tls: false, ca: '', fingerprint: '', ...over };
}
