import { timingSafeEqual } from 'node:crypto';
import { hmac, type SecretBox } from '../../platform/crypto/index.ts';

/** Tokens of mailed links: derived from what they stand for and the secret key, never stored. */
export interface LinkTokens {
  invitation: { of(link: InvitationLink): string; read(token: string): InvitationLink | null };
  reset: { of(link: ResetLink): string; read(token: string): ResetLink | null };
}

/** One round of one invitation: the next round ends it. */
export interface InvitationLink {
  invitationId: string;
  round: number;
}

export interface ResetLink {
  resetId: string;
  identityId: string;
}

const ID_BYTES = 16;
const MAC_BYTES = 32;

export function createLinkTokens(box: Pick<SecretBox, 'derive'>): LinkTokens {
  const invitationKey = box.derive('invitation links');
  const resetKey = box.derive('password reset links');
  return {
    invitation: {
      of: ({ invitationId, round }) => sign(invitationKey, Buffer.concat([bytesOf(invitationId), roundBytes(round)])),
      read: (token) => {
        const words = verified(invitationKey, token, ID_BYTES + 4);
        return words && { invitationId: idAt(words, 0), round: words.readUInt32BE(ID_BYTES) };
      },
    },
    reset: {
      of: ({ resetId, identityId }) => sign(resetKey, Buffer.concat([bytesOf(resetId), bytesOf(identityId)])),
      read: (token) => {
        const words = verified(resetKey, token, 2 * ID_BYTES);
        return words && { resetId: idAt(words, 0), identityId: idAt(words, ID_BYTES) };
      },
    },
  };
}

function sign(key: Buffer, words: Buffer): string {
  return Buffer.concat([words, macOf(key, words)]).toString('base64url');
}

function verified(key: Buffer, token: string, length: number): Buffer | null {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== length + MAC_BYTES) return null;
  const words = bytes.subarray(0, length);
  return timingSafeEqual(bytes.subarray(length), macOf(key, words)) ? words : null;
}

function macOf(key: Buffer, words: Buffer): Buffer {
  return hmac(key, words.toString('hex'));
}

function roundBytes(round: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(round);
  return bytes;
}

function bytesOf(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

function idAt(bytes: Buffer, start: number): string {
  const hex = bytes.subarray(start, start + ID_BYTES).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
