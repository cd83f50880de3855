import { Anchor, Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useForm } from 'react-hook-form';
import { contract } from '../../../contract/index.ts';
import { bodyOf, call } from '../../api/client.ts';
import { meQuery } from '../../api/session.ts';
import { LoginFrame } from '../../shell/LoginFrame.tsx';
import { PasswordField, TextField } from '../../ui/form/fields.tsx';
import { Form } from '../../ui/form/Form.tsx';
import { fieldMessages } from '../../ui/form/messages.ts';
import { useLanguage } from '../../ui/language.ts';

/** E-mail and password; then on to where one wanted to go. */
export function LoginPage() {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { next } = useSearch({ from: '/login' });
  const client = useQueryClient();
  const router = useRouter();
  const form = useForm({
    resolver: zodResolver(bodyOf(contract.identity.login), { error: fieldMessages(language) }),
    defaultValues: { email: '', password: '' },
  });

  return (
    <LoginFrame title={t`Log in`}>
      <Form
        form={form}
        guarded={false}
        failureTitle={t`You are not logged in`}
        onSubmit={async (body) => {
          client.clear();
          client.setQueryData(meQuery.queryKey, await call(contract.identity.login, { body }));
          router.history.push(next ?? '/');
        }}
      >
        <TextField name="email" label={t`E-mail`} type="email" autoComplete="username" autoFocus />
        <PasswordField name="password" label={t`Password`} autoComplete="current-password" />
        <Button type="submit" fullWidth loading={form.formState.isSubmitting}>
          <Trans>Log in</Trans>
        </Button>
        <Anchor href="/forgotten" ta="center">
          <Trans>Forgotten your password?</Trans>
        </Anchor>
      </Form>
    </LoginFrame>
  );
}
