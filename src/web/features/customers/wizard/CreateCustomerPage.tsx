import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useMay, useMembership, useReseller } from '../../../api/acting.ts';
import { newKey } from '../../../api/keys.ts';
import { customerQuery } from '../../../api/tenants.ts';
import { NotFoundPage } from '../../../shell/Failures.tsx';
import type { FormValueMap } from '../../../ui/form/connector-form.ts';
import { LeaveQuestion } from '../../../ui/form/LeaveGuard.tsx';
import { useLanguage } from '../../../ui/language.ts';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { useDraft } from '../../../ui/wizard/draft.ts';
import { Wizard } from '../../../ui/wizard/Wizard.tsx';
import { productTypesQuery } from '../queries.ts';
import { useCreateCustomer } from './create.ts';
import { DetailsStep } from './DetailsStep.tsx';
import { emptyDraft, reachedStep, stepToShow, type Draft, type StepErrors } from './draft.ts';
import { PbxStep } from './PbxStep.tsx';
import { PrimaryUserStep } from './PrimaryUserStep.tsx';
import { ProgressStep } from './ProgressStep.tsx';
import { RolesStep } from './RolesStep.tsx';
import { Summary } from './Summary.tsx';
import type { Step } from './wizard-search.ts';

/** "+ Create customer": who it is, its first administrator, its phone system, the work, the roles. */
export function CreateCustomerPage() {
  const { t } = useLingui();
  const search = useSearch({ from: '/app/customers/new' });
  if (!useMay('customers.write')) return <NotFoundPage />;
  return (
    <>
      <PageHeader title={t`Create customer`} />
      {search.customer === undefined ? (
        <Before asked={search.step ?? 'details'} />
      ) : (
        <After
          step={stepToShow(search.step ?? 'progress', 'pbx', true)}
          customerId={search.customer}
          operationId={search.operation ?? null}
        />
      )}
    </>
  );
}

const same = (draft: Draft) => draft;

/** Steps 1 to 3: nothing exists yet, everything can be changed. */
function Before({ asked }: { asked: Step }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { read } = useLanguage();
  const membership = useMembership();
  const choosesReseller = membership?.tenantKind === 'enterprise';
  const [initial] = useState(() => emptyDraft(newKey()));
  const { draft, save, forget } = useDraft<Draft>(`create-customer.${membership?.tenantId ?? ''}`, initial, same);
  const [secrets, setSecrets] = useState<FormValueMap>({});
  const [errors, setErrors] = useState<StepErrors>({});
  const [made, setMade] = useState(false);
  const reseller = useReseller(choosesReseller ? draft.details.resellerId : (membership?.tenantId ?? null)).data;
  const product = useQuery(productTypesQuery).data?.items.find(({ id }) => id === draft.details.productTypeId);
  const reached = reachedStep(draft, choosesReseller);
  const step = stepToShow(asked, reached, false);
  const go = (to: Step) => void navigate({ to: '/customers/new', search: to === 'details' ? {} : { step: to } });
  const create = useCreateCustomer({
    draft,
    choosesReseller,
    onMade: () => {
      setMade(true);
      forget();
    },
    onWrong: (found, first) => {
      setErrors(found);
      go(first);
    },
  });
  const saveDetails = useCallback((details: Draft['details']) => save({ details }), [save]);
  const saveUser = useCallback((user: Draft['user']) => save({ user }), [save]);
  const savePbx = useCallback(
    (pbx: Draft['pbx'], typed: FormValueMap) => {
      save({ pbx });
      setSecrets(typed);
    },
    [save],
  );
  // A step that was mended must not be told its old errors when it is opened again.
  const next = (from: Step, to: Step) => {
    setErrors(({ [from]: _, ...rest }) => rest);
    go(to);
  };

  return (
    <Wizard
      label={t`Steps`}
      steps={useSteps(draft.details.name, draft.user.displayName, product === undefined ? '' : read(product.name))}
      current={step}
      reached={reached}
      onStep={go}
      summary={<Summary draft={draft} product={product} reseller={reseller} />}
    >
      <LeaveQuestion changed={!made && draft.details.name !== ''} unload={false}>
        <Trans>
          The customer has not been created. What you entered stays in this tab until you come back; secrets have to be typed again.
        </Trans>
      </LeaveQuestion>
      {step === 'details' && (
        <DetailsStep
          values={draft.details}
          choosesReseller={choosesReseller}
          reseller={reseller}
          errors={errors.details}
          onDraft={saveDetails}
          onNext={() => next('details', 'user')}
        />
      )}
      {step === 'user' && (
        <PrimaryUserStep
          values={draft.user}
          errors={errors.user}
          onDraft={saveUser}
          onBack={() => go('details')}
          onNext={() => next('user', 'pbx')}
        />
      )}
      {step === 'pbx' && (
        <PbxStep
          value={draft.pbx}
          secrets={secrets}
          resellerId={choosesReseller ? draft.details.resellerId : null}
          allowed={product?.pbxTypes ?? null}
          errors={errors.pbx}
          onDraft={savePbx}
          onBack={() => go('user')}
          onCreate={create}
        />
      )}
    </Wizard>
  );
}

/** Steps 4 and 5: the customer exists; the address holds which one, so that it works after any reload. */
function After({ step, customerId, operationId }: { step: Step; customerId: string; operationId: string | null }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const name = useQuery(customerQuery(customerId)).data?.name ?? '';
  const go = (to: Step) =>
    void navigate({
      to: '/customers/new',
      search: { step: to, customer: customerId, ...(operationId === null ? {} : { operation: operationId }) },
    });
  const steps = useSteps(name, '', '').map((known) => ({ ...known, closed: known.id !== 'progress' && known.id !== 'roles' }));
  return (
    <Wizard
      label={t`Steps`}
      steps={steps}
      current={step}
      reached={operationId === null ? 'progress' : 'roles'}
      onStep={go}
      wide={step === 'roles'}
    >
      {step === 'roles' ? (
        <RolesStep customerId={customerId} />
      ) : (
        <ProgressStep customerId={customerId} operationId={operationId} onRoles={() => go('roles')} />
      )}
    </Wizard>
  );
}

function useSteps(name: string, user: string, product: string) {
  const { t } = useLingui();
  const chosen = [name, product].filter((part) => part !== '').join(' · ');
  return [
    { id: 'details' as Step, title: t`Customer details`, ...(chosen === '' ? {} : { chosen }) },
    { id: 'user' as Step, title: t`Primary user`, ...(user === '' ? {} : { chosen: user }) },
    { id: 'pbx' as Step, title: t`Phone system` },
    { id: 'progress' as Step, title: t`Connect and sync` },
    { id: 'roles' as Step, title: t`Roles` },
  ];
}
