import { Button, Text } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { zodResolver } from '@hookform/resolvers/zod';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { contract } from '../../../contract/index.ts';
import { bodyOf, call } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { LoginFrame } from '../../shell/LoginFrame.tsx';
import { Form } from '../../ui/form/Form.tsx';
import { fieldMessages } from '../../ui/form/messages.ts';
import { useLanguage } from '../../ui/language.ts';
import { TextLink } from '../../ui/TextLink.tsx';
import { BackToLogin } from './ForgottenPage.tsx';
import { NewPasswordField } from './NewPasswordField.tsx';

/** Chooses a new password by a mailed link. */
export function ResetPage() {
  const { t } = useLingui();
  const [step, setStep] = useState<'open' | 'done' | 'gone'>('open');
  switch (step) {
    case 'open':
      return <Choose onStep={setStep} />;
    case 'done':
      return (
        <LoginFrame title={t`Your password is changed`}>
          <Text role="status">
            <Trans>All places where you were logged in have been logged out. Log in with the new password.</Trans>
          </Text>
          <BackToLogin />
        </LoginFrame>
      );
    case 'gone':
      return (
        <LoginFrame title={t`This link is no longer valid`}>
          <Text role="alert">
            <Trans>It works once and for one hour. Ask for a new one.</Trans>
          </Text>
          <TextLink to="/forgotten">
            <Trans>Send me a new link</Trans>
          </TextLink>
        </LoginFrame>
      );
  }
}

function Choose({ onStep }: { onStep: (step: 'done' | 'gone') => void }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const { token } = useParams({ from: '/reset/$token' });
  const form = useForm({
    resolver: zodResolver(bodyOf(contract.identity.reset), { error: fieldMessages(language) }),
    defaultValues: { token, password: '' },
  });

  return (
    <LoginFrame title={t`Choose a new password`}>
      <Form
        form={form}
        guarded={false}
        failureTitle={t`Your password is not changed`}
        onSubmit={async (body) => {
          try {
            await call(contract.identity.reset, { body });
            onStep('done');
          } catch (error) {
            if (error instanceof ApiProblem && error.code === 'linkGone') onStep('gone');
            else throw error;
          }
        }}
      >
        <NewPasswordField name="password" label={t`New password`} />
        <Button type="submit" fullWidth loading={form.formState.isSubmitting}>
          <Trans>Change the password</Trans>
        </Button>
      </Form>
    </LoginFrame>
  );
}
