import { Button, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { zodResolver } from '@hookform/resolvers/zod';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useForm } from 'react-hook-form';
import { contract } from '../../../contract/index.ts';
import { bodyOf, call } from '../../api/client.ts';
import { LoginFrame } from '../../shell/LoginFrame.tsx';
import { PasswordField, TextField } from '../../ui/form/fields.tsx';
import { Form } from '../../ui/form/Form.tsx';
import { fieldMessages } from '../../ui/form/messages.ts';
import { useLanguage } from '../../ui/language.ts';
import { TextLink } from '../../ui/TextLink.tsx';
import { useEnter } from './use-enter.ts';

/** E-mail and password; then on to where one wanted to go. */
export function LoginPage() {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { next } = useSearch({ from: '/login' });
  const enter = useEnter();
  const form = useForm({
    resolver: zodResolver(bodyOf(contract.identity.login), { error: fieldMessages(language) }),
    defaultValues: { email: '', password: '' },
  });

  return (
    <LoginFrame title={t`Log in`}>
      <SetupHint />
      <Form
        form={form}
        guarded={false}
        failureTitle={t`You are not logged in`}
        onSubmit={async (body) => enter(await call(contract.identity.login, { body }), next)}
      >
        <TextField name="email" label={t`E-mail`} type="email" autoComplete="username" autoFocus />
        <PasswordField name="password" label={t`Password`} autoComplete="current-password" />
        <Button type="submit" fullWidth loading={form.formState.isSubmitting}>
          <Trans>Log in</Trans>
        </Button>
        <Text ta="center">
          <TextLink to="/forgotten">
            <Trans>Forgotten your password?</Trans>
          </TextLink>
        </Text>
      </Form>
    </LoginFrame>
  );
}

/** Nobody can log in before the set-up: says where its link is. */
function SetupHint() {
  const { data } = useQuery({ queryKey: ['setup'], queryFn: ({ signal }) => call(contract.identity.setupState, {}, { signal }) });
  if (data?.needed !== true) return null;
  return (
    <Text c="dimmed">
      <Trans>Ringside has not been set up yet. Open the link that was printed when it started.</Trans>
    </Text>
  );
}
