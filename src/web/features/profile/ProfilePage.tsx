import { Stack } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { useSuspenseQuery } from '@tanstack/react-query';
import { meQuery } from '../../api/session.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { NameForm } from './NameForm.tsx';
import { PasswordForm } from './PasswordForm.tsx';
import { Sessions } from './Sessions.tsx';

/** One's own things: name, language, password, and where one is logged in. */
export function ProfilePage() {
  const { t } = useLingui();
  const { data: me } = useSuspenseQuery(meQuery);
  return (
    <>
      <PageHeader title={t`Profile`} text={me.email} />
      <Stack gap="lg" maw={760}>
        <NameForm me={me} />
        <PasswordForm />
        <Sessions />
      </Stack>
    </>
  );
}
