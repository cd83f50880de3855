/** Brings users into line with entries of the PBX, one by one; applying the same twice changes nothing. */
import type { DirectoryUser } from '../../pbx/connector.ts';
import type { Db } from '../../platform/db/index.ts';
import { newId } from '../../platform/ids/index.ts';
import { setLicensedRoles } from '../licences/index.ts';
import { isSamePerson, sharesWord } from './person.ts';
import {
  hasPresentEntry,
  insertEntry,
  insertUser,
  markGone,
  updateEntry,
  updateUser,
  userByEmail,
  userById,
  type Entry,
  type KnownUser,
} from './users-repository.ts';

/** The Essential role: tracked, without a login. */
const ESSENTIAL = 'customer.user.pbx';

export interface ApplyContext {
  db: Db;
  clock: { now(): number };
  customerId: string;
  connectionId: string;
  /** Lower-case e-mails that several people have: they identify nobody. */
  sharedEmails: ReadonlySet<string>;
}

export type Applied = 'created' | 'joined' | 'kept' | 'returned' | 'replaced';

/** @param entry what is stored under the user's stable id, if anything */
export async function applyUser(context: ApplyContext, user: DirectoryUser, entry: Entry | undefined): Promise<Applied> {
  const known = entry?.userId == null ? null : await userById(context.db, entry.userId);
  if (entry && known && isSamePerson(entry, user)) {
    await keep(context, user, entry, known);
    return entry.present ? 'kept' : 'returned';
  }
  const isReplaced = entry !== undefined && known !== null;
  if (isReplaced) await vanish(context, entry, true);
  const same = await findByEmail(context, user);
  const userId = same?.id ?? (await create(context, user));
  const now = new Date(context.clock.now());
  if (entry && !isReplaced) await updateEntry(context.db, entry.id, userId, user, now);
  else
    await insertEntry(context.db, { id: newId(), customerId: context.customerId, connectionId: context.connectionId, userId, user, now });
  await track(context, userId, same, []);
  if (isReplaced) return 'replaced';
  return same ? 'joined' : 'created';
}

/** The entry is no longer on the PBX (or somebody else's now); its user vanishes with the last entry. */
export async function vanish(context: ApplyContext, entry: Entry, replaced: boolean): Promise<void> {
  const { db, clock, customerId } = context;
  const now = new Date(clock.now());
  const known = entry.userId === null ? null : await userById(db, entry.userId);
  await markGone(db, entry.id, known?.roles ?? [], now, replaced);
  if (!known || (await hasPresentEntry(db, known.id))) return;
  // Somebody added by hand is more than an entry of the PBX: tracking ends, the person stays.
  if (known.source === 'pbx') await updateUser(db, known.id, { status: 'vanished', vanished_at: now, updated_at: now });
  await setLicensedRoles(context, { customerId, userId: known.id, roles: [] });
}

async function keep(context: ApplyContext, user: DirectoryUser, entry: Entry, known: KnownUser): Promise<void> {
  const now = new Date(context.clock.now());
  await updateEntry(context.db, entry.id, known.id, user, now);
  // What somebody has written over by hand stays; what came from the PBX follows it.
  const renamed = known.source === 'pbx' && known.displayName === entry.name && known.displayName !== user.name;
  const mailed =
    (known.email === null || (known.source === 'pbx' && known.email === entry.email)) && known.email !== user.email && user.email !== null;
  if (renamed || mailed) {
    await updateUser(context.db, known.id, {
      ...(renamed ? { display_name: nameOf(user) } : {}),
      ...(mailed ? { email: user.email } : {}),
      updated_at: now,
    });
  }
  if (!entry.present || known.status === 'vanished') await track(context, known.id, known, entry.heldRoles);
}

/** On the PBX, so tracked: with the roles had before vanishing, the Essential role at least. */
async function track(
  { db, clock, customerId }: ApplyContext,
  userId: string,
  known: KnownUser | null,
  heldRoles: readonly string[],
): Promise<void> {
  const now = new Date(clock.now());
  if (known?.status === 'vanished') await updateUser(db, userId, { status: 'active', vanished_at: null, updated_at: now });
  const roles = [...new Set([...(known?.roles ?? []), ...heldRoles, ESSENTIAL])];
  await setLicensedRoles({ db, clock }, { customerId, userId, roles });
}

async function findByEmail({ db, customerId, sharedEmails }: ApplyContext, user: DirectoryUser): Promise<KnownUser | null> {
  if (user.email === null) return null;
  const found = await userByEmail(db, customerId, user.email);
  if (found && sharedEmails.has(user.email.toLowerCase()) && !sharesWord(found.displayName, user.name)) return null;
  return found;
}

async function create({ db, clock, customerId }: ApplyContext, user: DirectoryUser): Promise<string> {
  const id = newId();
  await insertUser(db, { id, customerId, displayName: nameOf(user), email: user.email, now: new Date(clock.now()) });
  return id;
}

/** As the contract's names: trimmed, up to 100 characters, never empty. */
function nameOf(user: DirectoryUser): string {
  return user.name.trim().slice(0, 100) || user.extension || user.externalId.slice(0, 100);
}
