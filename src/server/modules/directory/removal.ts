import type { DirectoryUser } from '../../pbx/connector.ts';
import { isSamePerson, type Person } from './person.ts';

export interface KnownEntry extends Person {
  externalId: string;
}

/** Entries known as present that the new directory lacks or gives to somebody else. */
export function vanishing(known: readonly KnownEntry[], users: readonly DirectoryUser[]): string[] {
  const found = new Map(users.map((user) => [user.externalId, user]));
  return known.flatMap((entry) => {
    const user = found.get(entry.externalId);
    return user && isSamePerson(entry, user) ? [] : [entry.externalId];
  });
}

const FEW = 3;
const SHARE = 5;

/** Whether so many may not vanish unasked: more than a fifth (three at least), or everybody. */
export function needsAsking(present: number, gone: number): boolean {
  return (gone >= FEW && gone * SHARE > present) || (gone > 0 && gone === present);
}
