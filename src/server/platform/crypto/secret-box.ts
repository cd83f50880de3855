import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

export interface SecretBox {
  /** First 8 bytes of the current key's SHA-256, hex: names the key, tells nothing about it. */
  keyId: string;
  /** Encrypts under the current key. */
  seal(plain: string): Buffer;
  /** @throws Error when sealed under a key that is not at hand, or altered */
  open(sealed: Buffer): string;
  /** False: sealed under another key, to be sealed again (`ringside rotate-key`). */
  isCurrent(sealed: Buffer): boolean;
  /** A 32-byte key of its own for one purpose, made from the current key. */
  derive(purpose: string): Buffer;
}

// A sealed text: format (1 byte) | key id (8) | nonce (12) | tag (16) | AES-256-GCM ciphertext.
const FORMAT = 1;
const KEY_ID_BYTES = 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + KEY_ID_BYTES;
const TEXT_AT = HEADER_BYTES + NONCE_BYTES + TAG_BYTES;

/**
 * @param keys 32 bytes each; `previous` only opens, for the time until all is sealed again
 * @throws Error when a key has another length
 */
export function createSecretBox(keys: { current: Buffer; previous: Buffer | null }): SecretBox {
  const known = new Map([keys.previous, keys.current].flatMap((key) => (key ? [[idOf(key).toString('hex'), key] as const] : [])));
  const currentId = idOf(keys.current);
  const header = Buffer.concat([Buffer.of(FORMAT), currentId]);

  return {
    keyId: currentId.toString('hex'),
    seal(plain) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', keys.current, nonce, { authTagLength: TAG_BYTES }).setAAD(header);
      const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([header, nonce, cipher.getAuthTag(), text]);
    },
    open(sealed) {
      if (sealed.length < TEXT_AT || sealed[0] !== FORMAT) throw new Error('not a sealed secret');
      const id = sealed.subarray(1, HEADER_BYTES).toString('hex');
      const key = known.get(id);
      if (!key) throw new Error(`sealed with the key ${id}, which is neither SECRET_KEY nor SECRET_KEY_PREVIOUS`);
      const nonce = sealed.subarray(HEADER_BYTES, HEADER_BYTES + NONCE_BYTES);
      const tag = sealed.subarray(HEADER_BYTES + NONCE_BYTES, TEXT_AT);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(sealed.subarray(0, HEADER_BYTES)).setAuthTag(tag);
      return Buffer.concat([decipher.update(sealed.subarray(TEXT_AT)), decipher.final()]).toString('utf8');
    },
    isCurrent: (sealed) => sealed.subarray(0, HEADER_BYTES).equals(header),
    derive: (purpose) => Buffer.from(hkdfSync('sha256', keys.current, Buffer.alloc(0), `ringside ${purpose}`, 32)),
  };
}

function idOf(key: Buffer): Buffer {
  if (key.length !== 32) throw new Error('a secret key has 32 bytes');
  return createHash('sha256').update(key).digest().subarray(0, KEY_ID_BYTES);
}
