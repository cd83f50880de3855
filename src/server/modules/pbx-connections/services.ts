import type { SecretBox } from '../../platform/crypto/index.ts';
import type { FormValues, LinkRow, PbxPort, PbxPorts } from '../links/index.ts';

export interface PbxConnectionServices {
  ports: PbxPorts;
  box: SecretBox;
  /** Links have changed: whoever holds them looks at once. Called after the commit. */
  poke(): void;
}

/** The physical connection that settings lead to. */
export interface ResolvedLink {
  port: PbxPort;
  identity: string;
  plain: FormValues;
  secrets: FormValues;
  /** The owner's link of the same identity, if there is one: it is joined. */
  existing: LinkRow | null;
  /** Its settings or credentials differ from those given, which replace them. */
  changes: boolean;
}

/** A connection that has been checked and can be made. */
export interface ResolvedConnection {
  name: string;
  templateId: string | null;
  by: string;
  value: string;
  monitorSubAccounts: boolean;
  enabled: boolean;
  link: ResolvedLink;
}
