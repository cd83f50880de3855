/**
 * `npm test [part of a file name ...]`: every test that this machine can run. What it cannot run is named with the
 * reason; bin/ci takes the same for a failure.
 */
import { runStages, sumOf, table } from './gate/stages.ts';
import { testStages } from './gate/vitest.ts';

const stages = testStages(process.argv.slice(2)).map((stage) => ({ ...stage, hindered: stage.hindrance() }));
const able = stages.filter(({ hindered }) => hindered === null);
const unable = stages.filter(({ hindered }) => hindered !== null);

const told = await runStages(able);
const { passed, failed, skipped } = sumOf(told);
console.log(`\n${table(told)}`);
for (const { name, hindered } of unable) console.log(`\nskipped: every test of "${name}": ${hindered}`);
console.log(`\n${passed} passed, ${failed} failed, ${skipped + unable.length} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
