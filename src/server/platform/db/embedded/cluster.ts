/** The cluster's folder: made whole or not at all, and only ever opened by the major version that made it. */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';

export const SUPERUSER = 'postgres';
export const DATABASE = 'ringside';

/** Sorting and case by ICU: `es` is the common order of all languages with ñ as a letter after n, so it serves every reader. */
const SORTING = ['--locale-provider=icu', '--icu-locale=es'];

/** Locales for character classes, best first; which of them exist is the system's matter. */
const CHARACTER_LOCALES = ['C.UTF-8', 'en_US.UTF-8', 'C'];

/** @returns whether the folder already holds a cluster. @throws Error when another major version made it */
export function checkCluster(clusterDir: string, binaries: Binaries): boolean {
  const file = join(clusterDir, 'PG_VERSION');
  if (!existsSync(file)) {
    if (existsSync(clusterDir) && readdirSync(clusterDir).length > 0)
      throw new Error(`${clusterDir} holds files but no PostgreSQL cluster`);
    return false;
  }
  const major = Number.parseInt(readFileSync(file, 'utf8'), 10);
  if (major === binaries.major) return true;
  throw new Error(
    `${clusterDir} was made by PostgreSQL ${major}, this Ringside runs ${binaries.major}: start the version of Ringside that made it, ` +
      'run "npx ringside backup" there, then start this one with an empty DATA_DIR and run "npx ringside restore"',
  );
}

/**
 * Makes a cluster beside `clusterDir` and moves it there when complete, so that a crash half way leaves nothing to mend.
 * @param durable false: nothing is synced to disk
 */
export async function makeCluster(clusterDir: string, binaries: Binaries, account: Account, durable: boolean): Promise<void> {
  const draft = `${clusterDir}.new`;
  let problem = '';
  for (const locale of CHARACTER_LOCALES) {
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { mode: 0o700 });
    giveTo(account, draft);
    const auth = ['--auth-local=trust', '--auth-host=reject', `--username=${SUPERUSER}`];
    const args = [
      '-D',
      draft,
      '--encoding=UTF8',
      ...SORTING,
      `--locale=${locale}`,
      ...auth,
      '--no-instructions',
      ...(durable ? [] : ['--no-sync']),
    ];
    problem = await runAs(account, binaries.initdb, args);
    if (!problem.includes('locale')) break;
  }
  if (problem !== '') throw new Error(`initdb failed: ${problem}`);
  const created = await runAs(account, binaries.postgres, ['--single', '-D', draft, 'template1'], `create database ${DATABASE}\n`);
  if (created !== '') throw new Error(`the database could not be created: ${created}`);
  renameSync(draft, clusterDir);
}

/** Lets the account own an existing folder, with all in it when it changes hands (another account than last time). */
export function giveTo(account: Account, folder: string): void {
  chmodSync(folder, 0o700);
  const { uid, gid } = account.owner;
  if (statSync(folder).uid === uid) return;
  execFileSync('chown', ['-RhP', `${uid}:${gid}`, folder], { stdio: ['ignore', 'ignore', 'pipe'] });
}

/** @returns what it complained about; empty when it succeeded */
function runAs(account: Account, binary: string, args: readonly string[], input = ''): Promise<string> {
  const { file, args: allArgs, ...identity } = account.wrap(binary, args);
  return new Promise((resolve) => {
    const child = spawn(file, allArgs, { ...identity, ...CHILD_WORLD, stdio: ['pipe', 'ignore', 'pipe'] });
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code) => resolve(code === 0 ? '' : complaint.trim() || `exit code ${code}`));
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

/** PostgreSQL gets none of Ringside's environment: SECRET_KEY is in there. `/`: the one folder every account may stand in. */
export const CHILD_WORLD = { cwd: '/', env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' } };
