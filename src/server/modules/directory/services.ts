import type { Clock } from '../../platform/clock/index.ts';
import type { SecretBox } from '../../platform/crypto/index.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Log } from '../../platform/log/index.ts';
import type { Links, PbxPorts } from '../links/index.ts';

export interface DirectoryServices {
  database: Database;
  clock: Clock;
  log: Log;
  ports: PbxPorts;
  box: SecretBox;
  /** Told to look at once when a share is monitored from now on or its people have changed; null where another process holds the links. */
  links(): Pick<Links, 'poke'> | null;
}
