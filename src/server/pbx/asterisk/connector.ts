import type { Connector } from '../connector.ts';
import { descriptor } from './descriptor.ts';
import { discoverOnce, runSession } from './session.ts';
import type { AsteriskSettings } from './settings.ts';
import { testConnection } from './test-connection.ts';

/** Asterisk by its manager interface (AMI), and what is built on it: FreePBX, Issabel, VitalPBX. */
export const asterisk: Connector<AsteriskSettings> = {
  descriptor,
  test: testConnection,
  discover: discoverOnce,
  session: runSession,
};
