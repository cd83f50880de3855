/** Where in the wizard one is, as it stands in the address. Pure. */
export const STEPS = ['details', 'user', 'pbx', 'progress', 'roles'] as const;
export type Step = (typeof STEPS)[number];

export interface WizardSearch {
  /** Absent: the first one. */
  step?: Step;
  /** The customer, once it is made; with it the first three steps are closed. */
  customer?: string;
  /** The work that connects and syncs its phone system. */
  operation?: string;
}

export function wizardSearch(search: Record<string, unknown>): WizardSearch {
  const step = STEPS.find((known) => known === search['step']);
  const customer = idIn(search['customer']);
  const operation = idIn(search['operation']);
  return {
    ...(step === undefined || step === 'details' ? {} : { step }),
    ...(customer === undefined ? {} : { customer }),
    ...(operation === undefined ? {} : { operation }),
  };
}

function idIn(value: unknown): string | undefined {
  return typeof value === 'string' && /^[0-9a-f-]{36}$/i.test(value) ? value : undefined;
}
