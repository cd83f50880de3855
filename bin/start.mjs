#!/usr/bin/env node
/**
 * `npm start` and its sisters: install if the lock file changed, build the portal if it is stale, go on under
 * the pinned Node. Uses nothing but what Node 20 brings, for it runs before anything is installed.
 */
import { buildPortal } from './launch/build.mjs';
import { install } from './launch/install.mjs';
import { run } from './launch/run.mjs';
import { pinnedNode } from './launch/runtime.mjs';

/** Command → the program behind it, with what it is told first. */
const COMMANDS = {
  start: ['src/server/main.ts', 'serve'],
  demo: ['src/server/main.ts', 'serve', '--demo'],
  test: ['bin/test.ts'],
  bench: ['test/bench/main.ts'],
};

const given = process.argv.slice(2);
const named = given[0] !== undefined && !given[0].startsWith('-');
const command = named ? given[0] : 'start';
const rest = named ? given.slice(1) : given;

try {
  if (!Object.hasOwn(COMMANDS, command)) throw new Error(`unknown command "${command}": there are ${Object.keys(COMMANDS).join(', ')}`);
  await timed('installed', install);
  const node = pinnedNode();
  await timed('built the portal', () => buildPortal(node));
  const [program, ...first] = COMMANDS[command];
  // In a group of its own: Ctrl-C reaches this process, which passes it on once however many send it.
  await run(node, [program, ...first, ...rest], { ownGroup: true });
} catch (error) {
  console.error(`Ringside: ${error.message}`);
  process.exitCode = 1;
}

/** @param {() => Promise<boolean>} work tells whether there was anything to do */
async function timed(what, work) {
  const began = performance.now();
  if (await work()) console.error(`Ringside: ${what} in ${((performance.now() - began) / 1000).toFixed(1)} s`);
}
