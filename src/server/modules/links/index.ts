/** Physical connections to phone systems: credentials, leases, the runtime that watches them, gaps. */
export { openGaps } from './gaps.ts';
export type { FormValues, LinkEventSink, PbxPort, PbxPorts, PbxSettings, WatchedShare } from './ports.ts';
export {
  customersOfLink,
  insertLink,
  linksOfOwner,
  lockLink,
  openLink,
  readLink,
  retireLink,
  settleLinkState,
  sharedWith,
  updateLink,
  writeFindings,
} from './repository.ts';
export type { LinkRow } from './repository.ts';
export { createLinks } from './runtime.ts';
export type { Links } from './runtime.ts';
export { keepsDestination, keptSecrets, openSecrets, partSecrets } from './secrets.ts';
export { rulesOf, sharesOf } from './shares.ts';
