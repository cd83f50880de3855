/** What the bench measured: as a table on the screen, as a file, and as a line of the history. */
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Machine } from './machine.ts';

export interface Figure {
  /** Stable: the history is compared by it. */
  name: string;
  unit: string;
  /** Null: could not be measured here; `note` says why. */
  value: number | null;
  /** min and max of the runs, or p50, p95, p99 of the events. */
  spread: Record<string, number>;
  /** What the machine gives without our part of the work, measured in the same run. */
  bare?: { what: string; value: number };
  note?: string;
}

export interface Report {
  date: string;
  commit: string;
  command: string;
  machine: Machine;
  figures: Figure[];
}

const FOLDER = path.resolve(import.meta.dirname, '../../bench-results');

export function printFigures(figures: readonly Figure[]): void {
  const rows = figures.map(({ name, unit, value, spread, bare, note }) => [
    name,
    value === null ? '-' : `${pretty(value)} ${unit}`,
    Object.entries(spread)
      .map(([key, number]) => `${key} ${pretty(number)}`)
      .join('  '),
    [bare ? `${bare.what}: ${pretty(bare.value)}` : '', note ?? ''].filter(Boolean).join('; '),
  ]);
  const table = [['figure', 'value', 'spread', 'beside it'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  for (const row of table)
    process.stdout.write(
      `${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    );
}

/** `latest.json` is this run, `history.jsonl` all runs, so that a regression shows. */
export async function writeReport(report: Report): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  await writeFile(path.join(FOLDER, 'latest.json'), `${JSON.stringify(report, null, 2)}\n`);
  await appendFile(path.join(FOLDER, 'history.jsonl'), `${JSON.stringify(report)}\n`);
}

function pretty(value: number): string {
  if (!Number.isFinite(value)) return '-';
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : 1;
  return value.toLocaleString('en-GB', { maximumFractionDigits: digits, minimumFractionDigits: digits });
}
