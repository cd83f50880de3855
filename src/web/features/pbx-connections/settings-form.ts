import * as z from 'zod';
import { Name } from '../../../contract/common.ts';
import type { FormItem } from '../../../contract/connector-form.ts';
import type { Attribution } from '../../../contract/pbx-connections.ts';
import { schemaOf, type FormValueMap, type SecretsSet } from '../../ui/form/connector-form.ts';

export interface SettingsValues {
  name: string;
  settings: FormValueMap;
  attribution: Attribution;
}

/** Checks what the form can know. @param secrets which the server holds: these may stay empty */
export function settingsSchema(items: readonly FormItem[], secrets: SecretsSet): z.ZodType<SettingsValues, SettingsValues> {
  return z
    .object({ name: Name, settings: schemaOf(items, secrets), attribution: z.object({ by: z.string(), value: z.string().max(200) }) })
    .superRefine(({ attribution }, context) => {
      if (attribution.by !== 'all' && attribution.value.trim() === '')
        context.addIssue({ code: 'custom', path: ['attribution', 'value'], params: { code: 'required' } });
    });
}
