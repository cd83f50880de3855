/** What was entered into the wizard so far, and how far one may go with it. Pure. */
import * as z from 'zod';
import { CustomerCreate } from '../../../../contract/customers.ts';
import type { FieldError } from '../../../../contract/errors.ts';
import { PersonInput } from '../../../../contract/tenants.ts';
import type { ConnectionValues } from '../../pbx-connections/connection-form.ts';
import type { Step } from './wizard-search.ts';

const { shape } = CustomerCreate;

/** The first step's form; for the enterprise with the reseller, which is then needed. */
export const DetailsInput = z.strictObject({
  resellerId: z.string().nullable(),
  name: shape.name,
  productTypeId: shape.productTypeId,
  reference: shape.reference.unwrap(),
  country: shape.country.unwrap(),
  notes: shape.notes.unwrap(),
  trial: shape.trial.unwrap(),
});
export type DetailsValues = z.infer<typeof DetailsInput>;

export interface Draft {
  /** Makes creating idempotent: a reload or a double click never makes two customers. */
  key: string;
  details: DetailsValues;
  user: z.infer<typeof PersonInput>;
  /** Null: to be connected later. Undefined: not decided yet. Never holds a secret. */
  pbx: ConnectionValues | null | undefined;
}

export function emptyDraft(key: string): Draft {
  return {
    key,
    details: { resellerId: null, name: '', productTypeId: '', reference: '', country: null, notes: '', trial: null },
    user: { displayName: '', email: '' },
    pbx: undefined,
  };
}

/** The step an entry may be opened up to. @param needsReseller the enterprise says whose customer it is */
export function reachedStep({ details, user }: Draft, needsReseller: boolean): Step {
  const complete = DetailsInput.safeParse(details).success && (!needsReseller || details.resellerId !== null);
  if (!complete) return 'details';
  return PersonInput.safeParse(user).success ? 'pbx' : 'user';
}

/** The step to show: the one asked for, as far as one may go. Once the customer is made only what follows is open. */
export function stepToShow(asked: Step, reached: Step, isMade: boolean): Step {
  if (isMade) return asked === 'roles' ? 'roles' : 'progress';
  const order: readonly Step[] = ['details', 'user', 'pbx'];
  return order[Math.min(Math.max(order.indexOf(asked), 0), order.indexOf(reached))] ?? 'details';
}

/** What is wrong in which step, with paths as that step's form knows them. */
export type StepErrors = Partial<Record<Step, { path: string; message: string }[]>>;

/** Hands the API's field errors to the steps their fields stand in. */
export function errorsByStep(errors: readonly FieldError[]): StepErrors {
  const found: StepErrors = {};
  for (const { path, message } of errors) {
    const inBody = path.replace(/^body\.?/, '');
    const [step, rest]: [Step, string] = inBody.startsWith('primaryUser')
      ? ['user', inBody.replace(/^primaryUser\.?/, '')]
      : inBody.startsWith('pbxConnection')
        ? ['pbx', inBody.replace(/^pbxConnection\.?/, '')]
        : ['details', inBody];
    (found[step] ??= []).push({ path: rest, message });
  }
  return found;
}

/** The first step with an error; null when no step has one. */
export function firstWrong(errors: StepErrors): Step | null {
  return (['details', 'user', 'pbx'] as const).find((step) => errors[step] !== undefined) ?? null;
}
