/** The files of the project, for tests that look at how it is built. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../..');

const NOT_OURS = new Set(['node_modules', 'dist', 'data', 'fixtures', 'locales', 'bench-results', 'test-results']);

/** Paths below the project's folder of all files under `folder` with one of these endings. */
export function filesUnder(folder: string, ...endings: string[]): string[] {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => !NOT_OURS.has(entry.name))
    .flatMap((entry) => {
      const name = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return filesUnder(name, ...endings);
      return endings.some((ending) => name.endsWith(ending)) ? [name] : [];
    })
    .sort();
}

/** The folders right under `folder` that hold anything. */
export function foldersOf(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && readdirSync(path.join(ROOT, folder, entry.name)).length > 0)
    .map((entry) => `${folder}/${entry.name}`)
    .sort();
}

export function textOf(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

export function linesOf(file: string): number {
  return textOf(file).trimEnd().split('\n').length;
}
