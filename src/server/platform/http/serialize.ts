import fastJsonStringify from 'fast-json-stringify';
import * as z from 'zod';
import type { Route } from '../../../contract/route.ts';

/**
 * The writer of a route's answers, compiled from the contract: only what is declared is written.
 * @param strict also fail on anything undeclared or missing (tests)
 */
export function compileAnswer(route: Route, strict: boolean): (answer: unknown) => string {
  const schema = route.answer;
  if (!schema) return () => '';
  if (route.media !== undefined) return String;
  const write = fastJsonStringify(
    z.toJSONSchema(schema, { target: 'draft-7', io: 'output', unrepresentable: 'any' }) as fastJsonStringify.Schema,
  );
  return (answer) => {
    if (strict) {
      const checked = schema.safeParse(answer);
      if (!checked.success) throw new Error(`the answer of ${route.id} breaks the contract: ${z.prettifyError(checked.error)}`);
    }
    return write(answer);
  };
}
