import { expect, test } from 'vitest';
import { equalSecrets, hashToken, hmac, randomToken } from './index.ts';

test('tokens fit a URL, carry 256 bits and do not repeat', () => {
  expect(randomToken()).toMatch(/^[\w-]{43}$/);
  expect(new Set(Array.from({ length: 1000 }, () => randomToken())).size).toBe(1000);
});

test('hashes are the standard ones, so that other tools can check them', () => {
  expect(hashToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(hmac(Buffer.from('Jefe'), 'what do ya want for nothing?').toString('hex')).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  );
});

test('secrets compare by content, of any length', () => {
  expect(equalSecrets('same', 'same')).toBe(true);
  expect(equalSecrets('same', 'samf')).toBe(false);
  expect(equalSecrets('same', 'longer')).toBe(false);
});
