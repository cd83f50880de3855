/**
 * Makes `fixtures/asterisk-22.json` from recorded traffic of a real Asterisk:
 *   node src/server/simulator/testing/excerpt.ts FOLDER > src/server/simulator/fixtures/asterisk-22.json
 * FOLDER holds one file per scenario, recorded by a user who may read everything, with timestampevents.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { reduce, type Reduced } from './reduce.ts';

const SCENARIOS = new Set([
  'inbound-answered',
  'outbound-answered',
  'internal-answered',
  'caller-cancels',
  'outbound-busy',
  'outbound-unknown-number',
  'outbound-congestion',
  'noanswer-to-voicemail',
  'busy-to-voicemail-hangup',
  'hold-unhold',
  'blind-transfer-sip',
  'attended-transfer-sip',
  'ring-group',
  'ivr-to-queue',
  'queue-answered-caller-hangs-up',
  'queue-answered-agent-hangs-up',
  'queue-ringall',
  'queue-abandon',
  'queue-timeout',
  'parking',
]);

const folder = process.argv[2] ?? '.';
const shapes: Record<string, Set<string>> = {};
const scenarios: Record<string, Reduced['legs']> = {};
for (const file of readdirSync(folder).filter((name) => name.endsWith('.txt'))) {
  const reduced = reduce(readFileSync(join(folder, file), 'utf8'));
  for (const [event, lists] of Object.entries(reduced.shapes)) for (const list of lists) (shapes[event] ??= new Set()).add(list);
  const name = basename(file, '.txt');
  if (SCENARIOS.has(name)) scenarios[name] = reduced.legs;
}
const sorted = Object.keys(shapes)
  .toSorted()
  .map((event) => [event, [...(shapes[event] ?? [])].toSorted()] as const);
process.stdout.write(`${JSON.stringify({ shapes: Object.fromEntries(sorted), scenarios }, null, 1)}\n`);
