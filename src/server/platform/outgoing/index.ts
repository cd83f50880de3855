/**
 * The one way out of the process. Every connection to an address that a user entered goes through
 * here: resolved, checked, and connected to the very address that was checked.
 */
export { parseNetwork } from './addresses.ts';
export { createOutgoing } from './connect.ts';
export type { OutgoingOptions } from './connect.ts';
export { pbxReach } from './policy.ts';
export { OutgoingError } from './port.ts';
export type { ConnectOptions, Outgoing, OutgoingFailure } from './port.ts';
