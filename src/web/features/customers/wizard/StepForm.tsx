import { useEffect, type ReactNode } from 'react';
import { useFormContext, type FieldValues, type UseFormReturn } from 'react-hook-form';
import { Trans } from '@lingui/react/macro';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { Form } from '../../../ui/form/Form.tsx';

export interface StepError {
  path: string;
  message: string;
}

interface Props<Values extends FieldValues> {
  form: UseFormReturn<Values, unknown, Values>;
  /** Each change, so that going back loses nothing. */
  onDraft: (values: Values) => void;
  /** What the API said about this step's fields. */
  errors: readonly StepError[] | undefined;
  failureTitle?: string;
  onSubmit: (values: Values) => Promise<unknown>;
  children: ReactNode;
}

/** The form of one step of the wizard: keeps what is typed and shows what the API said about it later. */
export function StepForm<Values extends FieldValues>({ form, onDraft, errors = [], failureTitle, onSubmit, children }: Props<Values>) {
  const { subscribe } = form;
  useEffect(() => subscribe({ formState: { values: true }, callback: ({ values }) => onDraft(values) }), [subscribe, onDraft]);
  const known = new Set(Object.keys(form.getValues()));
  const elsewhere = errors.filter(({ path }) => !known.has(path.split('.')[0] ?? ''));
  return (
    <Form form={form} guarded={false} onSubmit={onSubmit} {...(failureTitle === undefined ? {} : { failureTitle })}>
      <ToldErrors errors={errors} />
      {elsewhere.length > 0 && (
        <ErrorNote title={<Trans>This needs your attention</Trans>} text={elsewhere.map(({ message }) => message).join(' ')} />
      )}
      {children}
    </Form>
  );
}

/** Puts the API's errors to their fields, inside the form so that the fields are there. */
function ToldErrors({ errors }: { errors: readonly StepError[] }) {
  const { setError } = useFormContext();
  useEffect(() => {
    errors.forEach(({ path, message }, at) => {
      if (path !== '') setError(path, { type: 'server', message }, { shouldFocus: at === 0 });
    });
  }, [errors, setError]);
  return null;
}
