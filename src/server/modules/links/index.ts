/** Physical connections to phone systems: credentials, leases, the runtime that watches them, gaps. */
export { openGaps } from './gaps.ts';
export { holdsLease } from './lease.ts';
export type {
  FormValues,
  GapNews,
  Lease,
  LinkEventSink,
  LinkNews,
  OpenedLink,
  ParsedSettings,
  PbxPort,
  PbxPorts,
  PbxSettings,
  PortMemory,
  PortSink,
  PortStatus,
  ShareRule,
  SupervisedPort,
  WatchedShare,
} from './ports.ts';
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
export type { LinkRow, LinkValues } from './repository.ts';
export { createLinks } from './runtime.ts';
export type { Links, LinksOptions } from './runtime.ts';
export { keepsDestination, keptSecrets, openSecrets, partSecrets } from './secrets.ts';
export { rulesOf, sharesOf } from './shares.ts';
export type { Share } from './shares.ts';
