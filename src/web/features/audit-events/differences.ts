/** What an audit row says of each field. Pure. */
export interface Difference {
  field: string;
  /** As text; null when there was nothing. */
  before: string | null;
  after: string | null;
}

type Values = Readonly<Record<string, unknown>> | null;

/** Follow from others or never change: they tell nothing of what somebody did. */
const SILENT = new Set(['id', 'createdAt', 'updatedAt', 'effective', 'health', 'lastSync', 'customerCount']);

/** The fields that differ; those that were empty before and after are left out, as are ids of something new. */
export function differencesOf(before: Values, after: Values): Difference[] {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return fields
    .filter((field) => !SILENT.has(field) && (before !== null || !field.endsWith('Id')))
    .map((field) => ({ field, before: textOf(before?.[field]), after: textOf(after?.[field]) }))
    .filter((difference) => difference.before !== difference.after);
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (Array.isArray(value)) return value.map((entry) => textOf(entry) ?? '–').join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
}
