import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../platform/clock/index.ts';
import { Intake, MAX_BEHIND_BYTES } from './intake.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('intake', () => {
  it('works a chunk off at once when nothing is behind', () => {
    const worked: string[] = [];
    const intake = new Intake(
      new ManualClock(7),
      (chunk, at) => void worked.push(`${chunk.toString()}@${at}`),
      () => {},
    );
    intake.push(Buffer.from('a'));
    expect(worked).toEqual(['a@7']);
  });

  it('gives others their turn: slow work goes on later, in order, with the time it was read', async () => {
    const clock = new ManualClock(0);
    const worked: string[] = [];
    const intake = new Intake(
      clock,
      (chunk, at) => (clock.advance(5), void worked.push(`${chunk.toString()}@${at}`)),
      () => {},
    );
    for (const name of ['a', 'b', 'c', 'd']) intake.push(Buffer.from(name));
    expect(worked).toEqual(['a@0']);
    await turn();
    expect(worked).toEqual(['a@0', 'b@5', 'c@5']);
    await turn();
    expect(worked).toEqual(['a@0', 'b@5', 'c@5', 'd@5']);
  });

  it('gives the session up instead of keeping more than it may', () => {
    const failures: unknown[] = [];
    const intake = new Intake(
      new ManualClock(),
      () => {},
      (error) => void failures.push(error),
    );
    const chunk = Buffer.alloc(1 << 20);
    for (let bytes = 0; bytes <= MAX_BEHIND_BYTES + chunk.length; bytes += chunk.length) intake.push(chunk);
    expect(failures).toMatchObject([{ failure: 'closed' }]);
  });

  it('tells when all is worked off, at once when nothing waits', async () => {
    const told: string[] = [];
    const intake = new Intake(
      new ManualClock(),
      (chunk) => void told.push(chunk.toString()),
      () => {},
    );
    intake.whenEmpty(() => told.push('empty'));
    intake.push(Buffer.from('a'));
    intake.push(Buffer.from('b'));
    intake.whenEmpty(() => told.push('empty again'));
    await turn();
    expect(told).toEqual(['empty', 'a', 'b', 'empty again']);
  });

  it('ends with what the work throws, and works no more', async () => {
    const failures: unknown[] = [];
    let worked = 0;
    const intake = new Intake(
      new ManualClock(),
      () => {
        worked++;
        throw new Error('garbage');
      },
      (error) => void failures.push(error),
    );
    intake.push(Buffer.from('a'));
    intake.push(Buffer.from('b'));
    await turn();
    expect([worked, failures.length]).toEqual([1, 1]);
  });
});
