#!/usr/bin/env node
/** `npx ringside …`: the command line, under the pinned Node whatever Node npx found. */
import { run } from './launch/run.mjs';
import { pinnedNode } from './launch/runtime.mjs';

try {
  await run(pinnedNode(), ['src/server/cli.ts', ...process.argv.slice(2)], { ownGroup: false });
} catch (error) {
  console.error(`ringside: ${error.message}`);
  process.exitCode = 1;
}
