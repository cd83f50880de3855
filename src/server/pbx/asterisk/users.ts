import type { AccountKey } from '../../../contract/events.ts';
import type { DirectoryUser } from '../connector.ts';
import type { Endpoint } from './endpoints.ts';
import type { FreePbxUser } from './freepbx.ts';
import { ownHints } from './hints.ts';
import type { Hint } from './hints.ts';
import type { Mailbox } from './mailboxes.ts';

export interface UserSources {
  hints: readonly Hint[];
  mailboxes: ReadonlyMap<string, Mailbox>;
  endpoints: ReadonlyMap<string, Endpoint>;
  freePbx: readonly FreePbxUser[];
  /** Names of queue members by state interface: the last resort for a name. */
  memberNames: ReadonlyMap<string, string>;
}

/** One person to be: devices that ring together, and the number they are reached at. */
interface Seat {
  externalId: string;
  extension: string | null;
  context: string | null;
  devices: readonly string[];
  name: string | null;
  mailboxContext: string | null;
  keys: readonly AccountKey[];
  derived: boolean;
}

/**
 * Users of the PBX, in the order of their external ids.
 *
 * The external id must outlive a rename and must not depend on the login's rights: a FreePBX user
 * is its extension (AMPUSER's key); elsewhere it is the first device of the extension, e.g.
 * `PJSIP/acme-101`, which hints name to every login.
 */
export function readUsers(sources: UserSources): readonly DirectoryUser[] {
  const seats = sources.freePbx.length > 0 ? freePbxSeats(sources.freePbx) : plainSeats(sources);
  return seats.map((seat) => toUser(seat, sources)).toSorted((a, b) => (a.externalId < b.externalId ? -1 : 1));
}

function freePbxSeats(users: readonly FreePbxUser[]): readonly Seat[] {
  return users.map((user) => ({
    externalId: user.extension,
    extension: user.extension,
    context: null,
    devices: user.devices,
    name: user.name,
    mailboxContext: user.voicemail,
    keys: user.accountcode === null ? [] : [`accountcode:${user.accountcode}`],
    derived: false,
  }));
}

/** Extensions with a phone, and phones without an extension that a person is reached at. Trunks have neither. */
function plainSeats({ hints, endpoints }: UserSources): readonly Seat[] {
  const own = ownHints(hints);
  const seats: Seat[] = [];
  for (const hint of new Set(own.values())) {
    const devices = hint.devices.filter((device) => own.get(device) === hint);
    const [first] = devices;
    if (first !== undefined) seats.push(plainSeat(first, hint.extension, hint.context, devices));
  }
  for (const endpoint of endpoints.values()) {
    if (own.has(endpoint.device) || (endpoint.mailboxes.length === 0 && endpoint.number === null)) continue;
    seats.push(plainSeat(endpoint.device, endpoint.number ?? endpoint.mailboxes[0]?.split('@', 1)[0] ?? null, null, [endpoint.device]));
  }
  return seats;
}

function plainSeat(externalId: string, extension: string | null, context: string | null, devices: readonly string[]): Seat {
  return { externalId, extension, context, devices, name: null, mailboxContext: null, keys: [], derived: true };
}

function toUser(seat: Seat, sources: UserSources): DirectoryUser {
  const endpoints = seat.devices.flatMap((device) => sources.endpoints.get(device) ?? []);
  const mailbox = findMailbox(seat, endpoints, sources.mailboxes);
  const memberName = seat.devices.map((device) => sources.memberNames.get(device)).find((name) => name !== undefined && name !== '');
  const keys = new Set<AccountKey>(seat.devices.map((device) => `name:${device}`));
  for (const key of seat.keys) keys.add(key);
  for (const key of endpoints.flatMap((endpoint) => endpoint.keys)) keys.add(key);
  // Where the endpoint's own context is not to be seen, its hint's context is the best guess.
  if (endpoints.length === 0 && seat.context !== null) keys.add(`context:${seat.context}`);
  return {
    externalId: seat.externalId,
    name:
      seat.name ??
      endpoints.find((endpoint) => endpoint.name !== null)?.name ??
      mailbox?.name ??
      memberName ??
      seat.extension ??
      seat.externalId,
    email: mailbox?.email ?? endpoints.find((endpoint) => endpoint.email !== null)?.email ?? null,
    extension: seat.extension,
    devices: seat.devices,
    keys: [...keys],
    derived: seat.derived,
  };
}

/** The endpoint names its mailbox; else it is the one with the extension's number, in its own context before the default one. */
function findMailbox(seat: Seat, endpoints: readonly Endpoint[], mailboxes: ReadonlyMap<string, Mailbox>): Mailbox | null {
  const named = endpoints
    .flatMap((endpoint) => endpoint.mailboxes)
    .map((mailbox) => (mailbox.includes('@') ? mailbox : `${mailbox}@default`));
  const contexts = [seat.mailboxContext, seat.context, 'default'].filter((context) => context !== null);
  const byNumber = seat.extension === null ? [] : contexts.map((context) => `${seat.extension}@${context}`);
  for (const address of [...named, ...byNumber]) {
    const mailbox = mailboxes.get(address);
    if (mailbox !== undefined) return mailbox;
  }
  return null;
}
