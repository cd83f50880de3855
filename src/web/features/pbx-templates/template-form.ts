import * as z from 'zod';
import { Name } from '../../../contract/common.ts';
import type { PbxType } from '../../../contract/connector-form.ts';
import { schemaOf, type FormValueMap } from '../../ui/form/connector-form.ts';

export interface TemplateValues {
  name: string;
  settings: FormValueMap;
  isDefault: boolean;
}

/** A template may leave anything open: nothing but its name is needed. */
export function templateSchema(type: PbxType): z.ZodType<TemplateValues, TemplateValues> {
  return z.object({ name: Name, settings: schemaOf(optional(type.form)), isDefault: z.boolean() });
}

/** The connector's items with nothing required. */
export function optional(items: PbxType['form']): PbxType['form'] {
  return items.map((item) => ({ ...item, required: false }));
}
