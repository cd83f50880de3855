/** The value below which the share `p` (0 to 1) of all lies; NaN for none. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** Keys of a figure's spread over several runs. */
export function runs(values: readonly number[]): Record<string, number> {
  return { min: Math.min(...values), max: Math.max(...values), runs: values.length };
}

/** Keys of a figure's distribution over single events. */
export function distribution(values: readonly number[]): Record<string, number> {
  return {
    p50: median(values),
    p95: percentile(values, 0.95),
    p99: percentile(values, 0.99),
    worst: Math.max(...values),
    count: values.length,
  };
}
