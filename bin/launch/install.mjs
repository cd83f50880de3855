/** `npm ci` when the lock file changed since the last one. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { carriedNode, isNewEnough, NODE_PACKAGE, ROOT } from './runtime.mjs';

const MODULES = join(ROOT, 'node_modules');
const MARK = join(MODULES, '.ringside-lock');

/** @returns {Promise<boolean>} whether anything was installed. @throws Error in plain words */
export async function install() {
  const lockText = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
  const hash = createHash('sha256').update(lockText).digest('hex');
  if (existsSync(MARK) && readFileSync(MARK, 'utf8') === hash) return false;
  const lock = JSON.parse(lockText);
  const needed = !installedByHand(lock);
  if (needed) {
    console.error('Ringside: installing …');
    npmCi(lock);
  }
  mkdirSync(MODULES, { recursive: true });
  writeFileSync(MARK, hash);
  return needed;
}

/** Someone may have run `npm ci`: npm keeps a list of what it put there. */
function installedByHand(lock) {
  const list = join(MODULES, '.package-lock.json');
  if (!existsSync(list)) return false;
  const there = JSON.parse(readFileSync(list, 'utf8')).packages;
  return Object.entries(lock.packages).every(([path, { version, optional, os, cpu, libc }]) => {
    if (path === '') return true;
    // Of optional packages only those made for a platform can be told to be for this one.
    if (optional && !(fits(os, process.platform) && fits(cpu, process.arch) && fits(libc, libcName()))) return true;
    if (optional && os === undefined) return true;
    return there[path] !== undefined && there[path].version === version;
  });
}

function fits(list, mine) {
  return list === undefined || list.includes(mine);
}

function libcName() {
  return process.report.getReport().header.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
}

/**
 * npm leaves out, without a word, optional packages whose `engines` exclude the Node that it runs on, so it must run on the
 * Node that Ringside runs on; and that Node must not lie in the folder that `npm ci` begins by deleting.
 */
function npmCi(lock) {
  const aside = mkdtempSync(join(tmpdir(), 'ringside-install-'));
  try {
    const node = nodeOutside(aside, lock);
    npm(node, ROOT, ['ci', '--include=dev']);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function nodeOutside(aside, lock) {
  const carried = carriedNode();
  if (carried !== null) {
    const copy = join(aside, 'node');
    copyFileSync(carried, copy);
    return copy;
  }
  if (isNewEnough()) return process.execPath;
  const path = `node_modules/${NODE_PACKAGE}`;
  const entry = lock.packages[path];
  // No such package for this machine: the Node at hand does the install, and pinnedNode() says what is missing.
  if (entry === undefined) return process.execPath;
  const dependencies = { [NODE_PACKAGE]: entry.version };
  const wanted = {
    name: 'runtime',
    lockfileVersion: 3,
    requires: true,
    packages: { '': { dependencies }, [path]: { ...entry, optional: false } },
  };
  writeFileSync(join(aside, 'package.json'), JSON.stringify({ name: 'runtime', dependencies }));
  writeFileSync(join(aside, 'package-lock.json'), JSON.stringify(wanted));
  copyFileSync(join(ROOT, '.npmrc'), join(aside, '.npmrc'));
  npm(process.execPath, aside, ['ci', '--ignore-scripts']);
  return join(aside, path, 'bin', 'node');
}

function npm(node, folder, args) {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  // Install scripts call `node`: they too get the one that npm runs on.
  const PATH = `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`;
  const result = spawnSync(node, [npmCli(), ...args, ...quiet], { cwd: folder, stdio: ['ignore', 2, 2], env: { ...process.env, PATH } });
  if (result.error) throw result.error;
  if (result.status !== 0) throw new Error(`npm ${args[0]} failed (its words are above)`);
}

/** npm as a script, so that any Node can run it. */
function npmCli() {
  const name = 'npm-cli.js';
  const own = join(dirname(dirname(process.execPath)), 'lib/node_modules/npm/bin', name);
  const onPath = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'npm'));
  const found = [process.env.npm_execpath ?? '', ...onPath, own].filter((path) => existsSync(path)).map((path) => realpathSync(path));
  const script = found.find((path) => path.endsWith(name) && !path.startsWith(MODULES));
  if (script === undefined) throw new Error('npm was not found: install Node with npm');
  return script;
}
