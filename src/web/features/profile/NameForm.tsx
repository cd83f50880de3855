import { useLingui } from '@lingui/react/macro';
import { zodResolver } from '@hookform/resolvers/zod';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import type { Me } from '../../../contract/identity.ts';
import { contract } from '../../../contract/index.ts';
import { bodyOf, call } from '../../api/client.ts';
import { meQuery } from '../../api/session.ts';
import { TextField } from '../../ui/form/fields.tsx';
import { Form, SaveBar } from '../../ui/form/Form.tsx';
import { fieldMessages } from '../../ui/form/messages.ts';
import { LanguageField } from '../../ui/form/PlaceFields.tsx';
import { speak, useLanguage } from '../../ui/language.ts';
import { Section } from './Section.tsx';

/** How one is called and in which language the portal and its mails speak. */
export function NameForm({ me }: { me: Me }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const client = useQueryClient();
  const form = useForm({
    resolver: zodResolver(bodyOf(contract.identity.updateMe), { error: fieldMessages(language) }),
    defaultValues: { displayName: me.displayName, language: me.language },
  });

  return (
    <Section title={t`You`}>
      <Form
        form={form}
        onSubmit={async (body) => {
          const saved = await call(contract.identity.updateMe, { body });
          client.setQueryData(meQuery.queryKey, saved);
          form.reset({ displayName: saved.displayName, language: saved.language });
          await speak(saved.language);
          notifications.show({ message: t`Your profile is saved.` });
        }}
      >
        <TextField name="displayName" label={t`Your name`} autoComplete="name" maw={380} />
        <div style={{ maxWidth: 380 }}>
          <LanguageField name="language" description={t`Of the portal and of the mails you get.`} />
        </div>
        <SaveBar onDiscard={() => form.reset()} />
      </Form>
    </Section>
  );
}
