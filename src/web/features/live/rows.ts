/** Which rows a list shows while somebody points at it: none moves, none goes. Pure. */

export interface Held<T> {
  row: T;
  /** Over, but kept in its place until the pointer leaves. */
  gone: boolean;
}

/**
 * @param before what was shown last
 * @param now what there is, in its order
 * @param held whether the pointer or the focus is on the list: then what ended stays as it was last and new rows come at the end
 */
export function heldRows<T extends { id: string }>(
  before: readonly Held<T>[],
  now: ReadonlyMap<string, T>,
  held: boolean,
): readonly Held<T>[] {
  if (!held) return [...now.values()].map((row) => known(before, row) ?? { row, gone: false });
  const kept = before.map((entry) => {
    const row = now.get(entry.row.id);
    if (row === undefined) return entry.gone ? entry : { row: entry.row, gone: true };
    return entry.row === row && !entry.gone ? entry : { row, gone: false };
  });
  const ids = new Set(before.map(({ row }) => row.id));
  return [...kept, ...[...now.values()].filter(({ id }) => !ids.has(id)).map((row) => ({ row, gone: false }))];
}

function known<T>(before: readonly Held<T>[], row: T): Held<T> | undefined {
  return before.find((entry) => entry.row === row && !entry.gone);
}
