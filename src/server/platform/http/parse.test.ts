import * as z from 'zod';
import { expect, test } from 'vitest';
import { route } from '../../../contract/route.ts';
import { Fault } from './fault.ts';
import { parseRequest } from './parse.ts';

const patch = route({
  id: 'things.update',
  method: 'PATCH',
  path: '/v1/things/{thingId}',
  summary: '',
  access: { of: 'anyone' },
  params: z.strictObject({ thingId: z.uuid() }),
  query: z.strictObject({ page: z.coerce.number().int().min(1).default(1) }),
  body: z.strictObject({ name: z.string().min(1).max(5), size: z.number().max(9), email: z.email(), kind: z.enum(['a', 'b']) }),
  status: 204,
});

function faultsOf(raw: { params: unknown; query: unknown; body: unknown }): [string, string][] {
  try {
    parseRequest(patch, raw);
    return [];
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return error.fields.map((field) => [field.path, field.code]);
  }
}

test('errors of path, query and body are told together', () => {
  const body = { name: '', size: 10, email: 'x', kind: 'c', extra: 1 };
  expect(faultsOf({ params: { thingId: '7' }, query: { page: '0', colour: 'red' }, body })).toEqual([
    ['params.thingId', 'wrongFormat'],
    ['query.page', 'tooSmall'],
    ['query', 'unknownField'],
    ['body.name', 'required'],
    ['body.size', 'tooLarge'],
    ['body.email', 'notAnEmail'],
    ['body.kind', 'notAnOption'],
    ['body', 'unknownField'],
  ]);
});

test('what is missing is told apart from what has the wrong type', () => {
  const good = { params: { thingId: '01900000-0000-7000-8000-000000000000' }, query: {} };
  expect(faultsOf({ ...good, body: { name: 5, email: 'a@b.example', kind: 'a' } })).toEqual([
    ['body.name', 'wrongType'],
    ['body.size', 'required'],
  ]);
});

test('a route that declares no query refuses one', () => {
  const { query: _, ...bare } = patch;
  expect(() => parseRequest(bare, { params: { thingId: '01900000-0000-7000-8000-000000000000' }, query: { x: '1' }, body: {} })).toThrow(
    /query:unknownField/,
  );
});
