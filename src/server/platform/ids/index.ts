import { createHash } from 'node:crypto';
import { uuidv7 } from 'uuidv7';

/** A new id: rises with time, so that newest-first lists need no other key. */
export function newId(): string {
  return uuidv7();
}

/** The id of a fact: the same words give the same id, on every machine and at every replay. */
export function factId(...words: readonly string[]): string {
  const hex = createHash('sha256').update(words.join('\u0000')).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
