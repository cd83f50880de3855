import type { AmiMessage } from './message.ts';

/** A user as FreePBX, Issabel and their like keep it in Asterisk's database. */
export interface FreePbxUser {
  extension: string;
  name: string | null;
  accountcode: string | null;
  /** Voicemail context; null: no mailbox. */
  voicemail: string | null;
  devices: readonly string[];
}

/**
 * @param users the tree AMPUSER: `/AMPUSER/<extension>/<key>`
 * @param devices the tree DEVICE: `/DEVICE/<id>/dial` and `/DEVICE/<id>/user`
 */
export function readFreePbxUsers(users: readonly AmiMessage[], devices: readonly AmiMessage[]): readonly FreePbxUser[] {
  const dialOf = new Map<string, string>();
  const userOf = new Map<string, string>();
  for (const [path, value] of entries(devices)) {
    const [, id = '', key] = path;
    if (key === 'dial') dialOf.set(id, value);
    if (key === 'user') userOf.set(id, value);
  }
  const values = new Map<string, Map<string, string>>();
  for (const [path, value] of entries(users)) {
    const [, extension = '', ...keys] = path;
    if (!/^[\w*#+.-]+$/.test(extension) || keys.length === 0) continue;
    const own = values.get(extension) ?? new Map<string, string>();
    values.set(extension, own.set(keys.join('/'), value));
  }
  return [...values].map(([extension, own]) => ({
    extension,
    name: own.get('cidname')?.trim() || null,
    accountcode: own.get('accountcode') || null,
    voicemail: mailboxContext(own.get('voicemail')),
    devices: [...userOf].filter(([, user]) => user === extension).flatMap(([id]) => dialOf.get(id)?.split('&') ?? []),
  }));
}

function entries(tree: readonly AmiMessage[]): readonly (readonly [readonly string[], string])[] {
  return tree.map((entry) => [(entry.get('Key') ?? '').replace(/^\//, '').split('/'), entry.get('Val') ?? ''] as const);
}

function mailboxContext(value: string | undefined): string | null {
  return value === undefined || value === '' || value === 'novm' ? null : value;
}
