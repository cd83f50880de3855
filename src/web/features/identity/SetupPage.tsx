import { Alert, Button, Divider, Skeleton, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { zodResolver } from '@hookform/resolvers/zod';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { IconUnlink } from '@tabler/icons-react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import type { z } from 'zod';
import { SetupInput } from '../../../contract/identity.ts';
import { contract } from '../../../contract/index.ts';
import { call } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { LoginFrame } from '../../shell/LoginFrame.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { TextField } from '../../ui/form/fields.tsx';
import { Form } from '../../ui/form/Form.tsx';
import { fieldMessages } from '../../ui/form/messages.ts';
import { CountryField, LanguageField, TimeZoneField } from '../../ui/form/PlaceFields.tsx';
import { here } from '../../ui/form/places.ts';
import { useLanguage } from '../../ui/language.ts';
import { TextLink } from '../../ui/TextLink.tsx';
import { NewPasswordField } from './NewPasswordField.tsx';
import { useEnter } from './use-enter.ts';

/** The first thing ever done: makes the enterprise and its first administrator, by the link printed at the start. */
export function SetupPage() {
  const { t } = useLingui();
  const [gone, setGone] = useState(false);
  const state = useQuery({ queryKey: ['setup'], queryFn: ({ signal }) => call(contract.identity.setupState, {}, { signal }) });
  if (state.data?.needed === false) return <Done />;
  if (gone) return <OldLink />;
  return (
    <LoginFrame title={t`Welcome to Ringside`} text={t`Two minutes: your company, then your own login.`}>
      {state.isPending && <Skeleton height={420} />}
      {state.error !== null && <ErrorNote text={state.error.message} onRetry={() => void state.refetch()} />}
      {state.data !== undefined && <SetupForm onGone={() => setGone(true)} />}
    </LoginFrame>
  );
}

function SetupForm({ onGone }: { onGone: () => void }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { token } = useParams({ from: '/setup/$token' });
  const enter = useEnter();
  const { country, timeZone } = here();
  const form = useForm<z.input<typeof SetupInput>, unknown, z.output<typeof SetupInput>>({
    resolver: zodResolver(SetupInput, { error: fieldMessages(language) }),
    // A country that is not known stays empty: nothing is guessed silently.
    defaultValues: { token, enterpriseName: '', country: country ?? '', timeZone, language, displayName: '', email: '', password: '' },
  });

  return (
    <Form
      form={form}
      failureTitle={t`Ringside could not be set up`}
      onSubmit={async (body) => {
        try {
          await enter(await call(contract.identity.setup, { body }), '/resellers');
        } catch (error) {
          if (error instanceof ApiProblem && error.code === 'linkGone') onGone();
          else throw error;
        }
      }}
    >
      <TextField
        name="enterpriseName"
        label={t`Company`}
        description={t`The business at the top: it has resellers, and they have customers.`}
        autoComplete="organization"
        autoFocus
      />
      <CountryField name="country" />
      <TimeZoneField name="timeZone" />
      <LanguageField name="language" />
      <Divider label={t`Your own login`} labelPosition="left" />
      <TextField name="displayName" label={t`Your name`} autoComplete="name" />
      <TextField name="email" label={t`E-mail`} type="email" autoComplete="username" />
      <NewPasswordField name="password" label={t`Password`} />
      <Button type="submit" fullWidth loading={form.formState.isSubmitting}>
        <Trans>Set up Ringside</Trans>
      </Button>
    </Form>
  );
}

/** Somebody has done it already: there is nothing to do here. */
function Done() {
  const { t } = useLingui();
  return (
    <LoginFrame title={t`Ringside is set up already`}>
      <Text>
        <Trans>This link worked once and has been used. Log in with the account made then, or ask its owner to invite you.</Trans>
      </Text>
      <TextLink to="/login">
        <Trans>Go to the login</Trans>
      </TextLink>
    </LoginFrame>
  );
}

function OldLink() {
  const { t } = useLingui();
  return (
    <LoginFrame title={t`This link is no longer valid`}>
      <Alert color="amber" icon={<IconUnlink size={18} aria-hidden="true" />}>
        <Trans>Ringside prints a new link each time it starts, and only the newest one works. Look at what it printed last.</Trans>
      </Alert>
    </LoginFrame>
  );
}
