import { Trans, useLingui } from '@lingui/react/macro';
import { zodResolver } from '@hookform/resolvers/zod';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { contract } from '../../../contract/index.ts';
import { bodyOf, call } from '../../api/client.ts';
import { PasswordField } from '../../ui/form/fields.tsx';
import { Form, SaveBar } from '../../ui/form/Form.tsx';
import { fieldMessages } from '../../ui/form/messages.ts';
import { useLanguage } from '../../ui/language.ts';
import { NewPasswordField } from '../identity/NewPasswordField.tsx';
import { sessionsQuery } from './queries.ts';
import { Section } from './Section.tsx';

/** Changes one's password; whoever else is logged in with the old one is logged out. */
export function PasswordForm() {
  const { t } = useLingui();
  const { language } = useLanguage();
  const client = useQueryClient();
  const form = useForm({
    resolver: zodResolver(bodyOf(contract.identity.changePassword), { error: fieldMessages(language) }),
    defaultValues: { current: '', password: '' },
  });

  return (
    <Section title={t`Password`} text={t`After a change you stay logged in here and are logged out everywhere else.`}>
      <Form
        form={form}
        failureTitle={t`Your password is not changed`}
        onSubmit={async (body) => {
          await call(contract.identity.changePassword, { body });
          form.reset();
          await client.invalidateQueries({ queryKey: sessionsQuery.queryKey });
          notifications.show({ message: t`Your password is changed.` });
        }}
      >
        <div style={{ display: 'grid', gap: 16, maxWidth: 380 }}>
          <PasswordField name="current" label={t`Present password`} autoComplete="current-password" />
          <NewPasswordField name="password" label={t`New password`} />
        </div>
        <SaveBar label={<Trans>Change the password</Trans>} />
      </Form>
    </Section>
  );
}
