import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadSecretKey } from './index.ts';

let dataDir: string;
beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'ringside-key-'))));
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const bytes = Buffer.alloc(32, 7);

test('the key is read as base64, base64url or hex', () => {
  for (const SECRET_KEY of [bytes.toString('base64'), bytes.toString('base64url'), bytes.toString('hex')]) {
    expect(loadSecretKey({ dataDir, env: { SECRET_KEY }, embedded: false }).current).toEqual(bytes);
  }
  const SECRET_KEY = bytes.toString('hex');
  expect(loadSecretKey({ dataDir, env: { SECRET_KEY, SECRET_KEY_PREVIOUS: 'ab'.repeat(32) }, embedded: false }).previous?.length).toBe(32);
});

test('a malformed key is refused without being repeated', () => {
  for (const bad of ['hunter2', 'ab'.repeat(31), bytes.subarray(1).toString('base64')]) {
    const load = (): unknown => loadSecretKey({ dataDir, env: { SECRET_KEY: bad }, embedded: true });
    expect(load).toThrow('SECRET_KEY is not 32 bytes');
    expect(load).not.toThrow(bad);
  }
});

test('with the embedded database a key is made once, for its owner’s eyes only', () => {
  const first = loadSecretKey({ dataDir, env: {}, embedded: true });
  expect(statSync(join(dataDir, 'secret.key')).mode & 0o777).toBe(0o600);
  expect(loadSecretKey({ dataDir, env: {}, embedded: true })).toEqual(first);
  expect(readdirSync(dataDir)).toEqual(['secret.key']);
});

test('a key file that others may read is refused', () => {
  loadSecretKey({ dataDir, env: {}, embedded: true });
  chmodSync(join(dataDir, 'secret.key'), 0o644);
  expect(() => loadSecretKey({ dataDir, env: {}, embedded: true })).toThrow('chmod 600');
});

test('with a database of one’s own no key is made up', () => {
  expect(() => loadSecretKey({ dataDir, env: {}, embedded: false })).toThrow(/SECRET_KEY must be given.*randomBytes/);
  expect(existsSync(join(dataDir, 'secret.key'))).toBe(false);
});
