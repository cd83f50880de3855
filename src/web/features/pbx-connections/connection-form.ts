/** A connection as its form holds it, and what is asked beside a template. Pure. */
import * as z from 'zod';
import type { FormItem, PbxType } from '../../../contract/connector-form.ts';
import { Attribution, FormValues, type PbxConnectionCreate, type PbxTemplate } from '../../../contract/pbx-connections.ts';
import { defaultsOf, schemaOf, valuesToSend, withoutSecrets, type FormValueMap } from '../../ui/form/connector-form.ts';

const Values = z.object({
  type: z.string(),
  templateId: z.string().nullable(),
  settings: FormValues,
  attribution: Attribution.extend({ value: z.string().max(200) }),
  monitorSubAccounts: z.boolean(),
  enabled: z.boolean(),
});
export type ConnectionValues = z.infer<typeof Values>;

/** What a form of connections is drawn from. */
export interface Catalog {
  types: readonly PbxType[];
  templates: readonly PbxTemplate[];
}

/** A new connection: of the default template when there is one, else of the only or first type. */
export function newConnection({ types, templates }: Catalog): ConnectionValues {
  const template = templates.find(({ isDefault, type }) => isDefault && types.some(({ id }) => id === type));
  return connectionOfType({ types, templates }, template?.type ?? types[0]?.id ?? '');
}

/** Everything that hangs on the type begins anew when another one is chosen. */
export function connectionOfType(catalog: Catalog, type: string): ConnectionValues {
  const template = templatesOf(catalog, type).find(({ isDefault }) => isDefault);
  const templateId = template?.id ?? null;
  return {
    type,
    templateId,
    settings: defaultsOf(askedItems(catalog, { type, templateId })),
    attribution: { by: typeOf(catalog, type)?.attribution[0]?.by ?? 'all', value: '' },
    monitorSubAccounts: false,
    enabled: true,
  };
}

export function typeOf({ types }: Catalog, type: string): PbxType | undefined {
  return types.find(({ id }) => id === type);
}

export function templatesOf({ templates }: Catalog, type: string): PbxTemplate[] {
  return templates.filter((template) => template.type === type);
}

/** The items the template has no value for; all of them without a template. */
export function askedItems(catalog: Catalog, { type, templateId }: Pick<ConnectionValues, 'type' | 'templateId'>): FormItem[] {
  const items = typeOf(catalog, type)?.form ?? [];
  const template = catalog.templates.find(({ id }) => id === templateId);
  if (template === undefined) return items;
  return items.filter(
    ({ key }) => template.settings[key] === undefined && template.secrets[key] === undefined && isOpen(template, items, key),
  );
}

/**
 * Checks what the form can know. A secret may stay empty: a phone system that is connected already, for
 * another customer, is joined by the secret kept for it; the server says when there is none.
 */
export function connectionSchema(catalog: Catalog): z.ZodType<ConnectionValues, ConnectionValues> {
  return Values.superRefine((values, context) => {
    const items = askedItems(catalog, values).map((item) => (item.kind === 'secret' ? { ...item, required: false } : item));
    for (const issue of schemaOf(items).safeParse(values.settings).error?.issues ?? []) {
      const params = issue.code === 'custom' ? (issue.params ?? {}) : {};
      context.addIssue({ code: 'custom', path: ['settings', ...issue.path], params });
    }
    if (values.attribution.by !== 'all' && values.attribution.value.trim() === '')
      context.addIssue({ code: 'custom', path: ['attribution', 'value'], params: { code: 'required' } });
  });
}

/** What is sent to create the connection. */
export function toCreate(catalog: Catalog, values: ConnectionValues): PbxConnectionCreate {
  const { type, templateId, attribution, monitorSubAccounts, enabled } = values;
  return {
    type,
    name: typeOf(catalog, type)?.name ?? 'PBX',
    templateId,
    settings: valuesToSend(askedItems(catalog, values), values.settings),
    attribution: { by: attribution.by, value: attribution.by === 'all' ? '' : attribution.value.trim() },
    monitorSubAccounts,
    enabled,
  };
}

/** What a test or preview needs: the phone system, not whose part of it. */
export function toProbe(catalog: Catalog, values: ConnectionValues) {
  const { type, templateId, settings } = toCreate(catalog, values);
  return { type, templateId: templateId ?? null, settings };
}

/** The same without secrets, and the secrets apart: the first may be kept in the browser. */
export function partSecrets(catalog: Catalog, values: ConnectionValues): { plain: ConnectionValues; secrets: FormValueMap } {
  const items = typeOf(catalog, values.type)?.form ?? [];
  const known = new Set(items.map(({ key }) => key));
  // What no item of the form names might be anything: it is not kept either.
  const settings = Object.fromEntries(Object.entries(withoutSecrets(items, values.settings)).filter(([key]) => known.has(key)));
  const secrets = Object.fromEntries(Object.entries(values.settings).filter(([key]) => known.has(key) && settings[key] === undefined));
  return { plain: { ...values, settings }, secrets };
}

/** An item that hangs on another one is asked only if the template's value of that one opens it. */
function isOpen(template: PbxTemplate, items: readonly FormItem[], key: string): boolean {
  const when = items.find((item) => item.key === key)?.when ?? null;
  if (when === null) return true;
  const fixed = template.settings[when.key];
  return fixed === undefined || fixed === when.value;
}
