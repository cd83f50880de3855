import { Button, Divider, Group, Paper } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { notifications } from '@mantine/notifications';
import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import type { z } from 'zod';
import { ResellerCreate } from '../../../contract/tenants.ts';
import { useMay } from '../../api/acting.ts';
import { NoPermissionPage } from '../../shell/Failures.tsx';
import { TextField } from '../../ui/form/fields.tsx';
import { Form } from '../../ui/form/Form.tsx';
import { fieldMessages } from '../../ui/form/messages.ts';
import { useLanguage } from '../../ui/language.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { createReseller, resellerChanged } from './queries.ts';
import { ResellerFields } from './ResellerFields.tsx';

/** Makes a reseller and invites its first administrator; then one is in it. */
export function NewResellerPage() {
  const { t } = useLingui();
  return useMay('resellers.write') ? (
    <>
      <PageHeader title={t`Create a reseller`} />
      <NewForm />
    </>
  ) : (
    <NoPermissionPage />
  );
}

function NewForm() {
  const { t } = useLingui();
  const { language } = useLanguage();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [key] = useState(() => crypto.randomUUID());
  const form = useForm<z.input<typeof ResellerCreate>, unknown, z.output<typeof ResellerCreate>>({
    resolver: zodResolver(ResellerCreate, { error: fieldMessages(language) }),
    defaultValues: {
      name: '',
      reference: '',
      notes: '',
      country: null,
      timeZone: null,
      language: null,
      mayGrantTrials: true,
      longestTrialDays: 30,
      primaryUser: { displayName: '', email: '' },
    },
  });

  return (
    <Paper p="lg" maw={640}>
      <Form
        form={form}
        failureTitle={t`The reseller was not created`}
        onSubmit={async (body) => {
          const reseller = await createReseller(body, key);
          form.reset(body);
          await resellerChanged(client, reseller);
          const { email } = body.primaryUser;
          notifications.show({ title: t`${reseller.name} is created`, message: t`An invitation is on its way to ${email}.` });
          await navigate({ to: '/customers', search: { as: reseller.id } });
        }}
      >
        <ResellerFields isNew />
        <Divider label={t`First administrator`} labelPosition="left" />
        <TextField name="primaryUser.displayName" label={t`Name of the person`} autoComplete="off" required />
        <TextField
          name="primaryUser.email"
          label={t`E-mail`}
          type="email"
          autoComplete="off"
          required
          description={t`Gets an invitation that works for seven days.`}
        />
        <Group gap="xs">
          <Button type="submit" loading={form.formState.isSubmitting}>
            <Trans>Create reseller</Trans>
          </Button>
          <Button component={Link} to="/resellers" variant="default">
            <Trans>Cancel</Trans>
          </Button>
        </Group>
      </Form>
    </Paper>
  );
}
