import { useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { contract } from '../../../../contract/index.ts';
import { call } from '../../../api/client.ts';
import { ApiProblem } from '../../../api/problem.ts';
import { customerQuery } from '../../../api/tenants.ts';
import { notify } from '../../../ui/notify.ts';
import { toCreate, type Catalog, type ConnectionValues } from '../../pbx-connections/connection-form.ts';
import { errorsByStep, firstWrong, type Draft, type StepErrors } from './draft.ts';
import type { Step } from './wizard-search.ts';

interface Options {
  draft: Draft;
  choosesReseller: boolean;
  /** The customer exists: the draft has served. */
  onMade: () => void;
  /** Fields were refused; leads to the first step that holds one. */
  onWrong: (errors: StepErrors, first: Step) => void;
}

/** Creates the customer, once for each draft however often it is called, and goes on to its progress. */
export function useCreateCustomer({ draft, choosesReseller, onMade, onWrong }: Options) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const client = useQueryClient();

  /** Rejects with what belongs to no field. */
  return async (pbx: ConnectionValues | null, catalog: Catalog): Promise<void> => {
    const { resellerId, ...details } = draft.details;
    const body = {
      ...details,
      ...(choosesReseller && resellerId !== null ? { resellerId } : {}),
      primaryUser: draft.user,
      pbxConnection: pbx === null ? null : toCreate(catalog, pbx),
    };
    try {
      const { customer, operationId } = await call(contract.customers.create, { body }, { idempotencyKey: draft.key });
      client.setQueryData(customerQuery(customer.id).queryKey, customer);
      onMade();
      const search = { step: 'progress' as const, customer: customer.id, ...(operationId === null ? {} : { operation: operationId }) };
      await navigate({ to: '/customers/new', search, replace: true, ignoreBlocker: true });
      await client.invalidateQueries({ queryKey: ['customers', 'list'] });
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (error.code === 'keyReused') return goToMade(error);
      const errors = errorsByStep(error.errors);
      const first = firstWrong(errors);
      if (first === null) throw error;
      onWrong(errors, first);
    }
  };

  /** The draft made its customer before, and the answer never arrived here: it is found by its name. */
  async function goToMade(problem: ApiProblem): Promise<void> {
    const { items } = await call(contract.customers.list, { query: { q: draft.details.name } });
    const made = items.find(({ name }) => name.toLowerCase() === draft.details.name.trim().toLowerCase());
    if (made === undefined) throw problem;
    onMade();
    notify(t`${made.name} was created already.`);
    await navigate({ to: '/customers/$customerId', params: { customerId: made.id }, ignoreBlocker: true });
  }
}
