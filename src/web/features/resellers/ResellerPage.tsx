import { Paper, Stack, Title } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { notifications } from '@mantine/notifications';
import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { IconArrowRight } from '@tabler/icons-react';
import { useForm } from 'react-hook-form';
import type { Reseller } from '../../../contract/tenants.ts';
import { contract } from '../../../contract/index.ts';
import { useMay } from '../../api/acting.ts';
import { bodyOf, call } from '../../api/client.ts';
import { resellerQuery } from '../../api/tenants.ts';
import { NoPermissionPage } from '../../shell/Failures.tsx';
import { ButtonLink } from '../../ui/ButtonLink.tsx';
import { Form, SaveBar } from '../../ui/form/Form.tsx';
import { fieldMessages } from '../../ui/form/messages.ts';
import { useLanguage } from '../../ui/language.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { AccessAction } from './AccessAction.tsx';
import { resellerChanged } from './queries.ts';
import { ResellerFields } from './ResellerFields.tsx';

/** Changes a reseller: its details, its trials, whether its people may log in. */
export function ResellerPage() {
  const { resellerId } = useParams({ from: '/app/resellers/$resellerId' });
  const { data: reseller } = useSuspenseQuery(resellerQuery(resellerId));
  if (!useMay('resellers.write')) return <NoPermissionPage />;
  return (
    <>
      <PageHeader
        title={reseller.name}
        badge={<StatusBadge status={{ is: reseller.status }} />}
        actions={
          <ButtonLink
            to="/customers"
            search={{ as: reseller.id }}
            variant="default"
            rightSection={<IconArrowRight size={16} aria-hidden="true" />}
          >
            <Trans>Work in this reseller</Trans>
          </ButtonLink>
        }
      />
      <Stack gap="lg" maw={640}>
        <EditForm key={reseller.id} reseller={reseller} />
        <Paper component="section" p="lg">
          <Title order={2} mb={4}>
            <Trans>Access</Trans>
          </Title>
          <AccessAction reseller={reseller} />
        </Paper>
      </Stack>
    </>
  );
}

function EditForm({ reseller }: { reseller: Reseller }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const client = useQueryClient();
  const form = useForm({
    resolver: zodResolver(bodyOf(contract.resellers.update), { error: fieldMessages(language) }),
    defaultValues: fieldsOf(reseller),
  });

  return (
    <Paper p="lg">
      <Form
        form={form}
        onSubmit={async (body) => {
          const changed = Object.fromEntries(Object.entries(body).filter(([key]) => key in form.formState.dirtyFields));
          const saved = await call(contract.resellers.update, { params: { resellerId: reseller.id }, body: changed });
          form.reset(fieldsOf(saved));
          await resellerChanged(client, saved);
          notifications.show({ message: t`${saved.name} was saved.` });
        }}
      >
        <ResellerFields isNew={false} inherited={reseller.effective} />
        <SaveBar onDiscard={() => form.reset()} />
      </Form>
    </Paper>
  );
}

function fieldsOf({ name, reference, notes, country, timeZone, language, mayGrantTrials, longestTrialDays }: Reseller) {
  return { name, reference, notes, country, timeZone, language, mayGrantTrials, longestTrialDays };
}
