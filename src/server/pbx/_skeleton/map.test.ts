import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createMapper } from './map.ts';
import { Happened } from './wire.ts';

/** What the phone system really said: each fixture is a recording. */
function recorded(name: string): Happened[] {
  const text = readFileSync(path.join(import.meta.dirname, 'fixtures', `${name}.jsonl`), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => Happened.parse(JSON.parse(line)));
}

test('a call that nobody takes rings and ends on both sides, and is never answered', () => {
  const mapper = createMapper(0);
  const told = recorded('missed').map((event) => mapper.live(event, event.at, 0));
  expect(told.map((event) => event.type)).toEqual(['leg.started', 'leg.started', 'leg.ringing', 'leg.ended', 'leg.ended']);
  expect(told[0]).toMatchObject({
    call: 'c',
    kind: 'device',
    device: 'phone-101',
    party: { number: '101', name: 'Ana Ruiz' },
    dialled: '102',
    keys: ['name:phone-101'],
  });
});

test('numbers go on where the last session ended, without a hole', () => {
  const mapper = createMapper(7);
  const [first] = recorded('missed');
  const snapshot = mapper.snapshot([], 1_000, { epoch: 'run-1', restarted: false });
  const told = first && mapper.live(first, first.at, 0);
  expect([...snapshot, told].map((event) => event?.seq)).toEqual([7, 8, 9]);
});

test('the times of a clock that runs ahead are set back', () => {
  const [first] = recorded('missed');
  expect(first && createMapper(0).live(first, first.at - 60_000, 60_000).at).toBe((first?.at ?? 0) - 60_000);
});

test('a running call stands in the snapshot with its state and its bridge', () => {
  const leg = { leg: 'a', call: 'c', device: 'phone-101', number: '101', name: 'Ana Ruiz', up: true, bridge: 'x' };
  const told = createMapper(0).snapshot([leg], 1_000, { epoch: 'run-1', restarted: true });
  expect(told).toMatchObject([
    { type: 'snapshot.started', restarted: true, epoch: 'run-1', gap: true },
    { type: 'leg.started', leg: 'a', up: true, origin: 'snapshot' },
    { type: 'leg.bridged', leg: 'a', bridge: 'x' },
    { type: 'snapshot.completed' },
  ]);
});
