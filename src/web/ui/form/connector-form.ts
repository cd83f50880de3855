/** Forms of connectors as values: what stands in them at first, which items show, what is sent. Pure. */
import * as z from 'zod';
import type { FormItem } from '../../../contract/connector-form.ts';

export type FormValue = string | number | boolean;
export type FormValueMap = Record<string, FormValue>;
/** Which secrets the server holds, and since when (instants). */
export type SecretsSet = Record<string, string>;

/** What stands in the form at first: kept values, else the connector's defaults. Secrets are always empty. */
export function defaultsOf(items: readonly FormItem[], kept: FormValueMap = {}): FormValueMap {
  return Object.fromEntries(items.map((item) => [item.key, item.kind === 'secret' ? '' : (kept[item.key] ?? item.default ?? blank(item))]));
}

/** Items that show with these values; one whose condition hangs on a hidden item is hidden too. */
export function visibleItems(items: readonly FormItem[], values: FormValueMap): FormItem[] {
  const byKey = new Map(items.map((item) => [item.key, item]));
  function shows({ when }: FormItem): boolean {
    if (when === null) return true;
    const on = byKey.get(when.key);
    return values[when.key] === when.value && (on === undefined || shows(on));
  }
  return items.filter(shows);
}

/** What is sent: visible items that hold something. A secret left empty is not sent, so the server keeps its own. */
export function valuesToSend(items: readonly FormItem[], values: FormValueMap): FormValueMap {
  const filled = visibleItems(items, values).flatMap((item) => {
    const value = values[item.key];
    return value === undefined || value === '' ? [] : [[item.key, value] as const];
  });
  return Object.fromEntries(filled);
}

/** Without the secrets: what may be kept in the browser while a wizard is under way. */
export function withoutSecrets(items: readonly FormItem[], values: FormValueMap): FormValueMap {
  const secret = new Set(items.filter((item) => item.kind === 'secret').map((item) => item.key));
  return Object.fromEntries(Object.entries(values).filter(([key]) => !secret.has(key)));
}

/** Checks what the form alone can know (required and number fields that show); the server checks the rest. */
export function schemaOf(items: readonly FormItem[], secrets: SecretsSet = {}): z.ZodType<FormValueMap, FormValueMap> {
  return z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).superRefine((values, context) => {
    for (const item of visibleItems(items, values)) {
      const value = values[item.key];
      const empty = value === undefined || (typeof value === 'string' && value.trim() === '');
      const complain = (code: string) => context.addIssue({ code: 'custom', path: [item.key], params: { code }, input: value });
      if (empty && item.required && secrets[item.key] === undefined) complain('required');
      else if (!empty && item.kind === 'number' && typeof value !== 'number') complain('wrongFormat');
    }
  });
}

function blank(item: FormItem): FormValue {
  return item.kind === 'switch' ? false : '';
}
