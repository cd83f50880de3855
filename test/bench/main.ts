/** `npm run bench [-- part ...]`: measures, prints a table, keeps the figures. Loads are bounded and on loopback. */
import { commitNow, describeMachine } from './machine.ts';
import { printFigures, writeReport, type Figure } from './figures.ts';
import { measureAmi } from './parts/ami.ts';

const PARTS: Record<string, () => Promise<Figure[]>> = { ami: measureAmi };

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !Object.hasOwn(PARTS, name));
if (unknown !== undefined) {
  process.stderr.write(`there is no part "${unknown}": there are ${Object.keys(PARTS).join(', ')}\n`);
  process.exit(2);
}
const machine = describeMachine('');
const figures: Figure[] = [];
for (const [name, measure] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const began = performance.now();
  figures.push(...(await measure()));
  process.stderr.write(`${name}: ${((performance.now() - began) / 1000).toFixed(0)} s\n`);
}
printFigures(figures);
await writeReport({ date: new Date().toISOString(), commit: commitNow(), command: ['npm run bench', ...asked].join(' '), machine, figures });
