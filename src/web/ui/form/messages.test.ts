import * as z from 'zod';
import { expect, test } from 'vitest';
import { Email, Name, TimeZone } from '../../../contract/common.ts';
import { fieldMessages } from './messages.ts';

function messagesOf(schema: z.ZodType, value: unknown, language: 'en' | 'es' = 'en'): string[] {
  const result = schema.safeParse(value, { error: fieldMessages(language) });
  return result.success ? [] : result.error.issues.map((issue) => issue.message);
}

test('a field left empty is told to be filled in, whatever its schema', () => {
  for (const [schema, value] of [
    [Name, ''],
    [Name, '   '],
    [Name, undefined],
    [Email, ''],
    [z.number(), ''],
    [z.enum(['a', 'b']), null],
  ] as const) {
    expect(messagesOf(schema, value)).toEqual(['Please fill this in.']);
  }
});

test('limits, forms and own refinements are told in the language spoken', () => {
  expect(messagesOf(Name, 'x'.repeat(101), 'es')).toEqual(['Como máximo 100 caracteres.']);
  expect(messagesOf(z.number().min(1), 0)).toEqual(['At least 1.']);
  expect(messagesOf(Email, 'ana@', 'es')).toEqual(['No es una dirección de correo.']);
  expect(messagesOf(TimeZone, 'Mars/Phobos')).toEqual(['This does not have the right form.']);
});

test('several wrong fields are told at once', () => {
  expect(messagesOf(z.strictObject({ name: Name, email: Email }), { name: '', email: 'ana' })).toEqual([
    'Please fill this in.',
    'This is not an e-mail address.',
  ]);
});
