/** A stretch of time in ms since 1970; `to` null: not over yet. */
export interface Interval {
  from: number;
  to: number | null;
}

/** An interval with an end; `Infinity` stands for "not over yet". */
export interface Stretch {
  from: number;
  to: number;
}

export function stretch(interval: Interval): Stretch {
  return { from: interval.from, to: interval.to ?? Infinity };
}

/** Joins what overlaps or touches; in order. Empty stretches vanish. */
export function union(stretches: readonly Stretch[]): Stretch[] {
  const sorted = stretches.filter((s) => s.to > s.from).sort((a, b) => a.from - b.from);
  const joined: Stretch[] = [];
  for (const next of sorted) {
    const last = joined.at(-1);
    if (last !== undefined && next.from <= last.to) last.to = Math.max(last.to, next.to);
    else joined.push({ from: next.from, to: next.to });
  }
  return joined;
}

/** What of `a` lies in `b`; both as `union` gives them. */
export function intersect(a: readonly Stretch[], b: readonly Stretch[]): Stretch[] {
  const common: Stretch[] = [];
  for (const x of a) {
    for (const y of b) {
      const from = Math.max(x.from, y.from);
      const to = Math.min(x.to, y.to);
      if (to > from) common.push({ from, to });
    }
  }
  return common;
}

/** What of `a` lies outside `b`; both as `union` gives them. */
export function subtract(a: readonly Stretch[], b: readonly Stretch[]): Stretch[] {
  let rest = [...a];
  for (const cut of b) {
    const next: Stretch[] = [];
    for (const s of rest) {
      if (cut.to <= s.from || cut.from >= s.to) {
        next.push(s);
        continue;
      }
      if (cut.from > s.from) next.push({ from: s.from, to: cut.from });
      if (cut.to < s.to) next.push({ from: cut.to, to: s.to });
    }
    rest = next;
  }
  return rest;
}

/** Total length in ms; a stretch that is not over counts up to `now`. */
export function total(stretches: readonly Stretch[], now: number): number {
  let sum = 0;
  for (const s of stretches) sum += Math.max(0, Math.min(s.to, now) - s.from);
  return sum;
}

export function interval(s: Stretch): Interval {
  return { from: s.from, to: s.to === Infinity ? null : s.to };
}
