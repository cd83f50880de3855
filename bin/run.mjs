#!/usr/bin/env node
/**
 * What the one-word commands of this folder begin with: install if the lock file changed, then go on under the
 * pinned Node. Uses nothing but what Node 20 brings.
 */
import { install } from './launch/install.mjs';
import { run } from './launch/run.mjs';
import { pinnedNode } from './launch/runtime.mjs';

try {
  await install();
  await run(pinnedNode(), process.argv.slice(2), { ownGroup: false });
} catch (error) {
  console.error(`Ringside: ${error.message}`);
  process.exitCode = 1;
}
