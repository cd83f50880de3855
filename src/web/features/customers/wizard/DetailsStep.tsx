import { Skeleton } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { zodResolver } from '@hookform/resolvers/zod';
import { Controller, useForm } from 'react-hook-form';
import type { Reseller } from '../../../../contract/tenants.ts';
import { fieldMessage, fieldMessages } from '../../../ui/form/messages.ts';
import { useLanguage } from '../../../ui/language.ts';
import { WizardFooter } from '../../../ui/wizard/Wizard.tsx';
import { CustomerCountryField, NameFields, NotesField } from '../DetailsFields.tsx';
import { ProductField } from '../ProductField.tsx';
import { ResellerPicker } from '../ResellerPicker.tsx';
import { TrialFields } from '../TrialFields.tsx';
import { DetailsInput, type DetailsValues } from './draft.ts';
import { StepForm, type StepError } from './StepForm.tsx';

interface Props {
  values: DetailsValues;
  /** The enterprise says whose customer it is. */
  choosesReseller: boolean;
  /** Undefined while it is loading or none is chosen. */
  reseller: Reseller | undefined;
  errors: readonly StepError[] | undefined;
  onDraft: (values: DetailsValues) => void;
  onNext: () => void;
}

/** Step 1: who the customer is and what it gets. */
export function DetailsStep({ values, choosesReseller, reseller, errors, onDraft, onNext }: Props) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const form = useForm<DetailsValues>({
    resolver: zodResolver(DetailsInput, { error: fieldMessages(language) }),
    defaultValues: values,
  });

  async function submit(next: DetailsValues): Promise<void> {
    if (choosesReseller && next.resellerId === null) {
      form.setError('resellerId', { message: fieldMessage('required', language) });
      return;
    }
    onDraft(next);
    onNext();
  }

  return (
    <StepForm form={form} onDraft={onDraft} errors={errors} onSubmit={submit}>
      {choosesReseller && (
        <Controller
          name="resellerId"
          control={form.control}
          render={({ field, fieldState }) => (
            <ResellerPicker
              label={t`Reseller`}
              description={t`Whose customer it is; settings and billing follow from it.`}
              placeholder={t`Find a reseller`}
              required
              value={field.value}
              onChange={(id) => {
                field.onChange(id);
                form.setValue('trial', null);
              }}
              error={fieldState.error?.message}
            />
          )}
        />
      )}
      <NameFields autoFocus={!choosesReseller} />
      <ProductField inheritedCountry={reseller?.effective.country ?? null} />
      <CustomerCountryField inherited={reseller?.effective ?? null} />
      <NotesField />
      {reseller === undefined ? !choosesReseller && <Skeleton height={44} /> : <TrialFields reseller={reseller} />}
      <WizardFooter />
    </StepForm>
  );
}
