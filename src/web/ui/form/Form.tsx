import { Button, Group, Stack } from '@mantine/core';
import { Trans } from '@lingui/react/macro';
import { useState, type ReactNode } from 'react';
import { FormProvider, useFormState, type FieldValues, type UseFormReturn } from 'react-hook-form';
import { ApiProblem } from '../../api/problem.ts';
import { ErrorNote } from '../ErrorNote.tsx';
import { LeaveGuard } from './LeaveGuard.tsx';

interface Props<Input extends FieldValues, Output> {
  form: UseFormReturn<Input, unknown, Output>;
  /** Rejects with `ApiProblem`: its field errors go to their fields, the rest stands above the form. */
  onSubmit: (values: Output) => Promise<unknown>;
  children: ReactNode;
  /** Above what went wrong; "This could not be saved" without it. */
  failureTitle?: string;
  /** For a submit button outside the form. */
  id?: string;
  /** Leaving with changes asks first; off in wizards, which keep what was typed. */
  guarded?: boolean;
}

/** A form that tells all errors at once, at their fields, and puts the focus on the first. */
export function Form<Input extends FieldValues, Output>({
  form,
  onSubmit,
  children,
  failureTitle,
  id,
  guarded = true,
}: Props<Input, Output>) {
  const [failure, setFailure] = useState<ApiProblem | Error | null>(null);

  async function send(values: Output): Promise<void> {
    setFailure(null);
    try {
      await onSubmit(values);
    } catch (error) {
      const rest = tellFields(form, error);
      if (rest !== null) setFailure(rest);
    }
  }

  return (
    <FormProvider {...form}>
      {guarded && <LeaveGuard />}
      <form id={id} noValidate onSubmit={(event) => void form.handleSubmit(send)(event)}>
        <Stack gap="md">
          {failure !== null && (
            <ErrorNote
              title={failureTitle ?? <Trans>This could not be saved</Trans>}
              text={failure.message}
              requestId={failure instanceof ApiProblem ? failure.requestId : undefined}
            />
          )}
          {children}
        </Stack>
      </form>
    </FormProvider>
  );
}

/** Save and discard; both rest until something was changed. */
export function SaveBar({ label, onDiscard }: { label?: ReactNode; onDiscard?: () => void }) {
  const { isDirty, isSubmitting } = useFormState();
  return (
    <Group gap="xs" mt="xs">
      <Button type="submit" disabled={!isDirty} loading={isSubmitting}>
        {label ?? <Trans>Save changes</Trans>}
      </Button>
      {onDiscard !== undefined && isDirty && (
        <Button variant="default" onClick={onDiscard}>
          <Trans>Discard</Trans>
        </Button>
      )}
    </Group>
  );
}

/** Puts the API's field errors to their fields; answers what belongs to no field of this form. */
function tellFields<Input extends FieldValues, Output>(form: UseFormReturn<Input, unknown, Output>, error: unknown): Error | null {
  if (!(error instanceof ApiProblem)) return error instanceof Error ? error : new Error(String(error));
  const known = new Set(Object.keys(form.getValues()));
  const mine = error.errors
    .map(({ path, message }) => ({ name: path.replace(/^(body|params|query)\./, ''), message }))
    .filter(({ name }) => known.has(name.split('.')[0] ?? ''));
  mine.forEach(({ name, message }, at) =>
    form.setError(name as Parameters<typeof form.setError>[0], { type: 'server', message }, { shouldFocus: at === 0 }),
  );
  return mine.length > 0 && mine.length === error.errors.length ? null : error;
}
