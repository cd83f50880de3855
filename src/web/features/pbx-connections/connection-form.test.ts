import { expect, test } from 'vitest';
import type { FormItem, PbxType } from '../../../contract/connector-form.ts';
import type { PbxTemplate } from '../../../contract/pbx-connections.ts';
import { askedItems, connectionSchema, newConnection, partSecrets, toCreate, type Catalog } from './connection-form.ts';

const text = (en: string) => ({ en, es: en });
const item = (key: string, rest: Partial<FormItem> = {}): FormItem => ({
  key,
  kind: 'text',
  label: text(key),
  help: null,
  placeholder: null,
  required: true,
  default: null,
  options: [],
  when: null,
  advanced: false,
  ...rest,
});
const asterisk: PbxType = {
  id: 'asterisk',
  name: 'Asterisk',
  summary: text(''),
  capabilities: [],
  form: [
    item('host'),
    item('port', { kind: 'number', default: 5038 }),
    item('secret', { kind: 'secret' }),
    item('tls', { kind: 'switch', required: false, default: false }),
    item('ca', { kind: 'pem', required: false, when: { key: 'tls', value: true } }),
  ],
  attribution: [{ by: 'all', label: text(''), help: text(''), placeholder: null }],
  setup: null,
  monitorsSubAccounts: false,
};
const template: PbxTemplate = {
  id: 't1',
  type: 'asterisk',
  name: 'Madrid',
  settings: { host: 'pbx.example.com', port: 5038, tls: false },
  secrets: { secret: '2026-11-01T00:00:00Z' },
  isDefault: true,
  createdAt: '2026-11-01T00:00:00Z',
};
const bare: Catalog = { types: [asterisk], templates: [] };
const withTemplate: Catalog = { types: [asterisk], templates: [template] };
const keys = (items: readonly FormItem[]) => items.map(({ key }) => key);

test('only what the default template lacks is asked, and nothing that its settings close', () => {
  expect(newConnection(withTemplate).templateId).toBe('t1');
  expect(askedItems(withTemplate, { type: 'asterisk', templateId: 't1' })).toEqual([]);
  const { secret: _, ...secrets } = template.secrets;
  const noSecret = { ...withTemplate, templates: [{ ...template, secrets }] };
  expect(keys(askedItems(noSecret, { type: 'asterisk', templateId: 't1' }))).toEqual(['secret']);
});

test('without a template everything is asked, with the connector’s defaults filled in', () => {
  expect(newConnection(bare).settings).toEqual({ host: '', port: 5038, secret: '', tls: false, ca: '' });
});

test('missing settings and a missing value to tell customers apart are told at their fields; a secret may be one kept already', () => {
  const values = { ...newConnection(bare), attribution: { by: 'accountcode', value: ' ' } };
  const paths = connectionSchema(bare)
    .safeParse(values)
    .error?.issues.map(({ path }) => path.join('.'));
  expect(paths).toEqual(['settings.host', 'attribution.value']);
});

test('an empty secret and the value of "everything" are not sent', () => {
  const values = { ...newConnection(bare), attribution: { by: 'all', value: 'left over' } };
  values.settings = { ...values.settings, host: 'h' };
  expect(toCreate(bare, values)).toMatchObject({ settings: { host: 'h', port: 5038, tls: false }, attribution: { by: 'all', value: '' } });
});

test('what may be kept in the browser holds no secret, nor anything the form does not know', () => {
  const values = { ...newConnection(bare), settings: { host: 'h', secret: 'hush', token: 'hush' } };
  const { plain, secrets } = partSecrets(bare, values);
  expect(JSON.stringify(plain)).not.toContain('hush');
  expect(secrets).toEqual({ secret: 'hush' });
});
