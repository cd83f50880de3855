import { Button, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { zodResolver } from '@hookform/resolvers/zod';
import { useEffect } from 'react';
import { useForm } from 'react-hook-form';
import type { z } from 'zod';
import type { Invitation } from '../../../contract/identity.ts';
import { contract } from '../../../contract/index.ts';
import { bodyOf, call } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { LoginFrame } from '../../shell/LoginFrame.tsx';
import { PasswordField, TextField } from '../../ui/form/fields.tsx';
import { Form } from '../../ui/form/Form.tsx';
import { fieldMessages } from '../../ui/form/messages.ts';
import { speak, useLanguage } from '../../ui/language.ts';
import { NewPasswordField } from './NewPasswordField.tsx';
import { useEnter } from './use-enter.ts';

interface Props {
  invitation: z.infer<typeof Invitation>;
  token: string;
  onGone: () => void;
}

/** Takes up an invitation: with a new password, or with the one of a login that is there already. */
export function AcceptForm({ invitation, token, onGone }: Props) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const enter = useEnter();
  const { tenantName, hasLogin, email, displayName } = invitation;
  const form = useForm({
    resolver: zodResolver(bodyOf(contract.identity.acceptInvitation), { error: fieldMessages(language) }),
    defaultValues: { displayName, password: '' },
  });
  // The page speaks as the mail did.
  useEffect(() => void speak(invitation.language), [invitation.language]);

  return (
    <LoginFrame
      title={t`Welcome to ${tenantName}`}
      text={
        hasLogin
          ? t`You already have a login. Prove it is you, and this access is added to it.`
          : t`Choose how you are called and a password.`
      }
    >
      <Form
        form={form}
        guarded={false}
        failureTitle={t`The invitation was not taken up`}
        onSubmit={async (body) => {
          try {
            await enter(await call(contract.identity.acceptInvitation, { params: { token }, body }));
          } catch (error) {
            if (error instanceof ApiProblem && error.code === 'linkGone') onGone();
            else throw error;
          }
        }}
      >
        <TextInput label={t`E-mail`} value={email} readOnly type="email" autoComplete="username" />
        {hasLogin ? (
          <PasswordField name="password" label={t`Your present password`} autoComplete="current-password" autoFocus />
        ) : (
          <>
            <TextField name="displayName" label={t`Your name`} autoComplete="name" />
            <NewPasswordField name="password" label={t`Password`} />
          </>
        )}
        <Button type="submit" fullWidth loading={form.formState.isSubmitting}>
          <Trans>Accept the invitation</Trans>
        </Button>
      </Form>
    </LoginFrame>
  );
}
