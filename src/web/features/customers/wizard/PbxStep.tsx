import { SegmentedControl, Skeleton, Stack, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { zodResolver } from '@hookform/resolvers/zod';
import { useCallback } from 'react';
import { useForm } from 'react-hook-form';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import type { FormValueMap } from '../../../ui/form/connector-form.ts';
import { Form } from '../../../ui/form/Form.tsx';
import { fieldMessages } from '../../../ui/form/messages.ts';
import { useLanguage } from '../../../ui/language.ts';
import { WizardFooter } from '../../../ui/wizard/Wizard.tsx';
import {
  connectionSchema,
  newConnection,
  partSecrets,
  typeOf,
  type Catalog,
  type ConnectionValues,
} from '../../pbx-connections/connection-form.ts';
import { ConnectionFields } from '../../pbx-connections/ConnectionFields.tsx';
import { useCatalog } from '../../pbx-connections/useCatalog.ts';
import type { Draft } from './draft.ts';
import { StepForm, type StepError } from './StepForm.tsx';

interface Props {
  value: Draft['pbx'];
  /** Typed in this visit; never kept in the browser. */
  secrets: FormValueMap;
  /** For the enterprise: whose templates are offered. */
  resellerId: string | null;
  /** The product's phone systems; null: every one. */
  allowed: readonly string[] | null;
  errors: readonly StepError[] | undefined;
  onDraft: (pbx: Draft['pbx'], secrets: FormValueMap) => void;
  onBack: () => void;
  /** Creates the customer; rejects with what has no field. */
  onCreate: (pbx: ConnectionValues | null, catalog: Catalog) => Promise<void>;
}

/** Step 3: the phone system, now or later. Its button creates the customer. */
export function PbxStep({ value, secrets, resellerId, allowed, errors, onDraft, onBack, onCreate }: Props) {
  const { t } = useLingui();
  const { catalog, error, retry } = useCatalog(resellerId, allowed);
  if (catalog === undefined) return error === null ? <Skeleton height={320} /> : <ErrorNote text={error.message} onRetry={retry} />;
  const kept = value !== undefined && value !== null && typeOf(catalog, value.type) !== undefined ? value : newConnection(catalog);
  return (
    <Stack gap="md">
      <SegmentedControl
        aria-label={t`When to connect the phone system`}
        value={value === null ? 'later' : 'now'}
        onChange={(when) => onDraft(when === 'later' ? null : kept, secrets)}
        data={[
          { value: 'now', label: t`Connect a phone system` },
          { value: 'later', label: t`Connect later` },
        ]}
      />
      {value === null ? (
        <Later catalog={catalog} onBack={onBack} onCreate={onCreate} errors={errors} />
      ) : (
        <Now catalog={catalog} value={kept} secrets={secrets} errors={errors} onDraft={onDraft} onBack={onBack} onCreate={onCreate} />
      )}
    </Stack>
  );
}

type NowProps = Pick<Props, 'secrets' | 'errors' | 'onDraft' | 'onBack' | 'onCreate'> & { catalog: Catalog; value: ConnectionValues };

function Now({ catalog, value, secrets, errors, onDraft, onBack, onCreate }: NowProps) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const form = useForm<ConnectionValues>({
    resolver: zodResolver(connectionSchema(catalog), { error: fieldMessages(language) }),
    defaultValues: { ...value, settings: { ...value.settings, ...secrets } },
  });
  const keep = useCallback(
    (values: ConnectionValues) => {
      const parted = partSecrets(catalog, values);
      onDraft(parted.plain, parted.secrets);
    },
    [catalog, onDraft],
  );
  return (
    <StepForm
      form={form}
      onDraft={keep}
      errors={errors}
      failureTitle={t`The customer was not created`}
      onSubmit={(values) => onCreate(values, catalog)}
    >
      <ConnectionFields catalog={catalog} />
      <WizardFooter onBack={onBack} action={t`Create customer`} busy={form.formState.isSubmitting} />
    </StepForm>
  );
}

function Later({ catalog, errors, onBack, onCreate }: Pick<Props, 'errors' | 'onBack' | 'onCreate'> & { catalog: Catalog }) {
  const { t } = useLingui();
  const form = useForm({ defaultValues: {} });
  return (
    <Form form={form} guarded={false} failureTitle={t`The customer was not created`} onSubmit={() => onCreate(null, catalog)}>
      <Text c="dimmed">
        <Trans>The customer is created without a phone system; nothing is recorded until one is connected on its page.</Trans>
      </Text>
      {errors !== undefined && <ErrorNote text={errors.map(({ message }) => message).join(' ')} />}
      <WizardFooter onBack={onBack} action={t`Create customer`} busy={form.formState.isSubmitting} />
    </Form>
  );
}
