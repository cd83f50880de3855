/**
 * PostgreSQL refuses to run as root. This decides as whom it runs, so that neither an ordinary user
 * nor root in a bare container has to prepare anything.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';

export interface Account {
  /** For the log. */
  name: string;
  /** Whom the cluster's folder must belong to. */
  owner: { uid: number; gid: number };
  /** What to spawn instead of `binary args`. */
  wrap(binary: string, args: readonly string[]): { file: string; args: string[]; uid?: number; gid?: number };
}

interface Person {
  name: string;
  uid: number;
  gid: number;
}

const AS_NOBODY = ['-U', '--map-user=65534', '--map-group=65534'];

/**
 * @param postgres its binary, which the account must be able to run
 * @param clusterDir existing folder of the cluster, which it must be able to reach
 * @throws Error in plain words when no account can
 */
export function chooseAccount(postgres: string, clusterDir: string): Account {
  const me = { uid: process.getuid?.() ?? -1, gid: process.getgid?.() ?? -1 };
  const dies = works('setpriv', ['--pdeathsig', 'INT', 'true']) ? ['--pdeathsig', 'INT'] : null;
  if (me.uid !== 0 && hasName()) return self(me, dies);

  const person = me.uid === 0 ? ordinaryPerson(statSync(clusterDir).uid) : null;
  const other = person && reaches(person, clusterDir) ? otherUser(person, dies) : null;
  if (other && canRun(other, postgres)) return other;

  const namespaced = userNamespace(me, dies);
  if (canRun(namespaced, postgres)) return namespaced;

  const trusted = person && dies ? userWithRootsEyes(person, dies) : null;
  if (trusted && canRun(trusted, postgres)) return trusted;

  throw new Error(
    me.uid === 0
      ? `PostgreSQL does not run as root, and no other account reaches ${postgres} and ${clusterDir}: ` +
          'start as an ordinary user, move both out of folders that only root may enter, or set DATABASE_URL'
      : `user id ${me.uid} has no line in /etc/passwd, which PostgreSQL needs: add one, or set DATABASE_URL`,
  );
}

function self(me: Account['owner'], dies: string[] | null): Account {
  return { name: 'this user', owner: me, wrap: (binary, args) => prefixed(dies && ['setpriv', ...dies], binary, args) };
}

function otherUser(person: Person, dies: string[] | null): Account {
  const { uid, gid } = person;
  const wrap: Account['wrap'] = dies
    ? (binary, args) => prefixed(['setpriv', ...switchTo(person), ...dies], binary, args)
    : (binary, args) => ({ file: binary, args: [...args], uid, gid });
  return { name: person.name, owner: { uid, gid }, wrap };
}

/** Everything stays ours; inside the namespace we merely have another number. */
function userNamespace(me: Account['owner'], dies: string[] | null): Account {
  const prefix = ['unshare', ...AS_NOBODY, ...(dies ? ['setpriv', ...dies] : [])];
  return { name: 'a user namespace', owner: me, wrap: (binary, args) => prefixed(prefix, binary, args) };
}

/**
 * For containers that forbid user namespaces, with the data or the program under a folder such as /root: another
 * user who keeps one right of root, to pass folders. `no_setuid_fixup`, because access(2) would ignore that right.
 */
function userWithRootsEyes(person: Person, dies: string[]): Account {
  const right = '-all,+dac_override';
  const rights = ['--securebits', '+no_setuid_fixup', '--inh-caps', right, '--ambient-caps', right, '--bounding-set', right];
  const prefix = ['setpriv', ...rights, ...switchTo(person), ...dies];
  return {
    name: `${person.name}, passing root's folders`,
    owner: { uid: person.uid, gid: person.gid },
    wrap: (binary, args) => prefixed(prefix, binary, args),
  };
}

function switchTo(person: Person): string[] {
  return ['--reuid', String(person.uid), '--regid', String(person.gid), '--clear-groups'];
}

function prefixed(prefix: readonly string[] | null, binary: string, args: readonly string[]): { file: string; args: string[] } {
  const [file = binary, ...rest] = [...(prefix ?? []), binary, ...args];
  return { file, args: rest };
}

/** The owner of an existing cluster stays its owner; else `postgres`, else `nobody`. */
function ordinaryPerson(currentOwner: number): Person | null {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  const people = ['postgres', 'nobody'].flatMap((wanted) => {
    const fields = lines.find((line) => line.startsWith(`${wanted}:`))?.split(':');
    return fields ? [{ name: wanted, uid: Number(fields[2]), gid: Number(fields[3]) }] : [];
  });
  return people.find((person) => person.uid === currentOwner) ?? people[0] ?? null;
}

/** Whether each folder above `path` may be entered by this person, as far as the mode bits tell. */
function reaches(person: Person, path: string): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const { uid, gid, mode } = statSync(folder);
    const bit = uid === person.uid ? 0o100 : gid === person.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

function canRun(account: Account, postgres: string): boolean {
  const { file, args } = account.wrap(postgres, ['--version']);
  return works(file, args);
}

function works(file: string, args: readonly string[]): boolean {
  return spawnSync(file, args, { cwd: '/', stdio: 'ignore', timeout: 10_000 }).status === 0;
}

/** PostgreSQL asks for the name of its user. */
function hasName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}
