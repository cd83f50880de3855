import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

/** A package of the same shape with nothing to download: the launcher, npm and the processes are real. */
let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'ringside-start-')));
  cpSync(join(import.meta.dirname, '..'), join(root, 'bin'), { recursive: true });
  writeFileSync(join(root, '.npmrc'), 'audit=false\n');
  writeLock('1.0.0');
  mkdirSync(join(root, 'src/server'), { recursive: true });
  for (const name of ['main', 'cli']) {
    const program = `
let count = 0;
process.on('SIGTERM', () => process.exit(7));
process.on('SIGINT', () => { count++; setTimeout(() => process.exit(40 + count), 300); });
process.exitCode = 3;
if (process.argv.includes('--stay')) setInterval(() => {}, 1000);
console.log(JSON.stringify({ name: '${name}', args: process.argv.slice(2), pid: process.pid }));`;
    writeFileSync(join(root, 'src/server', `${name}.ts`), program);
  }
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

test('installs at the first start, not at the second, again when the lock file changed', () => {
  expect(start().stderr).toContain('installed in');
  expect(start().stderr).not.toContain('install');
  writeLock('1.0.1');
  expect(start().stderr).toContain('installed in');
}, 60_000);

test('what `npm ci` did by hand is not done again, unless it left out something made for this machine', () => {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, object> };
  const there = { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0', optional: true, os: [process.platform] } };
  const other = { 'node_modules/c': { version: '1.0.0', optional: true, os: ['none'] } };
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ ...lock, packages: { ...lock.packages, ...there, ...other } }));
  mkdirSync(join(root, 'node_modules'));
  const list = join(root, 'node_modules/.package-lock.json');
  writeFileSync(list, JSON.stringify({ packages: { 'node_modules/a': there['node_modules/a'] } }));
  expect(start().stderr).toContain('installing');
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(list, JSON.stringify({ packages: there }));
  expect(start()).toMatchObject({ stderr: '', status: 3 });
}, 60_000);

test('an install that fails is told and leaves nothing that counts as installed', () => {
  writeFileSync(
    join(root, 'package.json'),
    JSON.stringify({ name: 'x', version: '1.0.0', dependencies: { 'not-in-the-lock-file': '1.0.0' } }),
  );
  const result = start();
  expect([result.status, result.stdout]).toEqual([1, '']);
  expect(result.stderr).toContain('npm ci failed');
  expect(existsSync(join(root, 'node_modules/.ringside-lock'))).toBe(false);
}, 60_000);

test('commands become the program’s first words, the rest is passed on, the exit code comes back', () => {
  expect(answer(start()).args).toEqual(['serve']);
  expect(answer(start('--role=web')).args).toEqual(['serve', '--role=web']);
  expect(answer(start('start', '--role=web', 'x y')).args).toEqual(['serve', '--role=web', 'x y']);
  expect(answer(start('demo')).args).toEqual(['serve', '--demo']);
  expect(start().status).toBe(3);
  expect(start('strat').stderr).toContain('unknown command "strat": there are start, demo, test, bench');
}, 60_000);

test('the command line gets its words as they are and prints nothing of its own', () => {
  const result = launch('ringside.mjs', ['backup', '--json']);
  expect(answer(result)).toMatchObject({ name: 'cli', args: ['backup', '--json'] });
  expect([result.status, result.stderr]).toEqual([3, '']);
});

test('the portal is built when its sources changed, and only then', () => {
  start();
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  mkdirSync(join(root, 'node_modules/vite/bin'), { recursive: true });
  writeFileSync(vite, `require('fs').mkdirSync('dist/web', { recursive: true }); require('fs').appendFileSync('built', 'x')`);
  mkdirSync(join(root, 'src/web'), { recursive: true });
  const builds = (): number => (existsSync(join(root, 'built')) ? readFileSync(join(root, 'built'), 'utf8').length : 0);
  writeFileSync(join(root, 'src/web/index.html'), '<p>');
  expect(start().stderr).toContain('built the portal in');
  start();
  expect(builds()).toBe(1);
  writeFileSync(join(root, 'src/web/index.html'), '<b>');
  start();
  expect(builds()).toBe(2);
}, 60_000);

test('a stop signal reaches the program, whose exit code comes back', async () => {
  start();
  const { launcher } = await stay();
  launcher.kill('SIGTERM');
  expect((await once(launcher, 'exit'))[0]).toBe(7);
}, 60_000);

test('one Ctrl-C, sent by terminal and npm both, reaches the program once', async () => {
  start();
  const { launcher } = await stay();
  launcher.kill('SIGINT');
  await new Promise((resolve) => setImmediate(resolve));
  launcher.kill('SIGINT');
  expect((await once(launcher, 'exit'))[0]).toBe(41);
}, 60_000);

if (process.platform === 'linux') {
  test('kill -9 of the launcher leaves no program behind', async () => {
    start();
    const { launcher, pid } = await stay();
    launcher.kill('SIGKILL');
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 10_000, interval: 20 });
  }, 60_000);
}

/** A dead process that its new parent has not looked at yet does not count. */
function isRunning(pid: number): boolean {
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) && !/\) [ZX] /.test(readFileSync(stat, 'utf8'));
}

function writeLock(version: string): void {
  const name = 'ringside-launcher-test';
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name, version, type: 'module' }));
  const packages = { '': { name, version } };
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ name, version, lockfileVersion: 3, requires: true, packages }));
}

interface Result {
  status: number | null;
  stdout: string;
  stderr: string;
}

function start(...args: string[]): Result {
  return launch('start.mjs', args);
}

function launch(script: string, args: string[]): Result {
  return spawnSync(process.execPath, [join(root, 'bin', script), ...args], { encoding: 'utf8', cwd: tmpdir() });
}

function answer(result: Result): { name: string; args: string[] } {
  return JSON.parse(result.stdout) as { name: string; args: string[] };
}

async function stay(): Promise<{ launcher: ChildProcess; pid: number }> {
  const launcher = spawn(process.execPath, [join(root, 'bin/start.mjs'), '--stay'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface({ input: launcher.stdout }), 'line')) as [string];
  return { launcher, pid: (JSON.parse(line) as { pid: number }).pid };
}
