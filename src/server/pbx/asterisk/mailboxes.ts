import type { AmiMessage } from './message.ts';

export interface Mailbox {
  name: string | null;
  email: string | null;
}

/** @param entries events of VoicemailUsersList. @returns by `number@context` */
export function readMailboxes(entries: readonly AmiMessage[]): ReadonlyMap<string, Mailbox> {
  return new Map(
    entries.map((entry) => [
      `${entry.get('VoiceMailbox') ?? ''}@${entry.get('VMContext') ?? ''}`,
      // Several addresses may stand there; the first is the person's.
      { name: entry.get('Fullname')?.trim() || null, email: firstEmail(entry.get('Email') ?? '') },
    ]),
  );
}

export function firstEmail(text: string): string | null {
  return /[^\s,;|<>"]+@[^\s,;|<>"]+/.exec(text)?.[0] ?? null;
}
