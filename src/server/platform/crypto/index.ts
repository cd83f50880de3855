/** Everything secret passes here: encryption at rest, tokens, keyed hashes, and where the master key comes from. */
export { createSecretBox } from './secret-box.ts';
export type { SecretBox } from './secret-box.ts';
export { loadSecretKey } from './secret-key.ts';
export type { SecretKeys } from './secret-key.ts';
export { equalSecrets, hashToken, hmac, randomToken } from './tokens.ts';
