import { expect, test } from 'vitest';
import { readDraft } from './draft.ts';

const storage = (text: string | null) => ({ getItem: (key: string) => (key === 'ringside.draft.customer' ? text : null) });

test('a kept draft is read again after a reload', () => {
  expect(readDraft(storage('{"name":"Acme"}'), 'customer')).toEqual({ name: 'Acme' });
});

test('a draft that cannot be read counts as none', () => {
  for (const text of [null, 'half a {', '[1]', 'null', '7']) expect(readDraft(storage(text), 'customer')).toEqual({});
});
