import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SecretKeys {
  current: Buffer;
  previous: Buffer | null;
}

export interface SecretKeySource {
  dataDir: string;
  env: { SECRET_KEY?: string | undefined; SECRET_KEY_PREVIOUS?: string | undefined };
  /** True with the embedded database: only then may a key be made up, for it lives and dies with that database's folder. */
  embedded: boolean;
}

const HOW_TO_MAKE = `make one with: node -e "console.log(require('crypto').randomBytes(32).toString('base64'))"`;

/**
 * The master key from SECRET_KEY, else `DATA_DIR/secret.key`, made at the first start.
 * @throws Error in plain words, never with the key in it
 */
export function loadSecretKey(source: SecretKeySource): SecretKeys {
  const { SECRET_KEY: given, SECRET_KEY_PREVIOUS: before } = source.env;
  const previous = before ? parse(before, 'SECRET_KEY_PREVIOUS') : null;
  if (given) return { current: parse(given, 'SECRET_KEY'), previous };
  if (!source.embedded) {
    throw new Error(
      `with DATABASE_URL a SECRET_KEY must be given, the same on every node: ${HOW_TO_MAKE}, and keep a copy in a safe place`,
    );
  }
  return { current: keyFile(source.dataDir), previous };
}

function keyFile(dataDir: string): Buffer {
  const path = join(dataDir, 'secret.key');
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  if (!existsSync(path)) makeKeyFile(path);
  if ((statSync(path).mode & 0o077) !== 0) throw new Error(`${path} can be read by others: run "chmod 600 ${path}"`);
  return parse(readFileSync(path, 'utf8').trim(), path);
}

/** The file appears whole or not at all, and never replaces a key that secrets are sealed with. */
function makeKeyFile(path: string): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flush: true });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function parse(text: string, name: string): Buffer {
  const encoding = /^[0-9a-f]{64}$/i.test(text) ? 'hex' : /^[\w+/-]{43}=?$/.test(text) ? 'base64' : null;
  if (encoding === null) throw new Error(`${name} is not 32 bytes in base64 or hex: ${HOW_TO_MAKE}`);
  return Buffer.from(text, encoding);
}
