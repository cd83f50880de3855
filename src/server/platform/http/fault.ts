import { ERRORS, FIELD_ERRORS, type ErrorCode, type FieldErrorCode, type Problem } from '../../../contract/errors.ts';
import type { Language } from '../../../contract/common.ts';

export interface FieldFault {
  /** `body.trial.endDate` */
  path: string;
  code: FieldErrorCode;
  values?: Record<string, string | number>;
}

/** Anything that goes wrong in a way the caller should know; everything else becomes `internal`. */
export class Fault extends Error {
  readonly code: ErrorCode;
  readonly fields: readonly FieldFault[];
  /** Public words about this case, in both languages. */
  readonly detail: Record<Language, string> | null;

  constructor(code: ErrorCode, more: { fields?: readonly FieldFault[]; detail?: Record<Language, string> } = {}) {
    super(code + (more.fields ? ` ${more.fields.map((f) => `${f.path}:${f.code}`).join(' ')}` : ''));
    this.code = code;
    this.fields = more.fields ?? [];
    this.detail = more.detail ?? null;
  }
}

/** Fails with all field errors at once, if there are any. */
export function refuse(fields: readonly FieldFault[]): void {
  if (fields.length > 0) throw new Fault('invalid', { fields });
}

export function invalid(path: string, code: FieldErrorCode, values?: Record<string, string | number>): Fault {
  return new Fault('invalid', { fields: [values ? { path, code, values } : { path, code }] });
}

export const notFound = (): Fault => new Fault('notFound');

/** The answer's body for a fault, in the reader's language (RFC 9457). */
export function problemOf(fault: Fault, language: Language, requestId: string): Problem {
  const { status, title } = ERRORS[fault.code];
  return {
    type: `urn:ringside:problem:${fault.code}`,
    title: title[language],
    status,
    code: fault.code,
    detail: fault.detail?.[language] ?? null,
    requestId,
    errors: fault.fields.map((field) => ({
      path: field.path,
      code: field.code,
      message: FIELD_ERRORS[field.code][language].replace(/\{(\w+)\}/g, (_, key: string) => String(field.values?.[key] ?? '')),
    })),
  };
}
