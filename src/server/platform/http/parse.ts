import type { z } from 'zod';
import type { Route } from '../../../contract/route.ts';
import { FIELD_ERRORS, type FieldErrorCode } from '../../../contract/errors.ts';
import type { FieldFault } from './fault.ts';
import { Fault } from './fault.ts';

export interface Raw {
  params: unknown;
  query: unknown;
  body: unknown;
}

/** All parts of a request by the route's schemas. @throws Fault `invalid` with every field error of every part */
export function parseRequest(route: Route, raw: Raw): { params: unknown; query: unknown; body: unknown } {
  const faults: FieldFault[] = (['params', 'query', 'body'] as const).flatMap((part) => unstorable(part, raw[part]));
  const take = (part: keyof Raw): unknown => {
    const schema = route[part];
    // A part that is not declared takes nothing: an unknown filter is refused, never ignored.
    if (!schema) {
      const names = Object.keys((raw[part] as object | null) ?? {});
      if (part !== 'params' && names.length > 0) faults.push({ path: part, code: 'unknownField', values: { keys: names.join(', ') } });
      return undefined;
    }
    const result = schema.safeParse(raw[part] ?? {}, { reportInput: true });
    if (result.success) return result.data;
    faults.push(...result.error.issues.flatMap((issue) => faultsOf(part, issue)));
    return undefined;
  };
  const parsed = { params: take('params'), query: take('query'), body: take('body') };
  if (faults.length > 0) throw new Fault('invalid', { fields: faults });
  return parsed;
}

const DEEPEST = 20;

/**
 * Texts that PostgreSQL cannot hold: with a zero character or half a surrogate pair.
 * @throws Fault `malformed` for what is nested deeper than any contract, which whoever walks it later could not bear
 */
function unstorable(part: string, value: unknown): FieldFault[] {
  const faults: FieldFault[] = [];
  const waiting: { path: string; value: unknown; depth: number }[] = [{ path: part, value, depth: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { path, value: here, depth } = next;
    if (depth > DEEPEST) throw new Fault('malformed');
    if (typeof here === 'string' && !isStorable(here)) faults.push({ path, code: 'wrongFormat' });
    if (here === null || typeof here !== 'object') continue;
    for (const [key, inner] of Object.entries(here)) {
      if (isStorable(key)) waiting.push({ path: `${path}.${key}`, value: inner, depth: depth + 1 });
      else faults.push({ path, code: 'wrongFormat' });
    }
  }
  return faults;
}

function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

/** The field errors of one issue. @param part what stands before the issue's path, e.g. `body.settings` */
export function faultsOf(part: string, issue: z.core.$ZodIssue): FieldFault[] {
  const path = [part, ...issue.path.map(String)].join('.');
  switch (issue.code) {
    case 'invalid_type':
      return [issue.input === undefined ? { path, code: 'required' } : { path, code: 'wrongType', values: { expected: issue.expected } }];
    case 'too_small':
      if (issue.origin === 'string') {
        return [
          Number(issue.minimum) === 1 ? { path, code: 'required' } : { path, code: 'tooShort', values: { minimum: Number(issue.minimum) } },
        ];
      }
      return [{ path, code: 'tooSmall', values: { minimum: Number(issue.minimum) } }];
    case 'too_big':
      return [{ path, code: issue.origin === 'string' ? 'tooLong' : 'tooLarge', values: { maximum: Number(issue.maximum) } }];
    case 'invalid_format':
      return [{ path, code: issue.format === 'email' ? 'notAnEmail' : 'wrongFormat' }];
    case 'invalid_value':
      return [{ path, code: 'notAnOption', values: { options: issue.values.map(String).join(', ') } }];
    case 'unrecognized_keys':
      return [{ path, code: 'unknownField', values: { keys: issue.keys.join(', ') } }];
    case 'custom':
      return [{ path, code: fieldCode((issue.params as { code?: string } | undefined)?.code) }];
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'not_multiple_of':
      return [{ path, code: 'wrongFormat' }];
  }
}

function fieldCode(code: string | undefined): FieldErrorCode {
  return code !== undefined && code in FIELD_ERRORS ? (code as FieldErrorCode) : 'wrongFormat';
}
