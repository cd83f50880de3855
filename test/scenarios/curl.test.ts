/** The README's walk by curl, run as it is printed there. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApiClient } from '../../src/server/modules/identity/index.ts';
import { systemClock } from '../../src/server/platform/clock/index.ts';
import { startSimulatedPbx, type SimulatedPbx } from '../../src/server/simulator/index.ts';
import { startTestRingside, until, type TestRingside } from '../harness/ringside.ts';

let house: TestRingside;
let pbx: SimulatedPbx;
let folder: string;
beforeAll(async () => {
  [house, pbx, folder] = await Promise.all([
    startTestRingside(),
    startSimulatedPbx({ seed: 3 }),
    mkdtemp(path.join(tmpdir(), 'ringside-curl-')),
  ]);
  await house.setUp();
});
afterAll(async () => {
  await house.stop();
  await pbx.stop();
  await rm(folder, { recursive: true });
});

test('the README leads from the token to the people and the call list', async () => {
  const script = await curlScript();
  const { clientId, clientSecret } = await createApiClient(house.ringside.services.database, systemClock, { name: 'curl', tenantId: null });
  const env = {
    PATH: process.env['PATH'] ?? '',
    RINGSIDE: house.url,
    CLIENT_ID: clientId,
    CLIENT_SECRET: clientSecret,
    PBX_HOST: pbx.host,
    PBX_PORT: String(pbx.port),
    PBX_USER: pbx.user,
    PBX_SECRET: pbx.secret,
  };
  const people = pbx.companies[0]?.people ?? [];
  const placed = script.indexOf('# Its people');
  const bash = (text: string): Promise<{ stdout: string }> =>
    promisify(execFile)('bash', ['-euc', text], { cwd: folder, env, timeout: 40_000 });
  const first = await bash(`${script.slice(0, placed)}\ndeclare -p TOKEN CUSTOMER > state; declare -f >> state`);
  expect(first.stdout.trim().split('\n')).toEqual(['connect done', 'discover done', 'sync done', 'monitor done']);
  const call = pbx.place({ kind: 'internal', caller: people[0]?.extension ?? '', to: people[1]?.extension ?? '' });
  await call.done;
  await until(async () => (await house.db.rows('select from calls where ended_at is not null')).length > 0);
  const { stdout } = await bash(`RINGSIDE=${house.url}; source state\n${script.slice(placed)}`);
  for (const person of people) expect(stdout).toContain(`${person.extension} ${person.name}`);
  expect(stdout).toMatch(new RegExp(`internal ${people[0]?.extension} ${people[1]?.extension} answered`));
});

async function curlScript(): Promise<string> {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const script = /<!-- curl:[^>]*-->\s*```bash\n([^]*?)```/.exec(readme)?.[1];
  if (script === undefined) throw new Error('the README has no curl walk any more');
  return script;
}
