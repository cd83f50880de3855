import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createSecretBox } from './index.ts';

const old = randomBytes(32);
const current = randomBytes(32);

test('what is sealed opens again, and the same text never seals to the same bytes', () => {
  const box = createSecretBox({ current, previous: null });
  const text = JSON.stringify({ secret: 'contraseña 🔑' });
  expect(box.open(box.seal(text))).toBe(text);
  expect(box.open(box.seal(''))).toBe('');
  expect(box.seal(text).equals(box.seal(text))).toBe(false);
  expect(box.seal(text).includes(Buffer.from('secret'))).toBe(false);
});

test('a ciphertext names its key: after a rotation old ones open, are known as old, and no unknown key is tried', () => {
  const before = createSecretBox({ current: old, previous: null });
  const after = createSecretBox({ current, previous: old });
  const sealed = before.seal('x');
  expect(after.open(sealed)).toBe('x');
  expect(after.isCurrent(sealed)).toBe(false);
  expect(after.isCurrent(after.seal('x'))).toBe(true);
  expect(after.keyId).not.toBe(before.keyId);
  expect(() => createSecretBox({ current, previous: null }).open(sealed)).toThrow(before.keyId);
});

test('one altered bit anywhere is refused', () => {
  const box = createSecretBox({ current, previous: old });
  const sealed = box.seal('secret');
  for (let at = 0; at < sealed.length; at++) {
    const altered = Buffer.from(sealed);
    altered.writeUInt8(altered.readUInt8(at) ^ 1, at);
    expect(() => box.open(altered)).toThrow();
  }
  expect(() => box.open(Buffer.alloc(3))).toThrow('not a sealed secret');
});

test('derived keys differ by purpose and by key, and stay the same over restarts', () => {
  const box = createSecretBox({ current, previous: null });
  expect(box.derive('invitations')).toEqual(createSecretBox({ current, previous: old }).derive('invitations'));
  expect(box.derive('invitations')).not.toEqual(box.derive('sessions'));
  expect(box.derive('invitations')).not.toEqual(createSecretBox({ current: old, previous: null }).derive('invitations'));
});

test('a key of another length is refused', () => {
  expect(() => createSecretBox({ current: randomBytes(16), previous: null })).toThrow('32 bytes');
});
