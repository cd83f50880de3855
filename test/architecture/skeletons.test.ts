import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectorCopies, pageCopies, resourceCopies } from '../../bin/scaffold/copy.ts';
import { namesOf, singularOf } from '../../bin/scaffold/names.ts';
import { ROOT } from './tree.ts';

describe('names', () => {
  test('one of many is found for ordinary words, and asked for otherwise', () => {
    expect(['holidays', 'companies', 'boxes', 'on-call-shifts'].map(singularOf)).toEqual(['holiday', 'company', 'box', 'on-call-shift']);
    expect(() => singularOf('sheep')).toThrow(/one of "sheep"/);
  });

  test('what cannot be a folder, a table and a type at once is no name', () => {
    for (const name of ['Holidays', '1st', 'a--b', 'a_b', '../x', '']) expect(() => namesOf(name), name).toThrow(/is no name/);
    expect(namesOf('on-call-shifts')).toMatchObject({ camel: 'onCallShifts', pascal: 'OnCallShifts', snake: 'on_call_shifts' });
  });
});

describe('what bin/new writes', () => {
  test.each([
    ['resource', resourceCopies(ROOT, 'on-call-shifts')],
    ['connector', connectorCopies(ROOT, 'three-cx')],
    ['page', pageCopies(ROOT, 'on-call-shifts')],
  ])('a %s has nothing of the skeleton in it', (_, copies) => {
    const left = copies
      .flatMap(({ file, text }) => [file, ...text.split('\n')])
      .filter((line) => /skeleton/i.test(line) && !/SkeletonRows/.test(line));
    expect(left).toEqual([]);
  });
});

describe('a copy of each, in a copy of the project', () => {
  const RESOURCE = 'on-call-shifts';
  const CONNECTOR = 'three-cx';
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'ringside-new-'));
    const parts = ['bin', 'db', 'lab', 'src', 'test', 'package.json', 'package-lock.json'];
    const settings = [
      'tsconfig.base.json',
      'tsconfig.json',
      'tsconfig.web.json',
      'vite.config.ts',
      'vitest.config.ts',
      'lingui.config.ts',
      '.oxfmtrc.json',
      'oxlint.config.ts',
    ];
    for (const part of [...parts, ...settings]) await cp(path.join(ROOT, part), path.join(folder, part), { recursive: true });
    await symlink(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
    for (const [kind, name] of [
      ['resource', RESOURCE],
      ['connector', CONNECTOR],
      ['page', RESOURCE],
    ] as const)
      await node('bin/new.ts', kind, name);
    const list = path.join(folder, 'src/server/pbx/connectors.ts');
    await writeFile(list, `${await readFile(list, 'utf8')}export { threeCx } from './${CONNECTOR}/connector.ts';\n`);
    const generated = await node('bin/gen.ts');
    expect(generated).toContain('wrote src/server/platform/db/schema.ts');
  }, 120_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('refuses to write over what is there', async () => {
    await expect(node('bin/new.ts', 'connector', CONNECTOR)).rejects.toThrow(/is there already/);
  });

  test('compiles and passes lint and format', async () => {
    const written = /on-call-shifts|three-cx|OnCallShift|pbx\/connectors|assemble\.ts|contract\/index/;
    const types = await Promise.all(
      ['tsconfig.json', 'tsconfig.web.json'].map((project) => said('node_modules/typescript/bin/tsc', '-p', project)),
    );
    const lint = await said('node_modules/oxlint/bin/oxlint', '-f', 'unix', 'src', 'test');
    const format = await said('node_modules/oxfmt/bin/oxfmt', '--list-different', 'src', 'test');
    expect(
      [...types, lint, format]
        .join('\n')
        .split('\n')
        .filter((line) => written.test(line)),
    ).toEqual([]);
  }, 120_000);

  test('the connector passes conformance by its one line', async () => {
    const told = await vitest('unit', 'src/server/pbx/testing', `src/server/pbx/${CONNECTOR}`);
    expect(told).toMatch(/the three-cx connector/);
    expect(told).not.toMatch(/failed/);
  }, 120_000);

  test('the resource answers over HTTP from its own table', async () => {
    expect(await vitest('http', `src/server/modules/${RESOURCE}`)).toMatch(/6 passed/);
  }, 120_000);

  test('the page draws its states', async () => {
    expect(await vitest('web', `src/web/features/${RESOURCE}`)).toMatch(/3 passed/);
  }, 120_000);

  function vitest(project: string, ...filters: string[]): Promise<string> {
    return node('node_modules/vitest/vitest.mjs', 'run', '--project', project, '--reporter=verbose', '--no-color', ...filters);
  }

  /** @throws Error with its words when it fails */
  function node(...args: string[]): Promise<string> {
    return new Promise((resolve, reject) => {
      execFile(process.execPath, args, { cwd: folder, env: ENV, maxBuffer: 1 << 24 }, (error, stdout, stderr) =>
        error === null ? resolve(stdout) : reject(new Error(`${stdout}\n${stderr}`)),
      );
    });
  }

  /** What a tool finds, whether or not it minds. */
  function said(...args: string[]): Promise<string> {
    return node(...args).catch((error: unknown) => String(error));
  }
});

/** The run inside is one of its own: it must not take itself for a worker of this one. */
const ENV = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_OPTIONS|TEST_DATABASE|FORCE_COLOR)/.test(name)),
);
