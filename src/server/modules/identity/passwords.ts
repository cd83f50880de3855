import { hash, verify } from '@node-rs/argon2';
import type { FieldFault } from '../../platform/http/fault.ts';

/** OWASP's argon2id setting of 19 MiB; the algorithm is the library's default. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Stands in for the hash of somebody who is not there: verifying against it costs the same and never succeeds. */
const NOBODY = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), COST);
}

/** @param stored null for an unknown person or one without a password: takes as long and is false */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  const matches = await verify(stored ?? NOBODY, password.normalize('NFKC'));
  return stored !== null && matches;
}

/** What speaks against a new password beyond its length, which the contract checks. */
export function passwordFaults(path: string, password: string, email: string): FieldFault[] {
  return isEasy(password.normalize('NFKC').toLowerCase(), email.toLowerCase()) ? [{ path, code: 'commonPassword' }] : [];
}

/** Words that people lengthen with digits and marks to get past a minimum. */
// prettier-ignore
const WORDS = [
  'password', 'passw0rd', 'p@ssword', 'p@ssw0rd', 'contraseña', 'contrasena', 'welcome', 'bienvenido', 'bienvenida', 'qwerty', 'qwertyuiop',
  'qwertyuiopasdfghjkl', 'asdfghjkl', 'zxcvbnm', '1q2w3e4r', '1q2w3e4r5t', '1qaz2wsx', '1qaz2wsx3edc', 'qazwsx', 'qazwsxedc', 'letmein', 'iloveyou', 'tequiero',
  'administrator', 'administrador', 'admin', 'changeme', 'cambiame', 'default', 'secret', 'secreto', 'football', 'futbol', 'baseball', 'barcelona',
  'realmadrid', 'sunshine', 'princess', 'princesa', 'superman', 'batman', 'pokemon', 'starwars', 'dragon', 'monkey', 'master', 'shadow', 'michael',
  'trustno', 'whatever', 'freedom', 'computer', 'internet', 'samsung', 'asterisk', 'freepbx', 'centralita', 'telefono', 'telephone', 'ringside',
];

function isEasy(password: string, email: string): boolean {
  if (password === email || password === email.split('@')[0]) return true;
  if (new Set(password).size < 4 || isRun(password)) return true;
  const letters = password.replace(/^[\d\W_]+|[\d\W_]+$/g, '');
  return (
    WORDS.includes(password) || WORDS.includes(letters) || WORDS.some((word) => password === word.repeat(2) || letters === word.repeat(2))
  );
}

/** Digits or letters in order, up or down, going round after the last: `1234567890`, `abcdefghij`. */
function isRun(password: string): boolean {
  const steps = Array.from({ length: password.length - 1 }, (_, index) => password.charCodeAt(index + 1) - password.charCodeAt(index));
  return steps.every((step) => step === 1 || step === -9) || steps.every((step) => step === -1 || step === 9);
}
