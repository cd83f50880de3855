/** What is wrong with a field, told in the contract's own words: the portal and the API say the same. */
import type * as z from 'zod';
import type { LocalText } from '../../../contract/connector-form.ts';
import { FIELD_ERRORS, type FieldErrorCode } from '../../../contract/errors.ts';
import type { Language } from '../language.ts';

type Issue = z.core.$ZodRawIssue;
interface Told {
  code: FieldErrorCode;
  values: Record<string, string>;
}

/** An error map for zod that answers in the given language. */
export function fieldMessages(language: Language): (issue: Issue) => string {
  return (issue) => {
    const { code, values } = told(issue);
    return fieldMessage(code, language, values);
  };
}

/** The contract's text of a code, its `{x}` filled. */
export function fieldMessage(code: FieldErrorCode, language: Language, values: Record<string, string> = {}): string {
  const text: LocalText = FIELD_ERRORS[code];
  return text[language].replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
}

/** Which error of the contract's list a zod issue is. Empty means missing, whatever the schema calls it. */
export function told(issue: Issue): Told {
  const nothing = issue.input === undefined || issue.input === null || issue.input === '';
  switch (issue.code) {
    case 'invalid_type':
      return nothing ? plain('required') : { code: 'wrongType', values: { expected: String(issue.expected) } };
    case 'too_small':
      if (nothing || isBlank(issue.input)) return plain('required');
      return { code: issue.origin === 'string' ? 'tooShort' : 'tooSmall', values: { minimum: String(issue.minimum) } };
    case 'too_big':
      return { code: issue.origin === 'string' ? 'tooLong' : 'tooLarge', values: { maximum: String(issue.maximum) } };
    case 'invalid_format':
      if (nothing) return plain('required');
      return plain(issue.format === 'email' ? 'notAnEmail' : 'wrongFormat');
    case 'invalid_value':
      return nothing ? plain('required') : { code: 'notAnOption', values: { options: (issue.values as readonly unknown[]).join(', ') } };
    case 'unrecognized_keys':
      return { code: 'unknownField', values: { keys: (issue.keys as readonly string[]).join(', ') } };
    case 'custom':
      return ownCode(issue);
    default:
      return plain('wrongFormat');
  }
}

function plain(code: FieldErrorCode): Told {
  return { code, values: {} };
}

function isBlank(input: unknown): boolean {
  return typeof input === 'string' && input.trim() === '';
}

/** Refinements of the contract name their code in `params.code`. */
function ownCode(issue: Issue): Told {
  const params = (issue['params'] ?? {}) as Record<string, unknown>;
  const code = params['code'];
  if (typeof code !== 'string' || !(code in FIELD_ERRORS)) return plain('wrongFormat');
  const values = Object.fromEntries(Object.entries(params).map(([key, value]) => [key, String(value)]));
  return { code: code as FieldErrorCode, values };
}
