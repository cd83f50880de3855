import { expect, test } from 'vitest';
import { filesUnder, foldersOf, linesOf, ROOT, textOf } from './tree.ts';
import { existsSync } from 'node:fs';
import path from 'node:path';

const HOUSES = ['src/server/modules', 'src/server/platform', 'src/server/pbx']
  .flatMap(foldersOf)
  .filter((folder) => !folder.endsWith('/testing'));
const README_LINES = 40;
const HARD_LIMIT = 500;
const MEDIAN = 100;

const sources = [...filesUnder('src', '.ts', '.tsx'), ...filesUnder('bin', '.ts', '.mjs')].filter((file) => !file.endsWith('db/schema.ts'));

test.each(HOUSES)('%s says in its README what it owns, briefly', (folder) => {
  const readme = `${folder}/README.md`;
  expect(existsSync(path.join(ROOT, readme)), `${readme} is missing`).toBe(true);
  expect(linesOf(readme)).toBeLessThanOrEqual(README_LINES);
});

test('no file is longer than 500 lines, style sheets included', () => {
  const long = [...sources, ...filesUnder('src', '.css'), ...filesUnder('test', '.ts'), ...filesUnder('lab', '.ts')].filter(
    (file) => linesOf(file) > HARD_LIMIT,
  );
  expect(long).toEqual([]);
});

test('half of the files fit on a page and a half', () => {
  const lines = sources.map(linesOf).sort((a, b) => a - b);
  expect(lines[Math.floor(lines.length / 2)]).toBeLessThanOrEqual(MEDIAN);
});

test('no test is skipped, tried again or the only one', () => {
  const marked = [...filesUnder('src', '.test.ts', '.test.tsx'), ...filesUnder('test', '.ts'), ...filesUnder('lab', '.ts')].filter((file) =>
    /\b(it|test|describe)\.(skip|only|todo|skipIf|runIf|fails)\b|\bretry:\s*[1-9]/.test(textOf(file)),
  );
  expect(marked.filter((file) => file !== 'test/architecture/folders.test.ts')).toEqual([]);
});

test('nothing switches the type checker off', () => {
  const off = sources.filter((file) => /@ts-(ignore|nocheck|expect-error)/.test(textOf(file)));
  expect(off).toEqual([]);
});

test('a lint rule is only set aside with a reason', () => {
  const bare = sources.flatMap((file) =>
    [...textOf(file).matchAll(/(ox|es)lint-disable(?!.* -- \w)[^\n]*/g)].map(([comment]) => `${file}: ${comment}`),
  );
  expect(bare).toEqual([]);
});
