import { Button, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { contract } from '../../../contract/index.ts';
import { bodyOf, call } from '../../api/client.ts';
import { LoginFrame } from '../../shell/LoginFrame.tsx';
import { TextField } from '../../ui/form/fields.tsx';
import { Form } from '../../ui/form/Form.tsx';
import { fieldMessages } from '../../ui/form/messages.ts';
import { useLanguage } from '../../ui/language.ts';
import { TextLink } from '../../ui/TextLink.tsx';

/** Asks for a reset link; the answer is the same whether the address is known or not. */
export function ForgottenPage() {
  const { t } = useLingui();
  const { language } = useLanguage();
  const [sentTo, setSentTo] = useState<string | null>(null);
  const form = useForm({
    resolver: zodResolver(bodyOf(contract.identity.requestReset), { error: fieldMessages(language) }),
    defaultValues: { email: '' },
  });

  if (sentTo !== null) {
    return (
      <LoginFrame title={t`Look at your mail`}>
        <Text role="status">
          <Trans>If {sentTo} has a login here, a link to choose a new password is on its way. It works once, within the next hour.</Trans>
        </Text>
        <BackToLogin />
      </LoginFrame>
    );
  }
  return (
    <LoginFrame title={t`Forgotten your password?`} text={t`Type your e-mail address: we send you a link to choose a new one.`}>
      <Form
        form={form}
        guarded={false}
        failureTitle={t`The mail could not be sent`}
        onSubmit={async (body) => {
          await call(contract.identity.requestReset, { body });
          setSentTo(body.email);
        }}
      >
        <TextField name="email" label={t`E-mail`} type="email" autoComplete="username" autoFocus />
        <Button type="submit" fullWidth loading={form.formState.isSubmitting}>
          <Trans>Send the link</Trans>
        </Button>
      </Form>
      <BackToLogin />
    </LoginFrame>
  );
}

export function BackToLogin() {
  return (
    <Text ta="center">
      <TextLink to="/login">
        <Trans>Go to the login</Trans>
      </TextLink>
    </Text>
  );
}
