import { Paper, Skeleton, Stack, Title } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { zodResolver } from '@hookform/resolvers/zod';
import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useForm } from 'react-hook-form';
import type { Customer } from '../../../contract/customers.ts';
import { contract } from '../../../contract/index.ts';
import { useMay, useReseller } from '../../api/acting.ts';
import { bodyOf } from '../../api/client.ts';
import { customerQuery } from '../../api/tenants.ts';
import { NotFoundPage } from '../../shell/Failures.tsx';
import { Form, SaveBar } from '../../ui/form/Form.tsx';
import { SwitchField } from '../../ui/form/fields.tsx';
import { fieldMessages } from '../../ui/form/messages.ts';
import { useLanguage } from '../../ui/language.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { notify } from '../../ui/notify.ts';
import { CustomerMarks } from './CustomerMarks.tsx';
import { CustomerCountryField, NameFields, NotesField, RegionFields } from './DetailsFields.tsx';
import { changesOf, fieldsOf, type CustomerFields } from './edit-form.ts';
import { ProductField } from './ProductField.tsx';
import { customerChanged, productTypesQuery, saveCustomer } from './queries.ts';
import { DisableButton } from './StatusActions.tsx';
import { TrialFields } from './TrialFields.tsx';

/** Everything about a customer that may be changed after its creation. */
export function EditCustomerPage() {
  const { t } = useLingui();
  const { customerId } = useParams({ from: '/app/customers/$customerId' });
  const { data: customer } = useSuspenseQuery(customerQuery(customerId));
  const reseller = useReseller(customer.resellerId).data;
  if (!useMay('customers.write')) return <NotFoundPage />;
  return (
    <>
      <PageHeader title={t`Edit ${customer.name}`} badge={<CustomerMarks customer={customer} timeZone={reseller?.effective.timeZone} />} />
      <EditForm key={customer.id} customer={customer} />
      {customer.status === 'active' && (
        <Paper p="lg" mt="md" maw={720}>
          <Title order={2} mb={4}>
            <Trans>Access</Trans>
          </Title>
          <Stack gap="sm" align="flex-start">
            <Trans>Disabling stops logins, for example while a payment is missing. Monitoring goes on.</Trans>
            <DisableButton customer={customer} />
          </Stack>
        </Paper>
      )}
    </>
  );
}

function EditForm({ customer }: { customer: Customer }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const client = useQueryClient();
  const navigate = useNavigate();
  const reseller = useReseller(customer.resellerId).data;
  const products = useQuery(productTypesQuery).data?.items;
  const present = products?.find(({ id }) => id === customer.productTypeId);
  const before = fieldsOf(customer);
  const form = useForm({
    resolver: zodResolver(bodyOf(contract.customers.update), { error: fieldMessages(language) }),
    defaultValues: before,
  });

  async function save(): Promise<void> {
    const saved = await saveCustomer(customer.id, changesOf(before, form.getValues() as CustomerFields));
    form.reset(fieldsOf(saved));
    await customerChanged(client, saved);
    notify(t`${saved.name} was saved.`);
    await navigate({ to: '/customers/$customerId', params: { customerId: customer.id } });
  }

  return (
    <Paper p="lg" maw={720}>
      <Form form={form} onSubmit={() => save()}>
        <NameFields />
        <ProductField inheritedCountry={customer.effective.country} lockedTo={present?.changeable === false ? present.id : undefined} />
        <CustomerCountryField inherited={reseller?.effective ?? null} />
        <RegionFields inherited={reseller?.effective ?? null} />
        <NotesField />
        {reseller === undefined ? <Skeleton height={44} /> : <TrialFields reseller={reseller} />}
        <SwitchField
          name="isInternal"
          label={t`Internal system`}
          description={t`Your own demo system: not billed, shown on invoices at zero. Each reseller may have one; trials are for customers.`}
        />
        <SaveBar onDiscard={() => form.reset()} />
      </Form>
    </Paper>
  );
}
