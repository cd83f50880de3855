/** Builds the portal when its sources changed since the last build. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './runtime.mjs';

/** What the built portal depends on. */
const SOURCES = ['src/web', 'src/contract', 'vite.config.ts', 'lingui.config.ts', 'package-lock.json'];
const MARK = join(ROOT, 'dist/web/.hash');

/**
 * @param {string} node
 * @returns {Promise<boolean>} whether it was built. @throws Error in plain words
 */
export async function buildPortal(node) {
  if (!existsSync(join(ROOT, 'src/web/index.html'))) return false;
  const hash = hashOf(SOURCES.flatMap(filesIn));
  if (existsSync(MARK) && readFileSync(MARK, 'utf8') === hash) return false;
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  const result = spawnSync(node, [vite, 'build', '--logLevel', 'warn'], { cwd: ROOT, stdio: ['ignore', 2, 2] });
  if (result.error) throw result.error;
  if (result.status !== 0) throw new Error('the portal could not be built (vite says why above)');
  writeFileSync(MARK, hash);
  return true;
}

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths.sort())
    hash.update(
      `${path}\0${createHash('sha256')
        .update(readFileSync(join(ROOT, path)))
        .digest('hex')}\n`,
    );
  return hash.digest('hex');
}

/** @returns {string[]} the files at or below a path; tests are no part of the portal */
function filesIn(path) {
  const full = join(ROOT, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [path];
  return readdirSync(full).flatMap((name) => (/\.test\.tsx?$/.test(name) ? [] : filesIn(`${path}/${name}`)));
}
