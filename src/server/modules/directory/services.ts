import type { Clock } from '../../platform/clock/index.ts';
import type { SecretBox } from '../../platform/crypto/index.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Log } from '../../platform/log/index.ts';
import type { PbxPorts } from '../links/index.ts';

export interface DirectoryServices {
  database: Database;
  clock: Clock;
  log: Log;
  ports: PbxPorts;
  box: SecretBox;
  /** A share is monitored from now on, or its people have changed: the links look at once. */
  onSynced(): void;
}
