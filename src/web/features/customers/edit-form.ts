/** What the edit page sends: only what was changed. Pure. */
import type { Customer } from '../../../contract/customers.ts';

export type CustomerFields = Pick<
  Customer,
  'name' | 'reference' | 'notes' | 'productTypeId' | 'country' | 'timeZone' | 'language' | 'trial' | 'isInternal'
>;

export function fieldsOf(customer: Customer): CustomerFields {
  const { name, reference, notes, productTypeId, country, timeZone, language, trial, isInternal } = customer;
  return { name, reference, notes, productTypeId, country, timeZone, language, trial, isInternal };
}

/** The fields that differ, so that two people who change different things do not undo each other. */
export function changesOf(before: CustomerFields, after: CustomerFields): Partial<CustomerFields> {
  const keys = Object.keys(before) as (keyof CustomerFields)[];
  return Object.fromEntries(
    keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key])).map((key) => [key, after[key]]),
  );
}
