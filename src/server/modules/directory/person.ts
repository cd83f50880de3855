/** Who is who: pure rules by which an entry of the PBX's directory is, or is not, a person known already. */

export interface Person {
  name: string;
  email: string | null;
  extension: string | null;
}

/**
 * Whether an entry under the same stable id is still the same person: same e-mail, or names that share a
 * word. An entry that has no name of its own (only its number) is whoever it was.
 */
export function isSamePerson(before: Person & { externalId: string }, now: Person & { externalId: string }): boolean {
  if (before.email !== null && now.email !== null && before.email.toLowerCase() === now.email.toLowerCase()) return true;
  if (isNameless(before) || isNameless(now)) return true;
  return sharesWord(before.name, now.name);
}

/** Letter case and accents ignored; a word has two letters at least. */
export function sharesWord(a: string, b: string): boolean {
  const words = new Set(wordsOf(a));
  return wordsOf(b).some((word) => words.has(word));
}

/** E-mails that stand with several people, such as the office's: they tell nobody. Lower case. */
export function sharedEmails(people: readonly Person[]): Set<string> {
  const first = new Map<string, Person>();
  const shared = new Set<string>();
  for (const person of people) {
    const email = person.email?.toLowerCase();
    if (email === undefined) continue;
    const other = first.get(email);
    if (!other) first.set(email, person);
    else if (!sharesWord(other.name, person.name)) shared.add(email);
  }
  return shared;
}

function isNameless({ name, extension, externalId }: Person & { externalId: string }): boolean {
  return name === extension || name === externalId;
}

function wordsOf(name: string): string[] {
  const plain = name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length >= 2);
}
