import { Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { PersonInput } from '../../../../contract/tenants.ts';
import { TextField } from '../../../ui/form/fields.tsx';
import { fieldMessages } from '../../../ui/form/messages.ts';
import { useLanguage } from '../../../ui/language.ts';
import { WizardFooter } from '../../../ui/wizard/Wizard.tsx';
import type { Draft } from './draft.ts';
import { StepForm, type StepError } from './StepForm.tsx';

interface Props {
  values: Draft['user'];
  errors: readonly StepError[] | undefined;
  onDraft: (values: Draft['user']) => void;
  onBack: () => void;
  onNext: () => void;
}

/** Step 2: the customer's first administrator. */
export function PrimaryUserStep({ values, errors, onDraft, onBack, onNext }: Props) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const form = useForm<Draft['user']>({
    resolver: zodResolver(PersonInput, { error: fieldMessages(language) }),
    defaultValues: values,
  });
  return (
    <StepForm
      form={form}
      onDraft={onDraft}
      errors={errors}
      onSubmit={async (next) => {
        onDraft(next);
        onNext();
      }}
    >
      <Text c="dimmed">
        <Trans>The person at the customer who manages its other users. An invitation goes out as soon as the customer is created.</Trans>
      </Text>
      <TextField name="displayName" label={t`Display name`} required autoFocus autoComplete="off" />
      <TextField
        name="email"
        label={t`E-mail`}
        type="email"
        required
        autoComplete="off"
        description={t`If this person has a phone on the PBX, use the e-mail address that stands there: then the two are joined.`}
      />
      <WizardFooter onBack={onBack} />
    </StepForm>
  );
}
