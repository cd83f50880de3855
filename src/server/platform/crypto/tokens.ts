import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** @returns an unguessable token, URL-safe; 32 bytes make 43 characters */
export function randomToken(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}

/** What is kept of a token: SHA-256 as hex. Enough for random tokens; passwords need a slow hash instead. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** HMAC-SHA-256, 32 bytes. Take the key from `SecretBox.derive`, one purpose a key. */
export function hmac(key: Buffer, message: string): Buffer {
  return createHmac('sha256', key).update(message).digest();
}

/** Compares in a time that does not tell where they differ. */
export function equalSecrets(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
