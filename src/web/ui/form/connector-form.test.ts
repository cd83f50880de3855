import { expect, test } from 'vitest';
import type { FormItem } from '../../../contract/connector-form.ts';
import { defaultsOf, schemaOf, valuesToSend, visibleItems, withoutSecrets } from './connector-form.ts';
import { fieldMessages } from './messages.ts';

function item(over: Partial<FormItem> & Pick<FormItem, 'key'>): FormItem {
  const text = { en: over.key, es: over.key };
  return {
    kind: 'text',
    label: text,
    help: null,
    placeholder: null,
    required: false,
    default: null,
    options: [],
    when: null,
    advanced: false,
    ...over,
  };
}

const items = [
  item({ key: 'host', required: true }),
  item({ key: 'port', kind: 'number', default: 5038 }),
  item({ key: 'password', kind: 'secret', required: true }),
  item({ key: 'tls', kind: 'switch' }),
  item({ key: 'verify', kind: 'switch', default: true, when: { key: 'tls', value: true } }),
  item({ key: 'ca', kind: 'pem', required: true, when: { key: 'verify', value: true } }),
];

const problems = (values: Record<string, string | number | boolean>, secrets = {}) => {
  const result = schemaOf(items, secrets).safeParse(values, { error: fieldMessages('en') });
  return result.success ? {} : Object.fromEntries(result.error.issues.map((issue) => [issue.path.join('.'), issue.message]));
};

test('a form begins with kept values, then defaults, and never with a secret', () => {
  expect(defaultsOf(items, { host: 'pbx.example', password: 'leaked' })).toEqual({
    host: 'pbx.example',
    port: 5038,
    password: '',
    tls: false,
    verify: true,
    ca: '',
  });
});

test('an item shows only while its condition holds, all the way up', () => {
  expect(visibleItems(items, { tls: false, verify: true }).map(({ key }) => key)).toEqual(['host', 'port', 'password', 'tls']);
  expect(visibleItems(items, { tls: true, verify: true }).map(({ key }) => key)).toContain('ca');
});

test('hidden values and untouched secrets are not sent', () => {
  expect(valuesToSend(items, { host: 'a', port: 1, password: '', tls: false, verify: true, ca: 'old' })).toEqual({
    host: 'a',
    port: 1,
    tls: false,
  });
});

test('what is kept in the browser holds no secret', () => {
  expect(withoutSecrets(items, { host: 'a', password: 'hunter2' })).toEqual({ host: 'a' });
});

test('every missing field that shows is told at once', () => {
  expect(problems(defaultsOf(items))).toEqual({ host: 'Please fill this in.', password: 'Please fill this in.' });
  expect(problems({ ...defaultsOf(items), tls: true })).toHaveProperty('ca');
});

test('a secret the server already holds need not be typed again', () => {
  expect(problems({ ...defaultsOf(items), host: 'a' }, { password: '2026-11-01T00:00:00Z' })).toEqual({});
});
