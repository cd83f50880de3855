/** What the whole gate needs of a bare Debian 12 beside Node. */
import { existsSync } from 'node:fs';
import { must } from './command.ts';

/** Package → a file that tells that it is there. The Asterisk lab fetches its own packages without installing them. */
const PACKAGES = {
  chromium: '/usr/bin/chromium',
  'fonts-liberation': '/usr/share/fonts/truetype/liberation',
  'postgresql-15': '/usr/lib/postgresql/15/bin/pg_dump',
};

/** Installs what is missing. @returns what was installed. @throws Error in plain words */
export async function installPackages(): Promise<string[]> {
  const missing = Object.entries(PACKAGES)
    .filter(([, file]) => !existsSync(file))
    .map(([name]) => name);
  if (missing.length === 0) return [];
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error(`the gate needs ${missing.join(', ')} and installs them itself only as root on Debian 12`);
  }
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const patient = ['-q', '-o', 'Acquire::Retries=3', '-o', 'DPkg::Lock::Timeout=120'];
  await must('apt-get', [...patient, 'update'], { env });
  await must('apt-get', [...patient, '-y', '--no-install-recommends', 'install', ...missing], { env });
  return missing;
}
