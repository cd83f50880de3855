/** Stages one after another, each with its time; what they say adds up to the last line. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

export interface Stage {
  name: string;
  /** @throws Error in plain words: counts as one failure */
  run(): Promise<Counts>;
}

export const PASSED: Counts = { passed: 1, failed: 0, skipped: 0 };
export const FAILED: Counts = { passed: 0, failed: 1, skipped: 0 };

export interface Told {
  name: string;
  counts: Counts;
  minutes: number;
}

/** Runs every stage, also after one has failed: a reader wants to know all that is wrong. */
export async function runStages(stages: readonly Stage[]): Promise<Told[]> {
  const told: Told[] = [];
  for (const { name, run } of stages) {
    console.log(`\n== ${name}`);
    const began = performance.now();
    const counts = await run().catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : String(error));
      return FAILED;
    });
    const minutes = (performance.now() - began) / 60_000;
    told.push({ name, counts, minutes });
    console.log(`== ${name}: ${words(counts)}, ${minutes.toFixed(1)} min`);
  }
  return told;
}

export function sumOf(told: readonly Told[]): Counts {
  return told.reduce(
    (sum, { counts }) => ({
      passed: sum.passed + counts.passed,
      failed: sum.failed + counts.failed,
      skipped: sum.skipped + counts.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

export function table(told: readonly Told[]): string {
  const width = Math.max(...told.map(({ name }) => name.length));
  const lines = told.map(({ name, counts, minutes }) => `${minutes.toFixed(1).padStart(5)} min  ${name.padEnd(width)}  ${words(counts)}`);
  const total = told.reduce((sum, { minutes }) => sum + minutes, 0);
  return [...lines, `${total.toFixed(1).padStart(5)} min  in all`].join('\n');
}

function words({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
