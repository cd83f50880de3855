import type { AccountKey } from '../../../contract/events.ts';
import type { DirectoryMember, DirectoryQueue, DirectoryUser } from '../connector.ts';
import { isPhone } from './hints.ts';
import type { Hint } from './hints.ts';
import type { AmiMessage } from './message.ts';

/** Sorted by name: Asterisk lists them in the order of a hash table. @param status events of QueueStatus: QueueParams and QueueMember. A queue also carries the names of its members' phones and the other keys that all their users share. */
export function readQueues(
  status: readonly AmiMessage[],
  hints: readonly Hint[],
  users: readonly DirectoryUser[],
): readonly DirectoryQueue[] {
  const hinted = new Map(hints.map((hint) => [`${hint.extension}@${hint.context}`, hint]));
  const userOf = new Map(users.flatMap((user) => user.devices.map((device) => [device, user] as const)));
  return status
    .filter((message) => message.name === 'QueueParams')
    .map((params) => {
      const name = params.get('Queue') ?? '';
      const members = status
        .filter((message) => message.name === 'QueueMember' && message.get('Queue') === name)
        .map((message) => readMember(message, hinted))
        .toSorted((a, b) => (a.agent < b.agent ? -1 : 1));
      return {
        externalId: name,
        name,
        // FreePBX names a queue by its number.
        number: /^[0-9*#]+$/.test(name) ? name : null,
        strategy: params.get('Strategy') || null,
        keys: [
          `name:${name}`,
          ...memberNames(members),
          ...commonKeys(members.map((member) => (member.device === null ? undefined : userOf.get(member.device)))),
        ],
        members,
      };
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function readMember(member: AmiMessage, hinted: ReadonlyMap<string, Hint>): DirectoryMember {
  const agent = member.get('Location') ?? '';
  return {
    agent,
    name: member.get('Name') || null,
    device: deviceBehind(member.get('StateInterface') ?? '', hinted) ?? deviceBehind(agent, hinted),
    dynamic: member.get('Membership') === 'dynamic',
  };
}

/** `PJSIP/101` is itself; `hint:101@ext-local` and `Local/101@ext-local/n` are the extension's first phone. */
function deviceBehind(member: string, hinted: ReadonlyMap<string, Hint>): string | null {
  if (isPhone(member)) return member;
  const extension = /^(?:hint:|Local\/)([^@/]+@[^/]+)/i.exec(member)?.[1];
  return extension === undefined ? null : (hinted.get(extension)?.devices[0] ?? null);
}

/** A pattern for phones says whose the queue is, too; if two customers' phones are in it, it is nobody's. */
function memberNames(members: readonly DirectoryMember[]): readonly AccountKey[] {
  const fixed = members.filter((member) => !member.dynamic);
  // Where anybody stays, those who log in and out need not be asked: the directory would change with each of them.
  return (fixed.length > 0 ? fixed : members).flatMap((member) => (member.device === null ? [] : [`name:${member.device}` as const]));
}

function commonKeys(users: readonly (DirectoryUser | undefined)[]): readonly AccountKey[] {
  const [first, ...others] = users;
  if (first === undefined) return [];
  return first.keys.filter((key) => !key.startsWith('name:') && others.every((user) => user?.keys.includes(key) === true));
}
