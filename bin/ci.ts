/** `bin/ci [stage ...]`: the whole gate, in order, with the minutes of each stage. Whatever could not run has failed. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT, script } from './gate/command.ts';
import { installPackages } from './gate/debian.ts';
import { API_DOCUMENT, DATABASE_SCHEMA, DATABASE_TYPES, ERROR_PAGE, type Generated } from './gate/generate.ts';
import { startPostgres15 } from './gate/postgres15.ts';
import { smokeStart } from './gate/smoke.ts';
import { FAILED, PASSED, runStages, sumOf, table, type Counts, type Stage } from './gate/stages.ts';
import { runProject, testStages } from './gate/vitest.ts';

process.env['CI'] = 'true';

const wanted = process.argv.slice(2);
const stages: Stage[] = [
  { name: 'machine', run: machine },
  { name: 'format', run: () => tool('oxfmt/bin/oxfmt', '--check') },
  { name: 'lint', run: () => tool('oxlint/bin/oxlint') },
  { name: 'types', run: () => tool('typescript/bin/tsc', '-p', 'tsconfig.json') },
  { name: 'types of the portal', run: () => tool('typescript/bin/tsc', '-p', 'tsconfig.web.json') },
  // Parts of these run in the page.
  { name: 'types of the journeys', run: () => tool('typescript/bin/tsc', '-p', 'test/e2e/tsconfig.json') },
  { name: 'dead code', run: () => tool('knip/bin/knip.js', '--no-progress') },
  { name: 'generated files', run: () => unchanged(API_DOCUMENT, ERROR_PAGE, DATABASE_TYPES) },
  { name: 'migrations', run: () => unchanged(DATABASE_SCHEMA) },
  ...testStages([]).map(({ name, hindrance, run }) => ({ name, run: () => whole(hindrance(), run) })),
  { name: 'http on PostgreSQL 15', run: onPostgres15 },
  { name: 'production build', run: () => tool('vite/bin/vite.js', 'build', '--logLevel', 'warn') },
  { name: 'smoke start', run: smokeStart },
];
const unknown = wanted.filter((name) => !stages.some((stage) => stage.name === name));
if (unknown.length > 0) {
  console.error(`no stage ${unknown.join(', ')}; there are: ${stages.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

const told = await runStages(stages.filter(({ name }) => wanted.length === 0 || wanted.includes(name)));
const { passed, failed } = sumOf(told);
console.log(`\n${table(told)}\n\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function machine(): Promise<Counts> {
  const installed = await installPackages();
  if (installed.length > 0) console.log(`installed ${installed.join(', ')}`);
  return PASSED;
}

async function tool(name: string, ...args: string[]): Promise<Counts> {
  const { code } = await script(name, args);
  return code === 0 ? PASSED : FAILED;
}

/** A generated file that differs from what is made now tells of a forgotten `bin/gen`. */
async function unchanged(...files: Generated[]): Promise<Counts> {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { file, make } of files) {
    const [there, made] = [await readFile(path.join(ROOT, file), 'utf8').catch(() => ''), await make()];
    if (there === made) {
      sum.passed += 1;
      continue;
    }
    sum.failed += 1;
    console.error(`${file} is not what bin/gen makes; its first other line: ${firstOther(there, made)}`);
  }
  return sum;
}

function firstOther(there: string, made: string): string {
  const before = there.split('\n');
  const after = made.split('\n');
  const at = after.findIndex((line, index) => line !== before[index]);
  return `${at + 1}: "${before[at] ?? ''}" is now "${after[at] ?? ''}"`;
}

/** Here a test that is skipped, or a stage without any, is no better than one that fails. */
async function whole(hindrance: string | null, run: () => Promise<Counts>): Promise<Counts> {
  if (hindrance !== null) throw new Error(hindrance);
  const { passed, failed, skipped } = await run();
  if (skipped > 0) console.error(`${skipped} skipped tests count as failed`);
  return { passed, failed: failed + skipped, skipped: 0 };
}

async function onPostgres15(): Promise<Counts> {
  const server = await startPostgres15();
  try {
    return await whole(null, () => runProject('http', [], { TEST_DATABASE_ADMIN_URL: server.adminUrl }));
  } finally {
    await server.stop();
  }
}
