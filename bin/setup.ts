/** `bin/setup`: says what this machine can do. Installing was done by bin/run.mjs before this began. */
import { hasPostgres15 } from './gate/postgres15.ts';
import { testStages } from './gate/vitest.ts';

console.log(`Ringside is installed and runs on Node ${process.versions.node}.\n`);
console.log('  bin/dev        server and portal, both reloading');
console.log('  bin/test x     the tests whose file name holds x');
console.log('  bin/ci         the whole gate\n');
for (const { name, hindrance } of testStages([])) {
  const why = hindrance();
  console.log(why === null ? `  tests of "${name}" run here` : `  tests of "${name}" do not run here: ${why}`);
}
if (!hasPostgres15()) console.log('\n  bin/gen leaves db/schema.sql as it is: that needs the Debian package postgresql-15');
