#!/usr/bin/env node
/**
 * Run it after every change of dependencies: adds to package-lock.json the optional packages made for other
 * machines. npm writes down only those that the registry at hand offers, yet `npm ci` refuses to begin while
 * one that some package names is missing, even where it would never be installed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './launch/runtime.mjs';

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

const path = join(ROOT, 'package-lock.json');
const lock = JSON.parse(readFileSync(path, 'utf8'));
let added = 0;
for (const [where, { dev, optionalDependencies }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies ?? {})) {
    if (isFound(where, name)) continue;
    const machine = machineOf(name);
    if (machine === null || !/^\d+\.\d+\.\d+/.test(version)) {
      console.error(`${name}@${version} (of ${where || 'package.json'}) is missing, and its machine or version cannot be told`);
      process.exitCode = 1;
      continue;
    }
    lock.packages[`node_modules/${name}`] = { version, ...machine, ...(dev ? { dev } : {}), optional: true };
    added++;
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} packages for other machines added`);

/** As Node looks it up: in the package's own node_modules, then in each one above. */
function isFound(where, name) {
  for (let folder = where; ; folder = folder.replace(/\/?node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
    if (lock.packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`] !== undefined) return true;
    if (folder === '') return false;
  }
}

/** Such packages bear their machine in their name: `binding-linux-arm64-gnu`. */
function machineOf(name) {
  const words = name.split(/[/-]/);
  const os = SYSTEMS.find((system) => words.includes(system));
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  if (cpu === undefined || (os === undefined && cpu !== 'wasm32')) return null;
  const libc = words.some((word) => word.startsWith('musl')) ? 'musl' : 'glibc';
  const namesLibc = os === 'linux' && words.some((word) => /^(musl|gnu)/.test(word));
  return { cpu: [cpu], ...(namesLibc ? { libc: [libc] } : {}), ...(os === undefined ? {} : { os: [os] }) };
}
